import { isRecord, parseJson } from "../../src/json.ts";
import type { JsonRecord } from "../../src/json.ts";

/** One question to a deployed gateway, and what its answer has to be. */
export interface Check {
  readonly name: string;
  readonly method: "GET" | "POST" | "DELETE";
  /** `{response}` and `{conversation}` stand for ids that earlier checks have kept. */
  readonly path: string;
  readonly body?: JsonRecord | ((kept: Kept) => FormData);
  readonly headers?: Readonly<Record<string, string>>;
  /** The status that is right; 200 unless it says so. */
  readonly status?: number;
  /** Says what is wrong with the answer; `undefined` where nothing is. */
  readonly verify: (answer: Answer) => string | undefined;
  /** Keeps what a later check needs of this answer. */
  readonly keep?: (answer: Answer, kept: Kept) => void;
  /** Errors that are no fault of the gateway's: the deployment does not have what this needs. */
  readonly needs?: string;
}

export interface Answer {
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** What checks leave for those behind them. */
export interface Kept {
  response?: string;
  conversation?: string;
  speech?: Uint8Array;
}

const STORAGE = "storage (STORE_RESPONSES and the Durable Objects)";
const MODEL = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const IMAGES = "@cf/black-forest-labs/flux-1-schnell";
const SPEECH = "@cf/deepgram/aura-1";
const RECOGNITION = "@cf/openai/whisper-large-v3-turbo";
const GREETING = [{ role: "user", content: "Say hello." }];
/** Enough for a greeting, and little enough for a test that costs next to nothing. */
const FEW_TOKENS = 20;

const chat = { model: MODEL, messages: GREETING, max_completion_tokens: FEW_TOKENS };

/** The endpoints in the order in which they are asked; each is asked as briefly as it can be. */
export const checks: readonly Check[] = [
  get("health", "/healthz", (value) => (value["status"] === "ok" ? undefined : "no status ok")),
  get("models", "/v1/models", (value) => (isFilled(value["data"]) ? undefined : "no models")),
  get("model", `/v1/models/${MODEL}`, (value) => (value["id"] === MODEL ? undefined : "another model")),
  post("chat", "/v1/chat/completions", chat, (value) => findPath(value, ["choices", 0, "message", "content"])),
  {
    name: "chat, streamed",
    method: "POST",
    path: "/v1/chat/completions",
    body: { ...chat, stream: true, stream_options: { include_usage: true } },
    verify: ({ text }) => {
      if (!/"finish_reason":"(?:stop|length)"/.test(text)) return "no finish reason";
      return text.endsWith("data: [DONE]\n\n") ? undefined : "no [DONE]";
    },
  },
  post(
    "chat with a tool",
    "/v1/chat/completions",
    {
      model: MODEL,
      messages: [{ role: "user", content: "What is 6 times 7?" }],
      tools: [
        {
          type: "function",
          function: {
            name: "multiply",
            description: "Multiplies two numbers",
            parameters: { type: "object", properties: { a: { type: "number" }, b: { type: "number" } } },
          },
        },
      ],
      tool_choice: "required",
    },
    (value) => findPath(value, ["choices", 0, "message", "tool_calls", 0, "function", "arguments"]),
  ),
  post(
    "chat as JSON",
    "/v1/chat/completions",
    {
      model: MODEL,
      messages: [{ role: "user", content: "Extract: Ada Lovelace is 36 years old." }],
      response_format: {
        type: "json_schema",
        json_schema: {
          name: "person",
          strict: true,
          schema: {
            type: "object",
            properties: { name: { type: "string" }, age: { type: "integer" } },
            required: ["name", "age"],
            additionalProperties: false,
          },
        },
      },
    },
    (value) => {
      const content = readPath(value, ["choices", 0, "message", "content"]);
      return isRecord(parseJson(String(content))) ? undefined : "no JSON";
    },
  ),
  post("completions", "/v1/completions", { model: MODEL, prompt: "Hello", max_tokens: FEW_TOKENS }, (value) =>
    findPath(value, ["choices", 0, "text"]),
  ),
  {
    ...post(
      "responses",
      "/v1/responses",
      { model: MODEL, input: "Say hello.", max_output_tokens: FEW_TOKENS },
      (value) => findPath(value, ["output", 0, "content", 0, "text"]),
    ),
    keep: ({ text }, kept) => {
      kept.response = readId(text);
    },
  },
  {
    name: "responses, kept",
    method: "GET",
    path: "/v1/responses/{response}",
    verify: (answer) => verifyJson(answer, (value) => findPath(value, ["id"])),
    needs: STORAGE,
  },
  {
    name: "responses, deleted",
    method: "DELETE",
    path: "/v1/responses/{response}",
    verify: (answer) => verifyJson(answer, (value) => (value["deleted"] === true ? undefined : "not deleted")),
    needs: STORAGE,
  },
  post("response, input tokens", "/v1/responses/input_tokens", { model: MODEL, input: "Say hello." }, (value) =>
    findPath(value, ["input_tokens"]),
  ),
  {
    ...post("conversation", "/v1/conversations", {}, (value) => findPath(value, ["id"])),
    keep: ({ text }, kept) => {
      kept.conversation = readId(text);
    },
    needs: STORAGE,
  },
  {
    name: "conversation, deleted",
    method: "DELETE",
    path: "/v1/conversations/{conversation}",
    verify: (answer) => verifyJson(answer, (value) => (value["deleted"] === true ? undefined : "not deleted")),
    needs: STORAGE,
  },
  post(
    "messages",
    "/v1/messages",
    { model: MODEL, messages: GREETING, max_tokens: FEW_TOKENS },
    (value) => findPath(value, ["content", 0, "text"]),
    { "anthropic-version": "2023-06-01" },
  ),
  post("count tokens", "/v1/messages/count_tokens", { model: MODEL, messages: GREETING }, (value) =>
    findPath(value, ["input_tokens"]),
  ),
  post("embeddings", "/v1/embeddings", { model: "@cf/baai/bge-small-en-v1.5", input: "Hello" }, (value) =>
    findPath(value, ["data", 0, "embedding", 0]),
  ),
  post(
    "rerank",
    "/v1/rerank",
    { model: "@cf/baai/bge-reranker-base", query: "planets", documents: ["Jupiter has moons.", "Bread is baked."] },
    (value) => findPath(value, ["results", 0, "relevance_score"]),
  ),
  post("moderations", "/v1/moderations", { input: "I like gardening." }, (value) =>
    findPath(value, ["results", 0, "flagged"]),
  ),
  post("images", "/v1/images/generations", { model: IMAGES, prompt: "A lighthouse" }, (value) =>
    findPath(value, ["data", 0, "b64_json"]),
  ),
  {
    name: "speech",
    method: "POST",
    path: "/v1/audio/speech",
    body: { model: SPEECH, voice: "alloy", input: "Hello there.", response_format: "wav" },
    verify: ({ bytes }) => (bytes.length > 1000 ? undefined : `${bytes.length} bytes of sound`),
    keep: ({ bytes }, kept) => {
      kept.speech = bytes;
    },
  },
  {
    name: "transcription",
    method: "POST",
    path: "/v1/audio/transcriptions",
    body: ({ speech = new Uint8Array() }) => {
      const form = new FormData();
      form.set("model", RECOGNITION);
      form.set("file", new Blob([Uint8Array.from(speech)], { type: "audio/wav" }), "speech.wav");
      return form;
    },
    verify: (answer) => verifyJson(answer, (value) => findPath(value, ["text"])),
  },
  post(
    "Workers AI's own API",
    `/client/v4/accounts/any/ai/run/${MODEL}`,
    { messages: GREETING, max_tokens: FEW_TOKENS },
    (value) => findPath(value, ["result"]) ?? (value["success"] === true ? undefined : "no success"),
  ),
  get("Workers AI's own list", "/client/v4/accounts/any/ai/models/search", (value) =>
    isFilled(value["result"]) ? undefined : "no models",
  ),
  post(
    "wrong request",
    "/v1/chat/completions",
    { model: MODEL, messages: "none" },
    (value) => (readPath(value, ["error", "param"]) === "messages" ? undefined : "the error names no parameter"),
    {},
    400,
  ),
  post(
    "unknown model",
    "/v1/chat/completions",
    { ...chat, model: "no-such-model" },
    (value) => (readPath(value, ["error", "code"]) === "model_not_found" ? undefined : "another error"),
    {},
    404,
  ),
  post(
    "wrong key",
    "/v1/chat/completions",
    chat,
    (value) => (readPath(value, ["error", "code"]) === "invalid_api_key" ? undefined : "another error"),
    { authorization: "Bearer sk-wrong" },
    401,
  ),
];

type Verify = (value: JsonRecord) => string | undefined;

function get(name: string, path: string, verify: Verify): Check {
  return { name, method: "GET", path, verify: (answer) => verifyJson(answer, verify) };
}

function post(
  name: string,
  path: string,
  body: JsonRecord,
  verify: Verify,
  headers: Readonly<Record<string, string>> = {},
  status = 200,
): Check {
  return { name, method: "POST", path, body, headers, status, verify: (answer) => verifyJson(answer, verify) };
}

function verifyJson({ text }: Answer, verify: Verify): string | undefined {
  const value = parseJson(text);
  return isRecord(value) ? verify(value) : "no JSON object";
}

function readId(text: string): string {
  const value = parseJson(text);
  return isRecord(value) && typeof value["id"] === "string" ? value["id"] : "none";
}

/** What stands at the end of a path; `undefined` where the path ends before it. */
function readPath(value: unknown, path: readonly (string | number)[]): unknown {
  let current = value;
  for (const key of path) {
    if (Array.isArray(current) && typeof key === "number") current = current[key];
    else if (isRecord(current) && typeof key === "string") current = current[key];
    else return undefined;
  }
  return current;
}

function findPath(value: unknown, path: readonly (string | number)[]): string | undefined {
  const found = readPath(value, path);
  return found === undefined || found === null || found === "" ? `no ${path.join(".")}` : undefined;
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}
