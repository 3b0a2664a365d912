import { isJsonObject, objectOf, parseJson, type JsonObject } from "./json-value.ts";

/** What the runtime's `Ai` class sends to its backend. */
export interface RunRequest {
  readonly model: string;
  readonly inputs: JsonObject;
  readonly options: JsonObject;
}

/** Reads the request of a run; `undefined` when it is not one. A proxy may have put a prefix on the model's header. */
export async function parseRunRequest(request: Request): Promise<RunRequest | undefined> {
  const model = request.headers.get("cf-consn-model-id") ?? request.headers.get("mf-header-cf-consn-model-id");
  if (model === null) return undefined;
  const others = new URL(request.url).searchParams.get("userInputs");
  if (others !== null)
    return { model, inputs: { ...objectOf(parseJson(others)), ...(await readForm(request)) }, options: {} };
  const body = parseJson(await request.text());
  if (!isJsonObject(body)) return undefined;
  return { model, inputs: objectOf(body.inputs), options: objectOf(body.options) };
}

/** The fields of a form that was sent as a stream, in place of that stream; nothing where it is none. */
async function readForm(request: Request): Promise<JsonObject> {
  try {
    return { multipart: Object.fromEntries(await request.formData()) };
  } catch {
    return {};
  }
}
