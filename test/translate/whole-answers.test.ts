import type { ChatCompletion } from "openai/resources/chat/completions";
import type { Completion as TextCompletion } from "openai/resources/completions";
import { describe, expect, it } from "vitest";
import { collectEvents } from "../../src/completion/collect.ts";
import type { CompletionEvent } from "../../src/completion/event.ts";
import { toChatCompletion } from "../../src/translate/chat-completion.ts";
import { toTextCompletion } from "../../src/translate/text-completion.ts";
import type { ToolForm } from "../../src/translate/tool-form.ts";
import { call, finish, identity, reasoning, text, usage } from "./events.ts";

const form: ToolForm = { isLegacy: false, customTools: new Set() };

function chat(events: readonly CompletionEvent[], given: Partial<ToolForm> = {}): ChatCompletion {
  return toChatCompletion([collectEvents(events)], identity, { ...form, ...given });
}

function bodyOf(message: object, finishReason: ChatCompletion.Choice["finish_reason"] = "stop"): object {
  return {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1_700_000_000,
    model: "@cf/test/plain",
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: null, refusal: null, ...message },
        logprobs: null,
        finish_reason: finishReason,
      },
    ],
  } satisfies ChatCompletion;
}

describe("a whole chat completion", () => {
  it.each<[string, readonly CompletionEvent[], object]>([
    ["is the text", [...text("Hel", "lo"), finish()], bodyOf({ content: "Hello" })],
    ["is an empty text where the model said nothing", [finish("length")], bodyOf({ content: "" }, "length")],
    [
      "has reasoning under the name that clients read",
      [reasoning("hm"), ...text("42"), finish()],
      bodyOf({ content: "42", reasoning_content: "hm" }),
    ],
    [
      "has null content beside calls only",
      [...call(0, "f", '{"a"', ":1}"), ...call(1, "g", "{}"), finish("tool_calls")],
      bodyOf(
        {
          tool_calls: [
            { id: "call_0", type: "function", function: { name: "f", arguments: '{"a":1}' } },
            { id: "call_1", type: "function", function: { name: "g", arguments: "{}" } },
          ],
        },
        "tool_calls",
      ),
    ],
    [
      "keeps text beside calls",
      [...text("Look:"), ...call(0, "f", "{}"), finish("tool_calls")],
      bodyOf(
        {
          content: "Look:",
          tool_calls: [{ id: "call_0", type: "function", function: { name: "f", arguments: "{}" } }],
        },
        "tool_calls",
      ),
    ],
  ])("%s", (_fact, events, expected) => {
    expect(chat(events)).toEqual(expected);
  });

  it("has a legacy function call and its own reason", () => {
    expect(chat([...call(0, "f", "{}"), finish("tool_calls")], { isLegacy: true })).toEqual(
      bodyOf({ function_call: { name: "f", arguments: "{}" } }, "function_call"),
    );
    expect(chat([...text("a"), finish()], { isLegacy: true })).toEqual(bodyOf({ content: "a" }));
  });

  it("has the text of a custom tool's call", () => {
    const events = [...call(0, "shell", '{"input":"ls"}'), ...call(1, "f", "{}"), finish("tool_calls")];
    expect(chat(events, { customTools: new Set(["shell"]) }).choices[0]?.message.tool_calls).toEqual([
      { id: "call_0", type: "custom", custom: { name: "shell", input: "ls" } },
      { id: "call_1", type: "function", function: { name: "f", arguments: "{}" } },
    ]);
  });

  it("has no usage that the upstream did not tell", () => {
    expect(chat([finish()])).not.toHaveProperty("usage");
    expect(chat([usage(1, 2), finish()]).usage).toEqual({ prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 });
  });

  it("has the usage of all choices together, or none where one has none", () => {
    const [first, second] = [collectEvents([usage(3, 1), finish()]), collectEvents([usage(3, 4), finish()])];
    const silent = collectEvents([finish()]);
    expect(toChatCompletion([first, second], identity, form).usage).toEqual({
      prompt_tokens: 6,
      completion_tokens: 5,
      total_tokens: 11,
    });
    expect(toChatCompletion([first, silent], identity, form)).not.toHaveProperty("usage");
    expect(toChatCompletion([first, second], identity, form).choices.map(({ index }) => index)).toEqual([0, 1]);
  });
});

describe("a whole text completion", () => {
  it("is the text of each choice, behind its prompt where that is to be echoed", () => {
    const completions = [collectEvents([...text("a"), finish()]), collectEvents([...text("b"), finish("tool_calls")])];
    const expected: TextCompletion = {
      id: "chatcmpl-1",
      object: "text_completion",
      created: 1_700_000_000,
      model: "@cf/test/plain",
      choices: [
        { text: "Onea", index: 0, logprobs: null, finish_reason: "stop" },
        { text: "Twob", index: 1, logprobs: null, finish_reason: "stop" },
      ],
    };
    expect(toTextCompletion(completions, identity, ["One", "Two"])).toEqual(expected);
    expect(toTextCompletion(completions, identity, []).choices.map((choice) => choice.text)).toEqual(["a", "b"]);
  });
});
