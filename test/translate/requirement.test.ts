import { describe, expect, it } from "vitest";
import type { Completion } from "../../src/completion/collect.ts";
import type { JsonRecord } from "../../src/json.ts";
import type { AnswerRequirement, ModelCall } from "../../src/translate/inputs.ts";
import { chatCall, gemma, gptOss, llama33, unknown } from "./support.ts";

const properties = { city: { type: "string" } };
const parameters = { type: "object", properties, required: ["city"] };
const weather = { type: "function", function: { name: "get_weather", description: "", parameters } };
const clock = { type: "function", function: { name: "get_time" } };
const required = { tools: [weather, clock], tool_choice: "required" };
const named = { tools: [weather, clock], tool_choice: { type: "function", function: { name: "get_weather" } } };

function answer(text: string, members: Partial<Completion> = {}): Completion {
  return { text, reasoning: "", toolCalls: [], finishReason: "stop", usage: undefined, ...members };
}

function requirementOf(call: ModelCall | undefined): AnswerRequirement {
  if (call?.requirement === undefined) throw new Error("nothing is required");
  return call.requirement;
}

/** The call that is made where the first answer is text. */
function secondCall(body: JsonRecord, entry = llama33): ModelCall {
  return requirementOf(chatCall(body, entry)).repair(answer("It rains."), "no function was called");
}

function lastMessage({ inputs }: ModelCall): unknown {
  const { messages } = inputs;
  return Array.isArray(messages) ? messages.at(-1) : undefined;
}

const mint = (): string => "call_minted";

describe("an answer that has to call a tool", () => {
  it.each<[string, Completion, boolean]>([
    [
      "a call",
      answer("", { toolCalls: [{ id: "c", name: "get_time", arguments: "{}" }], finishReason: "tool_calls" }),
      true,
    ],
    ["text", answer("It rains."), false],
    ["nothing", answer(""), false],
    ["a cut answer, which says so", answer("It", { finishReason: "length" }), true],
  ])("may be %s or not", (_form, given, isMet) => {
    expect(requirementOf(chatCall(required)).check(given, mint).isMet).toBe(isMet);
  });

  it("is forced at the second try, in the model's JSON mode", () => {
    const { inputs } = secondCall(named);
    expect(inputs).not.toHaveProperty("tools");
    expect(inputs).toMatchObject({
      stream: false,
      response_format: {
        type: "json_schema",
        json_schema: {
          properties: { name: { type: "string", enum: ["get_weather"] }, arguments: parameters },
          required: ["name", "arguments"],
        },
      },
    });
  });

  it("leaves the arguments open where there are several functions", () => {
    expect(secondCall(required).inputs).toMatchObject({
      response_format: {
        json_schema: { properties: { name: { enum: ["get_weather", "get_time"] }, arguments: { type: "object" } } },
      },
    });
  });

  it("is forced in OpenAI's envelope where the model takes that", () => {
    const { inputs } = secondCall(required, gemma);
    expect(inputs).toMatchObject({ response_format: { type: "json_schema", json_schema: { name: "call" } } });
    for (const name of ["tools", "tool_choice", "parallel_tool_calls"]) expect(inputs).not.toHaveProperty(name);
  });

  it("is asked for once more in words where the model has no JSON mode for schemas", () => {
    for (const entry of [gptOss, unknown]) {
      const again = secondCall(required, entry);
      expect(again.inputs["tools"]).toEqual(chatCall(required, entry).inputs["tools"]);
      expect(lastMessage(again)).toMatchObject({ role: "user", content: expect.stringContaining("Call one of") });
    }
  });

  it("does not promise the same function twice", () => {
    const { failure } = requirementOf(chatCall(required));
    expect(failure.kind).toBe("upstream_failed");
    expect(failure.message).toContain("did not call a tool");
  });
});

function checkForced(text: string): ReturnType<AnswerRequirement["check"]> {
  return requirementOf(secondCall(required)).check(answer(text, { reasoning: "hm" }), mint);
}

describe("a forced tool call", () => {
  it("becomes a call with an id of its own", () => {
    expect(checkForced('{"name":"get_weather","arguments":{"city":"Oslo"}}')).toEqual({
      isMet: true,
      events: [
        { type: "reasoning-delta", text: "hm" },
        { type: "tool-call-start", index: 0, id: "call_minted", name: "get_weather" },
        { type: "tool-call-delta", index: 0, argumentsDelta: '{"city":"Oslo"}' },
        { type: "tool-call-end", index: 0 },
        { type: "finish", reason: "tool_calls" },
      ],
    });
  });

  it.each([
    "It rains.",
    "[]",
    "null",
    '{"name":"get_weather"}',
    '{"name":"get_weather","arguments":"{}"}',
    '{"name":"rm","arguments":{}}',
    '{"arguments":{}}',
  ])("is not %s", (text) => {
    expect(checkForced(text)).toMatchObject({ isMet: false });
  });
});

describe("the second try of a lowered call", () => {
  it("keeps the lower limit", () => {
    for (const body of [required, { response_format: { type: "json_object" } }]) {
      const lowered = chatCall(body).withLowerLimit?.();
      const again = requirementOf(lowered).repair(answer("Sure"), "it is not JSON");
      expect(again.maxTokens).toBe(lowered?.maxTokens);
      expect(again.inputs["max_tokens"]).toBe(lowered?.maxTokens);
    }
  });
});
