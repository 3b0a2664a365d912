import { createEmulator, type Emulator } from "./handler.ts";
import { isJsonObject, objectOf, parseJson, type JsonObject } from "./json-value.ts";
import type { EmulatorOptions } from "./options.ts";
import { listModels } from "./list-models.ts";
import { toRunRequest } from "./to-run-request.ts";

const RUN = /^\/client\/v4\/accounts\/[^/]+\/ai\/run\/(.+)$/;
const MODELS = /^\/client\/v4\/accounts\/[^/]+\/ai\/models\/search$/;

/** For whoever opens the emulator's address in a browser. */
const HELP = `An offline emulator of Workers AI.

POST /client/v4/accounts/{any}/ai/run/{model}     with any bearer token, and the model's inputs as JSON
GET  /client/v4/accounts/{any}/ai/models/search   what can be run; the models @emulator/... fail on demand
`;

/**
 * Workers AI over HTTP, as Cloudflare's API serves it: `POST /client/v4/accounts/{account}/ai/run/{model}` with any bearer
 * token and the inputs as the body, and the search of models. The binding's own `/run` is served as well.
 */
export function createRestEmulator(
  options: EmulatorOptions = {},
  emulator: Emulator = createEmulator(options),
): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname } = new URL(request.url);
    const model = RUN.exec(pathname)?.[1];
    const searches = MODELS.test(pathname) && request.method === "GET";
    if (pathname === "/" && request.method === "GET") return new Response(HELP);
    if (model === undefined && !searches) return emulator(request);
    if (!/^Bearer \S+/i.test(request.headers.get("authorization") ?? ""))
      return refuse(401, 10_000, "Authentication error");
    if (model === undefined) return envelope(listModels(options));
    if (request.method !== "POST") return refuse(405, 7001, "Method not allowed");
    const inputs = parseJson(await request.text());
    if (!isJsonObject(inputs)) return refuse(400, 3003, "Missing headers or body");
    return toApi(await emulator(toRunRequest(decodeURIComponent(model), inputs, {}), request.signal));
  };
}

/** The envelope of Cloudflare's API around an answer. Streams come without one. */
async function toApi(response: Response): Promise<Response> {
  if (response.ok && response.headers.get("content-type") !== "application/json") return response;
  const body = parseJson(await response.text());
  if (response.ok) return envelope(body);
  const { internalCode, message, errors } = objectOf(body);
  const listed: readonly unknown[] = Array.isArray(errors)
    ? errors
    : [{ code: internalCode ?? 7009, message: message ?? "Upstream service unavailable" }];
  return Response.json({ result: {}, success: false, errors: listed, messages: [] } satisfies Envelope, {
    status: response.status,
  });
}

interface Envelope {
  readonly result: unknown;
  readonly success: boolean;
  readonly errors: readonly unknown[];
  readonly messages: readonly unknown[];
}

function envelope(result: unknown): Response {
  return Response.json({ result, success: true, errors: [], messages: [] } satisfies Envelope);
}

function refuse(status: number, code: number, message: string): Response {
  const errors: readonly JsonObject[] = [{ code, message }];
  return Response.json({ result: null, success: false, errors, messages: [] } satisfies Envelope, { status });
}
