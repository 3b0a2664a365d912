import { apiErrorResponse, errorResponse, type WorkersAiError } from "../error-body.ts";
import { failsFirst, type Fault, type FaultCall } from "./fault.ts";

const CAPACITY: WorkersAiError = {
  code: 3040,
  status: 429,
  description: "Capacity temporarily exceeded, please try again.",
};
const INFERENCE: WorkersAiError = { code: 3043, status: 500, description: "Internal server error" };
const QUOTA =
  "You have used up your daily free allocation of 10,000 neurons, please upgrade to Cloudflare's Workers Paid plan if you would like to continue usage.";

function refuses(id: string, description: string, error: WorkersAiError): Fault {
  return { id: `@emulator/${id}`, description, respond: (call) => errorResponse(error, call.random) };
}

function plain(status: number, body: string, contentType: string): Response {
  return new Response(body, { status, headers: { "content-type": contentType } });
}

const outOfCapacity = (call: FaultCall) => apiErrorResponse(CAPACITY, call.random);
const inner = (message: string, code: number) => JSON.stringify({ message, code });

/** The runs that are refused before the first byte of an answer. */
export const refusals: readonly Fault[] = [
  {
    id: "@emulator/out-of-capacity",
    description: "Always refuses with 429 and code 3040, in an errors list.",
    respond: outOfCapacity,
  },
  {
    id: "@emulator/out-of-capacity-retry-after",
    description: "Refuses with 429, code 3040 and `retry-after: 7`.",
    respond: (call) => {
      const response = outOfCapacity(call);
      response.headers.set("retry-after", "7");
      return response;
    },
  },
  {
    id: "@emulator/capacity-then-ok",
    description: "Refuses with 3040 once, then answers.",
    respond: failsFirst(1, outOfCapacity),
  },
  {
    id: "@emulator/capacity-twice-then-ok",
    description: "Refuses with 3040 twice, then answers.",
    respond: failsFirst(2, outOfCapacity),
  },
  {
    id: "@emulator/error-then-ok",
    description: "Refuses with 500 and code 3043 once, then answers.",
    respond: failsFirst(1, (call) => errorResponse(INFERENCE, call.random)),
  },
  refuses("out-of-capacity-nested", "429 and code 3040 with JSON inside the description.", {
    ...CAPACITY,
    description: inner(CAPACITY.description, 429),
  }),
  refuses("quota-spent", "429 and code 4006: the day's free neurons are used.", {
    code: 4006,
    status: 429,
    description: QUOTA,
  }),
  refuses("quota-spent-nested", "429 and code 3036 with JSON inside the description.", {
    code: 3036,
    status: 429,
    description: inner(QUOTA, 429),
  }),
  refuses("internal-error", "500 and code 8008.", { code: 8008, status: 500, description: "Internal server error" }),
  refuses("inference-error", "500 and code 3043.", INFERENCE),
  refuses("unauthorized", "401 and code 10000: the account's token is wrong.", {
    code: 10_000,
    status: 401,
    description: "Authentication error",
  }),
  refuses("forbidden", "403 and code 1031.", { code: 1031, status: 403, description: "Invalid token" }),
  refuses("account-blocked", "403 and code 3023.", { code: 3023, status: 403, description: "Account is blocked" }),
  refuses("agreement-required", "403 and code 5016: the licence is not agreed to.", {
    code: 5016,
    status: 403,
    description: "Model agreement: prior to using this model, you must submit the prompt 'agree'.",
  }),
  refuses("private-model", "403 and code 5018.", {
    code: 5018,
    status: 403,
    description: "This account is not allowed to access this model",
  }),
  refuses("plan-required", "403 and code 5035: the model needs the paid plan.", {
    code: 5035,
    status: 403,
    description: "This model requires a Workers Paid plan.",
  }),
  refuses("bad-input", "400 and code 5006 with the validator's words.", {
    code: 5006,
    status: 400,
    description:
      "Error: oneOf at '/' not met, 0 matches: required properties at '/' are 'prompt', Type mismatch of '/messages/0/content', 'array' not in 'string', Type mismatch of '/max_tokens', 'integer' not in 'string'",
  }),
  {
    id: "@emulator/bad-input-list",
    description: "400 and code 1001, in an errors list.",
    respond: (call) =>
      apiErrorResponse(
        { code: 1001, status: 400, description: "prompt and messages are mutually exclusive" },
        call.random,
      ),
  },
  refuses("unknown-model", "400 and code 5007.", {
    code: 5007,
    status: 400,
    description: "No such model @emulator/unknown-model or task",
  }),
  refuses("invalid-model-id", "404 and code 3042.", { code: 3042, status: 404, description: "Invalid model ID" }),
  refuses("deprecated", "400 and code 5028 with a date.", {
    code: 5028,
    status: 400,
    description: "Model @emulator/deprecated was deprecated on 2026-05-30. Please use a different model.",
  }),
  refuses("too-long", "413 and code 5021 with both numbers.", {
    code: 5021,
    status: 413,
    description:
      "The estimated number of input and maximum output tokens (24001) exceeded this model context window limit (24000).",
  }),
  refuses("too-long-wrapped", "413 and code 3010 around the same complaint.", {
    code: 3010,
    status: 413,
    description:
      "The estimated number of input and maximum output tokens (24001) exceeded this model context window limit (24000).",
  }),
  refuses("engine-too-long", "400 and code 8007 around the engine's complaint.", {
    code: 8007,
    status: 400,
    description: JSON.stringify({
      error: {
        message: "This model's maximum context length is 24000 tokens. However, you requested 24001 tokens.",
        code: 400,
      },
    }),
  }),
  refuses("engine-bad-arguments", "400 and code 8007: arguments in the history are no JSON.", {
    code: 8007,
    status: 400,
    description: inner("Assistant tool call function.arguments must be valid JSON.", 400),
  }),
  refuses("invalid-input", "400 and code 8001, which says no more than that.", {
    code: 8001,
    status: 400,
    description: "Invalid input",
  }),
  refuses("invalid-tool-choice", "400 and code 8006.", {
    code: 8006,
    status: 400,
    description: "Invalid data for tool_choice",
  }),
  refuses("too-large", "413 and code 3006.", { code: 3006, status: 413, description: "Request is too large" }),
  refuses("timed-out", "408 and code 3007.", { code: 3007, status: 408, description: "Request timeout" }),
  refuses("timed-out-late", "408 and code 3046.", { code: 3046, status: 408, description: "Request timeout" }),
  refuses("aborted", "408 and code 3008.", { code: 3008, status: 408, description: "Request was aborted" }),
  refuses("flagged", "400 and code 3030: the content is flagged.", {
    code: 3030,
    status: 400,
    description: "Input prompt contains NSFW content.",
  }),
  refuses("no-lora", "405 and code 5005.", { code: 5005, status: 405, description: "LoRa unsupported" }),
  refuses("json-mode-failed", "400 and code 5024.", {
    code: 5024,
    status: 400,
    description: "JSON Mode couldn't be met.",
  }),
  refuses("no-json-schema", "400 and code 5025.", {
    code: 5025,
    status: 400,
    description: "This model doesn't support JSON Schema.",
  }),
  refuses("old-sdk", "405 and code 5019.", { code: 5019, status: 405, description: "Deprecated SDK version" }),
  refuses("no-balance", "402 and code 2021, from the AI Gateway.", {
    code: 2021,
    status: 402,
    description: "Insufficient balance",
  }),
  {
    id: "@emulator/html-error",
    description: "502 with a page of HTML.",
    respond: () =>
      plain(
        502,
        "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>Bad gateway</h1><p>Ray ID: 8f0000000000</p></body></html>",
        "text/html; charset=UTF-8",
      ),
  },
  {
    id: "@emulator/text-error",
    description: "503 with a line of text.",
    respond: () => plain(503, "upstream connect error", "text/plain"),
  },
  { id: "@emulator/empty-error", description: "500 with no body.", respond: () => new Response(null, { status: 500 }) },
  {
    id: "@emulator/huge-error-body",
    description: "500 with a megabyte of text.",
    respond: () => plain(500, "x".repeat(1024 * 1024), "text/plain"),
  },
  {
    id: "@emulator/array-error",
    description: "500 with JSON that is no error body.",
    respond: () => plain(500, "[1,2,3]", "application/json"),
  },
];
