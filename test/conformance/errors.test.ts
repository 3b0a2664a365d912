import {
  APIError,
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
} from "openai";
import type { ChatCompletionCreateParamsNonStreaming } from "openai/resources/chat/completions";
import { describe, expect, it } from "vitest";
import { createTestGateway, type TestGatewayOptions } from "../support/gateway.ts";
import { createTestClient } from "./support/client.ts";
import { createFakeBinding, refusal, streamAnswer } from "./support/fake-binding.ts";
import { ask, LLAMA, weatherTool } from "./support/samples.ts";
import { errorEnvelope, problemsOf } from "./support/wire-schemas.ts";

const hello = { model: LLAMA, messages: ask("Hello!") };

/** A request that a schema of ours or of the client's would not let pass; sent as it is. */
function unchecked(request: object): ChatCompletionCreateParamsNonStreaming {
  return request as ChatCompletionCreateParamsNonStreaming;
}

async function fail(request: object, options: TestGatewayOptions = {}, apiKey = "sk-test"): Promise<unknown> {
  const { client } = createTestClient(options, { apiKey });
  return client.chat.completions.create(unchecked(request)).catch((error: unknown) => error);
}

describe("requests that are wrong", () => {
  it("raise AuthenticationError for a key that nobody has", async () => {
    const error = await fail(hello, {}, "sk-wrong");
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toMatchObject({ status: 401, code: "invalid_api_key", type: "invalid_request_error", param: null });
    expect(String(error)).not.toContain("sk-wrong");
  });

  it("raise NotFoundError for an unknown model", async () => {
    const error = await fail({ ...hello, model: "gpt-4o" });
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ status: 404, code: "model_not_found", param: "model" });
    expect(String(error)).toContain("gpt-4o");
  });

  it("raise NotFoundError for a URL that does not exist", async () => {
    const { client } = createTestClient();
    const error = await client.get("/nothing/here").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ status: 404, code: null, type: "invalid_request_error" });
  });

  it.each([
    ["a missing model", { messages: hello.messages }, "model", "missing_required_parameter"],
    ["no messages", { model: LLAMA }, "messages", "missing_required_parameter"],
    ["an empty list of messages", { model: LLAMA, messages: [] }, "messages", "invalid_value"],
    [
      "a role that does not exist",
      { model: LLAMA, messages: [{ role: "robot", content: "x" }] },
      "messages[0].role",
      "invalid_value",
    ],
    [
      "content null from a user",
      { model: LLAMA, messages: [{ role: "user", content: null }] },
      "messages[0].content",
      "invalid_type",
    ],
    [
      "a part that does not exist",
      { model: LLAMA, messages: [{ role: "user", content: [{ type: "smell" }] }] },
      "messages[0].content[0].type",
      "invalid_value",
    ],
    [
      "a tool result without its call's id",
      { model: LLAMA, messages: [{ role: "tool", content: "x" }] },
      "messages[0].tool_call_id",
      "missing_required_parameter",
    ],
    ["a temperature out of range", { ...hello, temperature: 3 }, "temperature", "invalid_value"],
    ["a temperature that is text", { ...hello, temperature: "0.5" }, "temperature", "invalid_type"],
    ["max_tokens below 1", { ...hello, max_tokens: -1 }, "max_tokens", "invalid_value"],
    ["stream that is text", { ...hello, stream: "true" }, "stream", "invalid_type"],
    ["n out of range", { ...hello, n: 1000 }, "n", "invalid_value"],
    ["too many stop sequences", { ...hello, stop: ["a", "b", "c", "d", "e"] }, "stop", "invalid_value"],
    [
      "a tool without a name",
      { ...hello, tools: [{ type: "function", function: {} }] },
      "tools[0].function.name",
      "missing_required_parameter",
    ],
    [
      "a tool choice that is no tool",
      { ...hello, tools: [weatherTool], tool_choice: { type: "function", function: { name: "f" } } },
      "tool_choice.function.name",
      "invalid_value",
    ],
    [
      "a response format that does not exist",
      { ...hello, response_format: { type: "yaml" } },
      "response_format.type",
      "invalid_value",
    ],
  ])("raise BadRequestError that names the field for %s", async (_, request, param, code) => {
    const error = await fail(request);
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({ status: 400, type: "invalid_request_error", param, code });
  });

  it("raise BadRequestError with context_length_exceeded for a prompt that cannot fit", async () => {
    for (const words of [26_000, 60_000]) {
      const error = await fail({ model: LLAMA, messages: ask("word ".repeat(words)) });
      expect(error).toBeInstanceOf(BadRequestError);
      expect(error).toMatchObject({ code: "context_length_exceeded", param: "messages" });
    }
  });

  it("name the model's lack where an image is sent to a model that reads text", async () => {
    const image = { type: "image_url", image_url: { url: "data:image/png;base64,aGk=" } };
    const error = await fail({ model: LLAMA, messages: [{ role: "user", content: [image] }] });
    expect(error).toBeInstanceOf(BadRequestError);
    expect(String(error)).toContain(LLAMA);
  });
});

