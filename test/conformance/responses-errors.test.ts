import { BadRequestError, NotFoundError, RateLimitError } from "openai";
import type { ResponseCreateParamsStreaming } from "openai/resources/responses/responses";
import { describe, expect, it } from "vitest";
import { faultModels } from "../../src/emulator/faults/fault-table.ts";
import { createTestGateway } from "../support/gateway.ts";
import { checkResponseStream } from "./support/check-response-stream.ts";
import { createTestClient } from "./support/client.ts";
import { createFakeBinding, refusal, streamAnswer } from "./support/fake-binding.ts";
import { readAll } from "./support/read-all.ts";
import { GEMMA, LLAMA } from "./support/samples.ts";
import { errorEnvelope, problemsOf } from "./support/wire-schemas.ts";

/** What goes wrong with a response: before its first event it is a status, after it an event. */

const { client } = createTestClient();
const callWithoutResult = { type: "function_call", call_id: "call_1", name: "f", arguments: "{}" } as const;
const resultWithoutCall = { type: "function_call_output", call_id: "call_2", output: "1" } as const;
const image = { type: "input_image", image_url: "data:image/png;base64,iVBORw0KGgo=", detail: "auto" } as const;
const lost = { type: "json_schema", name: "x", strict: true, schema: { $ref: "#/nowhere" } } as const;

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => "no error",
    (error: unknown) => error,
  );
}

/** A message names what is inside of a member; a text of OpenAI's own needs no name. */
function named(param: string): RegExp {
  return new RegExp(/[.[]/.test(param) ? `${param.replaceAll(/[.[\]]/g, "\\$&")}|not found` : ".");
}

describe("a response that cannot be", () => {
  it.each([
    ["no input", {}, "input"],
    ["an item that is none", { input: [{ type: "message", role: "user" }] }, "input[0].content"],
    ["an image for a model without eyes", { input: [{ role: "user", content: [image] }] }, "input[0].content[0].type"],
    ["a call without its result", { input: [callWithoutResult] }, "input"],
    ["a result without its call", { input: [resultWithoutCall] }, "input"],
    ["an item that is not stored", { input: [{ type: "item_reference", id: "msg_1" }] }, "input[0].id"],
    ["a limit that is too low", { input: "Hello", max_output_tokens: 1 }, "max_output_tokens"],
    ["a tool without a name", { input: "Hello", tools: [{ type: "function" }] }, "tools[0].name"],
    [
      "a choice that is not offered",
      { input: "Hello", tool_choice: { type: "function", name: "f" } },
      "tool_choice.name",
    ],
    [
      "the choice of a tool that is not served",
      { input: "Hello", tool_choice: { type: "web_search" } },
      "tool_choice.type",
    ],
    ["a schema that leads nowhere", { input: "Hello", text: { format: lost } }, "text.format.schema"],
    [
      "log probabilities that the model has not",
      { input: "Hello", include: ["message.output_text.logprobs"] },
      "include",
    ],
    ["a prompt template", { input: "Hello", prompt: { id: "pmpt_1" } }, "prompt"],
    ["an input that is too long", { input: "word ".repeat(40_000) }, "input"],
  ])("is refused by the name of its member: %s", async (_title, body, param) => {
    // As clients in other languages may send it.
    const request: object = { model: LLAMA, ...body };
    const error = await errorOf(client.responses.create(request));
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({ status: 400, param });
    expect(error).toHaveProperty("message", expect.stringMatching(named(param)));
  });

  it.each([
    ["tools.web_search", { tools: [{ type: "web_search" }] }],
    ["include.reasoning.encrypted_content", { include: ["reasoning.encrypted_content"] }],
    ["text.verbosity", { text: { verbosity: "low" } }],
    ["reasoning.effort", { reasoning: { effort: "high" } }],
  ])("is refused in strict mode by the name of what would be ignored: %s", async (param, body) => {
    const request: object = { model: LLAMA, input: "Hello", ...body };
    const error = await errorOf(client.responses.create(request, { headers: { "x-flaregate-strict": "true" } }));
    expect(error).toMatchObject({ status: 400, code: "unsupported_parameter", param });
  });

  it("says that there is no such model", async () => {
    const error = await errorOf(client.responses.create({ model: "no-such-model", input: "Hello" }));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ code: "model_not_found" });
  });

  it("is a status where Workers AI fails before the first event, streamed or not", async () => {
    const { client: busy } = createTestClient({
      binding: createFakeBinding(refusal(429, 3040)),
      vars: { MAX_ATTEMPTS: "1" },
    });
    for (const stream of [true, false]) {
      const error = await errorOf(busy.responses.create({ model: LLAMA, input: "Hello", stream }));
      expect(error).toBeInstanceOf(RateLimitError);
      expect(error).toMatchObject({ code: "rate_limit_exceeded" });
    }
  });

  it("is answered by another model where the first fails before the first event", async () => {
    const binding = createFakeBinding(refusal(500, 3043), streamAnswer(["Hi"], "done"));
    const { client: other } = createTestClient({
      binding,
      vars: { MODEL_FALLBACKS: JSON.stringify({ [LLAMA]: [GEMMA] }) },
    });
    const request: ResponseCreateParamsStreaming = { model: LLAMA, input: "Hello", stream: true };
    const events = await readAll(await other.responses.create(request));
    expect(events.at(-1)).toMatchObject({ type: "response.completed", response: { model: GEMMA } });
    expect(binding.runs).toEqual([LLAMA, GEMMA]);
  });
});

