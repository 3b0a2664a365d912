import { describe, expect, it } from "vitest";
import { findProblem, toRequest } from "../../src/playground/chat/request.ts";
import { initialSettings, readTools, restoreSettings, type Settings } from "../../src/playground/chat/settings.ts";
import { beforeLastAnswer, openToolCalls, toMessages, type Turn } from "../../src/playground/chat/turn.ts";
import { toAnswer, toModel } from "./samples.ts";

const hello: Turn = { kind: "user", text: "Hello", images: [] };
const call = { id: "call_1", name: "get_weather", arguments: '{"city":"Paris"}' };
const tool = { type: "function", function: { name: "get_weather" } };

function toBody(settings: Partial<Settings>, turns: readonly Turn[] = [hello], model = toModel()) {
  return toRequest("https://gateway.test/v1", model, { ...initialSettings, ...settings }, turns).body;
}

describe("the request of the page", () => {
  it("holds the message, the stream and nothing that was not set", () => {
    expect(toBody({})).toEqual({
      model: "@cf/meta/llama",
      messages: [{ role: "user", content: "Hello" }],
      stream: true,
      stream_options: { include_usage: true },
      usage: { include: true },
    });
    expect(toBody({ stream: false })).not.toHaveProperty("stream");
  });

  it("holds the parameters that the model has, and leaves out the others", () => {
    const sampling = { temperature: 0, max_completion_tokens: 10, top_k: 5 };
    const body = toBody({ sampling, reasoningEffort: "high", stop: "a\n\nb\n" });
    expect(body).toMatchObject({ temperature: 0, max_completion_tokens: 10, stop: ["a", "b"] });
    expect(body).not.toHaveProperty("top_k");
    expect(body).not.toHaveProperty("reasoning_effort");
  });

  it("sends a number outside the range: the gateway has the last word", () => {
    expect(toBody({ sampling: { temperature: 9 } })).toHaveProperty("temperature", 9);
  });

  it("sends tools to models that call them", () => {
    const tools = JSON.stringify(tool);
    expect(toBody({ tools })).toHaveProperty("tools", [tool]);
    expect(toBody({ tools })).not.toHaveProperty("tool_choice");
    expect(toBody({ tools, toolChoice: "required" })).toHaveProperty("tool_choice", "required");
    expect(toBody({ tools }, [hello], toModel({ supported_parameters: [] }))).not.toHaveProperty("tools");
  });

  it("asks for JSON by a schema", () => {
    const schema = '{"type":"object"}';
    expect(toBody({ format: "json_schema", schema })).toHaveProperty("response_format", {
      type: "json_schema",
      json_schema: { name: "answer", strict: true, schema: { type: "object" } },
    });
    expect(toBody({ format: "json_object" })).toHaveProperty("response_format", { type: "json_object" });
  });

  it("is strict by a header", () => {
    const { headers } = toRequest("/v1", toModel(), { ...initialSettings, strict: true }, [hello]);
    expect(headers).toEqual({ "x-flaregate-strict": "true" });
  });
});

describe("a conversation as messages", () => {
  it("begins with the system prompt", () => {
    expect(toMessages("Be brief", [hello])).toEqual([
      { role: "system", content: "Be brief" },
      { role: "user", content: "Hello" },
    ]);
    expect(toMessages("  ", [])).toEqual([]);
  });

  it("brings tool calls and their results", () => {
    const turns: Turn[] = [
      hello,
      { kind: "answer", answer: toAnswer({ toolCalls: [call] }) },
      { kind: "tool-result", callId: "call_1", content: "18" },
    ];
    expect(toMessages("", turns).slice(1)).toEqual([
      {
        role: "assistant",
        content: null,
        tool_calls: [
          { id: "call_1", type: "function", function: { name: "get_weather", arguments: '{"city":"Paris"}' } },
        ],
      },
      { role: "tool", tool_call_id: "call_1", content: "18" },
    ]);
  });

  it("brings images as parts", () => {
    const image = { type: "image_url", image_url: { url: "data:image/png;base64,AA==" } };
    const turn: Turn = { kind: "user", text: "What is it?", images: [image.image_url.url] };
    expect(toMessages("", [turn])).toEqual([{ role: "user", content: [{ type: "text", text: "What is it?" }, image] }]);
    expect(toMessages("", [{ ...turn, text: "" }])).toEqual([{ role: "user", content: [image] }]);
  });

  it("brings of an answer that broke off its text, and neither calls nor an empty message", () => {
    const broken = toAnswer({ state: "failed", text: "Half", toolCalls: [call] });
    expect(toMessages("", [{ kind: "answer", answer: broken }])).toEqual([{ role: "assistant", content: "Half" }]);
    const empty = toAnswer({ state: "stopped", toolCalls: [call] });
    expect(toMessages("", [{ kind: "answer", answer: empty }])).toEqual([]);
  });

  it("waits for the results of the calls at its end, and for no others", () => {
    const asked: Turn = { kind: "answer", answer: toAnswer({ toolCalls: [call] }) };
    expect(openToolCalls([hello, asked])).toEqual([call]);
    expect(
      openToolCalls([hello, { kind: "answer", answer: toAnswer({ state: "failed", toolCalls: [call] }) }]),
    ).toEqual([]);
    expect(openToolCalls([asked, { kind: "tool-result", callId: "call_1", content: "" }])).toEqual([]);
    expect(openToolCalls([])).toEqual([]);
  });

  it("goes back to before its last answer", () => {
    const answer: Turn = { kind: "answer", answer: toAnswer() };
    expect(beforeLastAnswer([hello, answer, hello, answer])).toEqual([hello, answer, hello]);
    expect(beforeLastAnswer([hello])).toEqual([hello]);
  });
});

describe("the settings", () => {
  it("are told where they cannot be sent", () => {
    expect(findProblem(initialSettings)).toBeUndefined();
    expect(findProblem({ ...initialSettings, tools: "[" })).toMatch(/^Tools: This is no JSON: /);
    expect(findProblem({ ...initialSettings, tools: '[{"name":"x"}]' })).toMatch(
      /^Tools: Tool 1 is not an object with/,
    );
    expect(findProblem({ ...initialSettings, format: "json_schema", schema: "" })).toMatch(/^Answer format: /);
    expect(findProblem({ ...initialSettings, format: "json_schema", schema: "[]" })).toMatch(/^Answer format: /);
    expect(findProblem({ ...initialSettings, format: "text", schema: "[" })).toBeUndefined();
  });

  it("take one tool for a list of one, and an empty list for none", () => {
    expect(readTools(JSON.stringify(tool))).toEqual({ value: [tool] });
    expect(readTools("[]")).toEqual({ value: undefined });
    expect(readTools(" \n")).toEqual({ value: undefined });
  });

  it("come back from storage", () => {
    const settings: Settings = {
      ...initialSettings,
      system: "Be brief",
      sampling: { top_k: 3 },
      format: "json_object",
    };
    expect(restoreSettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
  });

  it.each([
    undefined,
    null,
    [],
    "x",
    { system: 5, sampling: { temperature: "hot", none: 1 }, format: "xml", stream: 1 },
  ])("are the initial ones where storage holds %j", (stored) => {
    expect(restoreSettings(stored)).toEqual(initialSettings);
  });
});
