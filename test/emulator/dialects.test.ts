import { describe, expect, it } from "vitest";
import type { EmulatorOptions } from "../../src/emulator/options.ts";
import { ask, at, joinAt, GEMMA, LLAMA_33, runFrames, runJson, textOf } from "./support.ts";
import { arrayOf, objectOf } from "../../src/emulator/json-value.ts";

const QUIRKS: EmulatorOptions = { seed: 3 };
const WEATHER = {
  type: "function",
  function: {
    name: "get_weather",
    description: "Get the weather",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
};
const ASK_WEATHER = { ...ask("What is the weather in Paris?"), tools: [WEATHER] };

function contentOf(frames: readonly unknown[]): string {
  return joinAt(frames, "choices", 0, "delta", "content");
}

describe("the dual dialect of llama-3.3", () => {
  it("says every text twice in a stream, and digits as a number", async () => {
    const frames = await runFrames(LLAMA_33, ask("Say exactly: it is 42 now"), QUIRKS);
    expect(contentOf(frames)).toBe("it is 42 now");
    expect(frames.map((frame) => at(frame, "response")).filter((copy) => copy !== "" && copy !== undefined)).toEqual([
      "it",
      " is",
      " ",
      42,
      " now",
    ]);
    expect(frames.at(-2)).toEqual({ response: "", usage: expect.objectContaining({ completion_tokens: 5 }) });
  });

  it("names an upstream that nobody asked for", async () => {
    const body = await runJson(LLAMA_33, ask("Say exactly: Yes"), QUIRKS);
    expect(body).toMatchObject({
      object: "chat.completion",
      model: "@cf/meta/llama-3.3-70b-instruct-sd",
      tool_calls: [],
    });
    expect(body).not.toHaveProperty("response");
    expect(textOf(body)).toBe("Yes");
  });

  it("gives a streamed tool call whole, without an index, and flat beside it", async () => {
    const frames = await runFrames(LLAMA_33, ASK_WEATHER, QUIRKS);
    const frame = frames.find((candidate) => at(candidate, "choices", 0, "delta", "tool_calls") !== undefined);
    expect(at(frame, "choices", 0, "delta", "tool_calls")).toEqual([
      {
        id: expect.stringMatching(/^chatcmpl-tool-/),
        type: "function",
        function: { name: "get_weather", arguments: '{"city":"Paris"}' },
      },
    ]);
    expect(at(frame, "tool_calls")).toEqual([{ name: "get_weather", arguments: { city: "Paris" } }]);
  });

  it("answers JSON mode in the native shape", async () => {
    const body = await runJson(LLAMA_33, { ...ask("Hello"), response_format: { type: "json_object" } }, QUIRKS);
    expect(body.response).toEqual({ answer: expect.any(String) });
  });
});

describe("the native dialect", () => {
  it("streams a tool call in fragments", async () => {
    const frames = await runFrames(LLAMA_33, ASK_WEATHER);
    const entries = frames.flatMap((frame) => arrayOf(at(frame, "tool_calls")));
    expect(entries[0]).toEqual({
      index: 0,
      id: expect.any(String),
      type: "function",
      function: { name: "get_weather" },
    });
    expect(joinAt(entries, "function", "arguments")).toBe('{"city":"Paris"}');
    expect(frames.some((frame) => at(frame, "finish_reason") === "tool_calls")).toBe(true);
  });

  it("parses a text that happens to be JSON, where quirks are on", async () => {
    const inputs = ask('Say exactly: {"score": 4}');
    expect((await runJson("@cf/meta/llama-3.2-3b-instruct", inputs, QUIRKS)).response).toEqual({ score: 4 });
    expect((await runJson("@cf/meta/llama-3.2-3b-instruct", inputs)).response).toBe('{"score": 4}');
  });

  it("closes a streamed call with an entry of nulls, and turns digits into numbers, where quirks are on", async () => {
    const mistral = "@cf/mistralai/mistral-small-3.1-24b-instruct";
    const calls = (await runFrames(mistral, { ...ASK_WEATHER, tool_choice: "auto" }, QUIRKS)).flatMap((frame) =>
      arrayOf(at(frame, "tool_calls")),
    );
    expect(calls.at(-1)).toEqual({ index: 0, id: null, type: null, function: { name: null, arguments: "" } });
    const frames = await runFrames(mistral, ask("Say exactly: 4,625"), QUIRKS);
    expect(frames.map((frame) => at(frame, "response")).slice(0, 3)).toEqual([4, ",", 625]);
  });
});

describe("the OpenAI dialect", () => {
  it("counts each chunk by itself and closes with two odd frames", async () => {
    const frames = await runFrames(GEMMA, ask("Say exactly: one two"), QUIRKS);
    const chunks = frames.filter((frame) => at(frame, "choices") !== undefined);
    const counted = chunks.reduce((sum, chunk) => sum + Number(at(chunk, "usage", "completion_tokens") ?? 0), 0);
    expect(counted).toBe(2);
    expect(at(chunks, 0, "usage", "completion_tokens")).toBe(0);
    expect(at(frames, -3, "choices")).toEqual([]);
    expect(frames.at(-2)).toEqual({
      response: "",
      usage: expect.objectContaining({ completion_tokens: 2, neurons: expect.any(Number) }),
    });
    expect(chunks.filter((chunk) => typeof at(chunk, "choices", 0, "finish_reason") === "string")).toHaveLength(1);
  });

  it("streams tool calls in OpenAI's fragments with stable indexes", async () => {
    const frames = await runFrames(
      GEMMA,
      { ...ask("What is the weather in Paris and Rome?"), tools: [WEATHER] },
      QUIRKS,
    );
    const deltas = frames.flatMap((frame) => arrayOf(at(frame, "choices", 0, "delta", "tool_calls"))).map(objectOf);
    const text = (index: number) =>
      joinAt(
        deltas.filter((delta) => delta.index === index),
        "function",
        "arguments",
      );
    expect([text(0), text(1)]).toEqual(['{"city":"Paris"}', '{"city":"Rome"}']);
  });

  it("reasons in a field of its own, and within max_tokens", async () => {
    const kimi = "@cf/moonshotai/kimi-k2.6";
    const whole = at(await runJson(kimi, ask("Say exactly: Yes"), QUIRKS), "choices", 0, "message");
    expect(whole).toMatchObject({ content: "Yes", reasoning_content: expect.stringContaining("The user asks about") });
    const short = await runJson(kimi, { ...ask("Say exactly: Yes"), max_tokens: 5 }, QUIRKS);
    expect(at(short, "choices", 0)).toMatchObject({ finish_reason: "length", message: { content: null } });
  });

  it("thinks longer with more effort, and not at all where it may be switched off", async () => {
    const length = async (reasoning_effort: string) =>
      String(
        at(
          await runJson("@cf/openai/gpt-oss-20b", { ...ask("Say exactly: Yes"), reasoning_effort }, QUIRKS),
          "choices",
          0,
          "message",
          "reasoning_content",
        ),
      ).length;
    expect(await length("low")).toBeLessThan(await length("high"));
    const off = { ...ask("Say exactly: Yes"), chat_template_kwargs: { enable_thinking: false } };
    expect(at(await runJson("@cf/zai-org/glm-4.7-flash", off, QUIRKS), "choices", 0, "message")).not.toHaveProperty(
      "reasoning_content",
    );
  });

  it("writes gpt-oss' reasoning under two names", async () => {
    const message = objectOf(
      at(await runJson("@cf/openai/gpt-oss-120b", ask("Say exactly: Yes"), QUIRKS), "choices", 0, "message"),
    );
    expect(message.reasoning).toBe(message.reasoning_content);
  });

  it("repeats Kimi's tool ids in every turn", async () => {
    const body = await runJson("@cf/moonshotai/kimi-k2.6", ASK_WEATHER, QUIRKS);
    expect(at(body, "choices", 0, "message", "tool_calls", 0, "id")).toBe("functions.get_weather:0");
  });

  it("answers a bare prompt as a text completion", async () => {
    const body = await runJson("@cf/qwen/qwen3-30b-a3b-fp8", { prompt: "Say exactly: Yes" }, QUIRKS);
    expect(body).toMatchObject({ object: "text_completion", choices: [{ text: "Yes", index: 0 }] });
  });

  it("ends before a stop sequence, wherever the tokens are cut", async () => {
    const body = await runJson(GEMMA, { ...ask("Say exactly: one two three four"), stop: ["wo th", "four"] });
    expect(at(body, "choices", 0)).toMatchObject({ finish_reason: "stop", message: { content: "one t" } });
  });

  it("reports the finish length when max_tokens cuts an answer", async () => {
    const body = await runJson(GEMMA, { ...ask("Say exactly: one two three four"), max_completion_tokens: 2 });
    expect(at(body, "choices", 0)).toMatchObject({ finish_reason: "length", message: { content: "one two" } });
    expect(at(body, "usage", "completion_tokens")).toBe(2);
  });
});

describe("the models that think in their content", () => {
  it("write think tags, of which qwq leaves out the first", async () => {
    const deepseek = String(
      (await runJson("@cf/deepseek-ai/deepseek-r1-distill-qwen-32b", ask("Say exactly: Yes"), QUIRKS)).response,
    );
    expect(deepseek).toMatch(/^<think>\nThe user asks[^]+\n<\/think>\n\nYes$/);
    const qwq = String((await runJson("@cf/qwen/qwq-32b", ask("Say exactly: Yes"), QUIRKS)).response);
    expect(qwq).toMatch(/^The user asks[^]+\n<\/think>\n\nYes$/);
  });
});
