import { arrayOf, objectOf, parseJson, stringOf, type JsonObject } from "../json-value.ts";

/** A server that speaks OpenAI's API and stands behind the emulator. */
export interface UpstreamOptions {
  /** Up to the version: `http://localhost:11434/v1`. */
  readonly baseUrl: string;
  /** The model to ask; the first that the server lists unless given. */
  readonly model?: string;
  readonly apiKey?: string;
  /** Default: the global `fetch`. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** The server cannot be reached, or refuses. The message names its URL. */
export class UpstreamFailure extends Error {
  override readonly name = "UpstreamFailure";
}

/** Posts to the server. Rejects with an `UpstreamFailure`, or with the signal's reason. */
export async function post(
  options: UpstreamOptions,
  path: string,
  body: JsonObject,
  signal: AbortSignal,
): Promise<Response> {
  const model = options.model ?? (await firstModel(options, signal));
  return send(options, path, { method: "POST", body: JSON.stringify({ ...body, model }), signal });
}

const listed = new WeakMap<UpstreamOptions, string>();

async function firstModel(options: UpstreamOptions, signal: AbortSignal): Promise<string> {
  const known = listed.get(options);
  if (known !== undefined) return known;
  const body = parseJson(await (await send(options, "/models", { signal })).text());
  const model = stringOf(objectOf(arrayOf(objectOf(body).data)[0]).id);
  if (model === undefined)
    throw new UpstreamFailure(
      `The server behind the emulator, ${options.baseUrl}, lists no model: name one in EMULATOR_UPSTREAM_MODEL.`,
    );
  listed.set(options, model);
  return model;
}

async function send(options: UpstreamOptions, path: string, init: RequestInit): Promise<Response> {
  const url = `${options.baseUrl.replace(/\/+$/, "")}${path}`;
  const key = options.apiKey === undefined ? {} : { authorization: `Bearer ${options.apiKey}` };
  const request = { ...init, headers: { "content-type": "application/json", ...key } };
  let response: Response;
  try {
    response = await (options.fetch ?? fetch)(url, request);
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    const message = `The server behind the emulator (EMULATOR_UPSTREAM) cannot be reached at ${url}. Is it running?`;
    throw new UpstreamFailure(message, { cause: error });
  }
  if (response.ok) return response;
  const said = (await response.text()).slice(0, 300);
  throw new UpstreamFailure(`The server behind the emulator answered ${response.status} at ${url}: ${said}`);
}