const upstreamCases = [
  { name: "out of capacity", status: 429, code: 3040, errorClass: RateLimitError, answer: 429 },
  { name: "the day's allowance spent", status: 429, code: 4006, errorClass: RateLimitError, answer: 429 },
  { name: "an inference error", status: 500, code: 3043, errorClass: InternalServerError, answer: 500 },
  { name: "a timeout", status: 408, code: 3007, errorClass: InternalServerError, answer: 504 },
  { name: "an unknown model", status: 400, code: 5007, errorClass: NotFoundError, answer: 404 },
  { name: "a licence not agreed to", status: 403, code: 5016, errorClass: PermissionDeniedError, answer: 403 },
  {
    name: "the gateway's credentials refused",
    status: 401,
    code: 10_000,
    errorClass: InternalServerError,
    answer: 500,
  },
] as const;

describe("failures of Workers AI", () => {
  it.each(upstreamCases)("raise the class of $answer for $name, with nothing of the upstream's", async (upstream) => {
    const binding = createFakeBinding(refusal(upstream.status, upstream.code));
    for (const stream of [false, true]) {
      const error = await fail({ ...hello, stream }, { binding, vars: { MAX_ATTEMPTS: "1" } });
      expect(error).toBeInstanceOf(upstream.errorClass);
      expect(error).toMatchObject({ status: upstream.answer, requestID: expect.stringMatching(/^req_/) });
      expect(String(error)).not.toContain("upstream detail");
    }
  });

  it("tell a spent allowance from a lack of capacity by type and code", async () => {
    const vars = { MAX_ATTEMPTS: "1" };
    const spent = await fail(hello, { binding: createFakeBinding(refusal(429, 4006)), vars });
    expect(spent).toMatchObject({ code: "insufficient_quota", type: "insufficient_quota" });
    const busy = await fail(hello, { binding: createFakeBinding(refusal(429, 3040)), vars });
    expect(busy).toMatchObject({ code: "rate_limit_exceeded" });
  });

  it.each(["break", "error frame", "silence"] as const)(
    "raise APIError in the middle of a stream for a %s",
    async (end) => {
      const binding = createFakeBinding(streamAnswer(["Hello", " wor"], end));
      const { client } = createTestClient({ binding, vars: { STALL_TIMEOUT_MS: "50" } });
      const stream = await client.chat.completions.create({ ...hello, stream: true });
      let text = "";
      const read = async () => {
        for await (const { choices } of stream) text += choices[0]?.delta.content ?? "";
      };
      const error = await read().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(APIError);
      expect(error).toMatchObject({ status: undefined, type: "server_error" });
      expect(String(error)).not.toContain("inner secret");
      expect(text).toBe("Hello wor");
    },
  );

  it("end a broken stream with one error frame: no finish reason and no [DONE]", async () => {
    const binding = createFakeBinding(streamAnswer(["Hello"], "break"));
    const { client } = createTestClient({ binding });
    const response = await client.chat.completions.create({ ...hello, stream: true }).asResponse();
    const records = (await response.text()).trim().split("\n\n");
    const last = records.at(-1)?.slice("data: ".length) ?? "";
    expect(problemsOf(errorEnvelope, JSON.parse(last))).toEqual([]);
    expect(records.join("")).not.toMatch(/\[DONE\]|"finish_reason":"/);
  });

  it("make the stream helper reject, with what was said so far left to the caller", async () => {
    const binding = createFakeBinding(streamAnswer(["Hello"], "break"));
    const { client } = createTestClient({ binding });
    const stream = client.chat.completions.stream(hello);
    let text = "";
    stream.on("content", (delta) => (text += delta));
    await expect(stream.finalContent()).rejects.toThrow(APIError);
    expect(text).toBe("Hello");
  });
});

describe("every error answer", () => {
  it.each([
    ["POST", "/v1/chat/completions", "{", 400],
    ["POST", "/v1/chat/completions", "[]", 400],
    ["POST", "/v1/chat/completions", "", 400],
    ["POST", "/v1/completions", '{"model": 1}', 400],
    ["GET", "/v1/chat/completions", undefined, 405],
    ["GET", "/v1/models/none", undefined, 404],
    ["GET", "/v1/unknown", undefined, 404],
    ["DELETE", "/v1/models", undefined, 405],
    ["POST", "/v1/chat/completions", JSON.stringify({ ...hello, user: "x".repeat(3000) }), 413],
  ] as const)("is OpenAI's envelope with a request id: %s %s %s", async (method, path, body, status) => {
    const init = body === undefined ? { method } : { method, body };
    const response = await createTestGateway({ vars: { MAX_BODY_BYTES: "2000" } }).request(path, init);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("x-request-id")).toMatch(/^req_/);
    expect(problemsOf(errorEnvelope, await response.json())).toEqual([]);
  });
});
