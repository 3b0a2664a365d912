import { describe, expect, it } from "vitest";
import type { EmulatorOptions } from "../../src/emulator/options.ts";
import { objectOf, parseJson, type JsonObject } from "../../src/emulator/json-value.ts";
import { encodeSseData, SSE_DONE } from "../../src/stream/sse-encoder.ts";
import { ask, at, GEMMA, joinAt, LLAMA_33, run, runFrames, runJson } from "./support.ts";

const WEATHER = {
  type: "function",
  function: { name: "get_weather", description: "", parameters: { type: "object", properties: {} } },
};

interface Server {
  readonly options: EmulatorOptions;
  readonly requests: { readonly url: string; readonly body: JsonObject }[];
}

/** A server that answers every chat request with the given body, or streams the given chunks. */
function serve(answer: { readonly body?: object; readonly chunks?: readonly object[] }): Server {
  const requests: Server["requests"] = [];
  const answerTo = (url: string, body: JsonObject): Response => {
    if (url.endsWith("/models")) return Response.json({ data: [{ id: "tiny" }] });
    if (body.stream !== true) return Response.json(answer.body);
    const records = (answer.chunks ?? []).map((chunk) => encodeSseData(JSON.stringify(chunk)));
    return new Response([...records, SSE_DONE].join(""), { headers: { "content-type": "text/event-stream" } });
  };
  const upstream = {
    baseUrl: "http://localhost:11434/v1",
    fetch: async (url: string, init: RequestInit) => {
      const body = objectOf(typeof init.body === "string" ? parseJson(init.body) : undefined);
      requests.push({ url, body });
      return answerTo(url, body);
    },
  };
  return { options: { quirks: false, seed: 1, upstream }, requests };
}

const delta = (fields: object, finish_reason: string | null = null) => ({
  choices: [{ index: 0, delta: fields, finish_reason }],
});

describe("a local model behind the emulator", () => {
  it("is asked in OpenAI's form and answers in the dialect of the model that was asked for", async () => {
    const { options, requests } = serve({
      body: { choices: [{ message: { content: "Hello from afar" }, finish_reason: "stop" }] },
    });
    const body = await runJson(
      LLAMA_33,
      { ...ask("Hi"), max_tokens: 9, temperature: 0.1, tools: [{ name: "get_weather", parameters: {} }] },
      options,
    );
    expect(body).toMatchObject({ response: "Hello from afar", tool_calls: [] });
    expect(requests.map(({ url }) => url)).toEqual([
      "http://localhost:11434/v1/models",
      "http://localhost:11434/v1/chat/completions",
    ]);
    expect(requests[1]?.body).toMatchObject({
      model: "tiny",
      messages: [{ role: "user", content: "Hi" }],
      max_tokens: 9,
      temperature: 0.1,
      tools: [{ type: "function", function: { name: "get_weather" } }],
    });
  });

  it("streams through, reasoning included", async () => {
    const chunks = [
      delta({ role: "assistant", content: "" }),
      delta({ reasoning: "Hm." }),
      delta({ content: "Good" }),
      delta({ content: " day" }),
      delta({}, "length"),
    ];
    const frames = await runFrames(GEMMA, ask("Hi"), serve({ chunks }).options);
    expect(joinAt(frames, "choices", 0, "delta", "content")).toBe("Good day");
    expect(joinAt(frames, "choices", 0, "delta", "reasoning_content")).toBe("Hm.");
    expect(joinAt(frames, "choices", 0, "finish_reason")).toBe("length");
    expect(frames.at(-1)).toBe("[DONE]");
  });

  it("calls tools, whose fragments are put together", async () => {
    const chunks = [
      delta({ tool_calls: [{ index: 0, id: "x", function: { name: "get_weather", arguments: '{"ci' } }] }),
      delta({ tool_calls: [{ index: 0, function: { arguments: 'ty":"Rome"}' } }] }),
      delta({}, "tool_calls"),
    ];
    const frames = await runFrames(GEMMA, { ...ask("Hi"), tools: [WEATHER] }, serve({ chunks }).options);
    const calls = frames.flatMap((frame) => at(frame, "choices", 0, "delta", "tool_calls") ?? []);
    expect(joinAt(calls, "function", "arguments")).toBe('{"city":"Rome"}');
    expect(joinAt(frames, "choices", 0, "finish_reason")).toBe("tool_calls");
  });

  it("gives embeddings", async () => {
    const body = {
      data: [
        { index: 1, embedding: [0, 1] },
        { index: 0, embedding: [1, 0] },
      ],
    };
    expect(await runJson("@cf/baai/bge-m3", { text: ["a", "b"] }, serve({ body }).options)).toEqual({
      shape: [2, 2],
      data: [
        [1, 0],
        [0, 1],
      ],
      pooling: "mean",
    });
  });

  it("does not change what Workers AI refuses", async () => {
    const response = await run(LLAMA_33, { messages: [{ role: "user", content: null }] }, serve({}).options);
    expect(response.status).toBe(400);
  });

  it("is named by its URL when it cannot be reached", async () => {
    const upstream = {
      baseUrl: "http://localhost:1/v1",
      model: "tiny",
      fetch: () => Promise.reject(new TypeError("refused")),
    };
    const response = await run(LLAMA_33, ask("Hi"), { upstream });
    expect(response.status).toBe(500);
    expect(at(await response.json(), "description")).toBe(
      "The server behind the emulator (EMULATOR_UPSTREAM) cannot be reached at http://localhost:1/v1/chat/completions. Is it running?",
    );
  });
});