describe("a response that fails after its first event", () => {
  it.each(["break", "error frame"] as const)("raises the official client's error (%s)", async (end) => {
    const { client: broken } = createTestClient({ binding: createFakeBinding(streamAnswer(["Hel", "lo"], end)) });
    const seen: string[] = [];
    const read = async (): Promise<void> => {
      const stream = await broken.responses.create({ model: LLAMA, input: "Hello", stream: true });
      for await (const event of stream) seen.push(event.type);
    };
    const error = await errorOf(read());
    expect(error).toMatchObject({ message: expect.stringContaining("Workers AI") });
    expect(String(error)).not.toContain("inner secret");
    expect(seen).toContain("response.output_text.delta");
    expect(seen).not.toContain("response.completed");
    const streamed = await errorOf(broken.responses.stream({ model: LLAMA, input: "Hello" }).finalResponse());
    expect(streamed).toMatchObject({ message: expect.stringContaining("Workers AI") });
  });

  it("ends in error and response.failed, with what there is of the output", async () => {
    const gateway = createTestGateway({ binding: createFakeBinding(streamAnswer(["Hel", "lo"], "break")) });
    const text = await (await gateway.post("/v1/responses", { model: LLAMA, input: "Hello", stream: true })).text();
    const { problems, events, response } = checkResponseStream(text);
    expect(problems).toEqual([]);
    expect(events.slice(-2)).toMatchObject([
      { type: "error", code: null, param: null, error: { type: "server_error" } },
      { type: "response.failed" },
    ]);
    expect(response).toMatchObject({
      status: "failed",
      error: { code: "server_error" },
      output: [{ type: "message", status: "incomplete", content: [{ text: "Hello" }] }],
    });
  });
});

describe("whatever Workers AI sends", () => {
  const options = {
    extraEntries: faultModels,
    emulator: { faultDelayMs: 20 },
    vars: { STALL_TIMEOUT_MS: "100", FIRST_TOKEN_TIMEOUT_MS: "100", RESPONSE_TIMEOUT_MS: "150", MAX_ATTEMPTS: "1" },
  };
  const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
  const tools = [{ type: "function", name: "get_weather", description: "Get the weather in a city", parameters }];
  // A hundred thousand events are a matter of speed, not of form, and take seconds here.
  const ids = faultModels.map(({ id }) => id).filter((id) => id !== "@emulator/very-many-events");

  it.each(ids)("a streamed response has one end, and is as documented up to it: %s", async (model) => {
    const body = { model, input: "Say exactly: 2 + 2 = 4", tools, stream: true };
    const response = await createTestGateway(options).post("/v1/responses", body);
    const problems = response.ok
      ? checkResponseStream(await response.text()).problems
      : problemsOf(errorEnvelope, await response.json());
    expect(problems).toEqual([]);
  });
});

describe("a client that leaves a response", () => {
  it("cancels the upstream", async () => {
    const ended = Promise.withResolvers<string>();
    const { client: leaving } = createTestClient({ emulator: { tokensPerSecond: 50, onStreamEnd: ended.resolve } });
    const input = "Write a very long essay about trains.";
    const stream = await leaving.responses.create({ model: LLAMA, input, stream: true });
    let deltas = 0;
    for await (const event of stream) {
      if (event.type === "response.output_text.delta") deltas += 1;
      if (deltas === 3) stream.controller.abort();
    }
    expect(await ended.promise).toBe("cancelled");
  });
});
