import { describe, expect, it } from "vitest";
import { createAnswer, type Answer } from "../../src/playground/chat/answer.ts";
import { toRequest } from "../../src/playground/chat/request.ts";
import { send, type SendPorts } from "../../src/playground/chat/send.ts";
import { initialSettings, type Settings } from "../../src/playground/chat/settings.ts";
import type { ModelEntry } from "../../src/models/model.ts";
import { faultModels } from "../../src/emulator/faults/fault-table.ts";
import { createTestGateway } from "../support/gateway.ts";
import { slicings, toBody } from "../support/slices.ts";
import { toModel } from "./samples.ts";

const extraEntries: readonly ModelEntry[] = faultModels;

function requestOf(model: string, text: string, settings: Partial<Settings> = {}) {
  const turns = [{ kind: "user", text, images: [] }] as const;
  return toRequest("/v1", toModel({ id: model }), { ...initialSettings, ...settings }, turns);
}

/** Sends through the whole gateway, with a clock that moves by 10 at each look. */
async function ask(model: string, text: string, settings: Partial<Settings> = {}): Promise<Answer> {
  const gateway = createTestGateway({ extraEntries, vars: { API_KEYS: "sk-page", MAX_ATTEMPTS: "1" } });
  let time = 0;
  const ports: SendPorts = {
    fetch: (url, init) => gateway.request(url, init),
    now: () => (time += 10),
    credentials: () => ({ authorization: "Bearer sk-page" }),
  };
  const answer = createAnswer(requestOf(model, text, settings));
  await send(answer, ports, new AbortController().signal, () => undefined);
  return answer;
}

/** Sends to a server that answers so. */
async function receive(response: () => Response | Promise<Response>, signal = new AbortController().signal) {
  const answer = createAnswer(requestOf("m", "Hello"));
  const states: string[] = [];
  const ports: SendPorts = { fetch: async () => await response(), now: () => 0, credentials: () => ({}) };
  await send(answer, ports, signal, () => states.push(answer.state));
  return { answer, states };
}

const llama = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";

describe("an answer of the gateway", () => {
  it.each([true, false])("is read with its usage, times and headers (stream: %s)", async (stream) => {
    const answer = await ask(llama, "Count to 5", { stream });
    expect(answer).toMatchObject({
      state: "done",
      text: "1, 2, 3, 4, 5.",
      finishReason: "stop",
      failure: undefined,
      from: { model: llama, attempts: "1", requestId: expect.stringMatching(/^req_/) },
    });
    expect(answer.usage?.completion).toBeGreaterThan(5);
    expect(answer.endedAfter).toBeGreaterThan(0);
    expect(answer.firstTokenAfter === undefined).toBe(!stream);
  });

  it.each([true, false])("is read with its tool calls (stream: %s)", async (stream) => {
    const tools = JSON.stringify([
      {
        type: "function",
        function: {
          name: "get_weather",
          description: "The weather in a city",
          parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
        },
      },
    ]);
    const answer = await ask(llama, "What is the weather in Paris?", { stream, tools });
    expect(answer).toMatchObject({ state: "done", finishReason: "tool_calls" });
    expect(answer.toolCalls).toEqual([
      { id: expect.stringMatching(/^call_/), name: "get_weather", arguments: expect.stringContaining("Paris") },
    ]);
  });

  it("is read with its reasoning", async () => {
    const answer = await ask("@emulator/reasoning", "Hello!");
    expect(answer.reasoning).not.toBe("");
    expect(answer.text).not.toBe("");
  });

  it("keeps what had come where the stream ends in an error", async () => {
    const answer = await ask("@emulator/cut-stream", "Hello!");
    expect(answer.state).toBe("failed");
    expect(answer.text).not.toBe("");
    expect(answer.failure).toMatchObject({ status: undefined, requestId: expect.stringMatching(/^req_/) });
    expect(answer.finishReason).toBeUndefined();
  });

  it("is an error as the API gave it", async () => {
    const answer = await ask("@emulator/out-of-capacity-retry-after", "Hello!");
    expect(answer.state).toBe("failed");
    expect(answer.failure).toMatchObject({ status: 429, code: "rate_limit_exceeded" });
    expect(answer.failure?.retryAfter).toBeGreaterThan(0);
    expect(JSON.parse(answer.failure?.body ?? "")).toHaveProperty("error.message", answer.failure?.message);
  });
});

describe("an answer of whoever", () => {
  const stream = [
    'data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}\n\n',
    'data: {"choices":[{"index":0,"delta":{"content":"Gr\u00fc\u00dfe \u{1f44b}"}}]}\n\n',
    'data: {"choices":[{"index":1,"delta":{"content":"another choice"}}]}\n\n: keep-alive\n\n',
    'data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":"{"}}]}}]}\n\n',
    'data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"}"}}]}}]}\n\n',
    'data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}\n\n',
    'data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4,"cost":0.5}}\n\n',
    "data: [DONE]\n\n",
  ].join("");

  it.for(slicings(new TextEncoder().encode(stream)))(
    "is read alike however the network cuts it: $name",
    async ({ chunks }) => {
      const { answer } = await receive(() => new Response(toBody(chunks)));
      expect(answer).toMatchObject({
        state: "done",
        text: "Gr\u00fc\u00dfe \u{1f44b}",
        toolCalls: [{ id: "c", name: "f", arguments: "{}" }],
        finishReason: "tool_calls",
        usage: { prompt: 3, completion: 4, cached: 0, reasoning: 0, cost: 0.5 },
      });
    },
  );

  it("is failed where the stream ends before its end", async () => {
    const { answer } = await receive(() => new Response(stream.slice(0, stream.indexOf("data: [DONE]"))));
    expect(answer).toMatchObject({ state: "failed", failure: { message: "The stream ended before the answer did." } });
  });

  it("is failed where there is no connection, and where the body is no JSON", async () => {
    const { answer } = await receive(() => Promise.reject(new TypeError("Failed to fetch")));
    expect(answer.failure?.message).toBe("The connection to the gateway failed: Failed to fetch");
    const page = await receive(() => new Response("<h1>Bad gateway</h1>", { status: 502 }));
    expect(page.answer.failure).toMatchObject({
      status: 502,
      message: "The gateway answered with status 502.",
      body: "<h1>Bad gateway</h1>",
    });
  });

  it("is stopped, and not failed, where the person has stopped it", async () => {
    const abort = new AbortController();
    const { answer, states } = await receive(() => {
      abort.abort();
      throw abort.signal.reason;
    }, abort.signal);
    expect(answer).toMatchObject({ state: "stopped", failure: undefined });
    expect(states).toEqual(["stopped"]);
  });
});
