import { describe, expect, it } from "vitest";
import { inputItem } from "../../src/openai/responses-item.ts";
import { toConversation } from "../../src/translate/responses-conversation.ts";
import type { Conversation } from "../../src/translate/responses-conversation.ts";
import { refusalOf } from "./support.ts";

function converse(items: readonly object[], history: readonly object[] = [], instructions?: string): Conversation {
  const [before, input] = [history, items].map((list) => list.map((item) => inputItem.parse(item)));
  return toConversation(instructions, before ?? [], input);
}

/** The conversation in few words: role, what is said, what is called. */
function tell(conversation: Conversation): string[] {
  return conversation.messages.map((message) => {
    const said = typeof message.content === "string" ? message.content : JSON.stringify(message.content);
    const calls = "tool_calls" in message ? (message.tool_calls ?? []) : [];
    const id = "tool_call_id" in message ? [message.tool_call_id] : [];
    return [message.role, ...id, said, ...calls.map((call) => call.id)].join(" ");
  });
}

const user = { role: "user", content: "Weather?" };
const callOf = (call_id: string) => ({ type: "function_call", call_id, name: "f", arguments: "{}" });
const resultOf = (call_id: string, output: unknown = "25") => ({ type: "function_call_output", call_id, output });

describe("toConversation", () => {
  it("puts instructions before what went before, and that before the input", () => {
    const conversation = converse(
      [user],
      [
        { role: "user", content: "Hello" },
        { role: "assistant", content: "Hi" },
      ],
      "Be brief.",
    );
    expect(tell(conversation)).toEqual(["developer Be brief.", "user Hello", "assistant Hi", "user Weather?"]);
    expect(conversation.places).toEqual(["instructions", "previous_response_id", "previous_response_id", "input[0]"]);
  });

  it("makes one message of what the assistant says and calls in a row, with the results behind it", () => {
    const said = { role: "assistant", content: [{ type: "output_text", text: "I look." }] };
    const items = [
      user,
      said,
      callOf("a"),
      callOf("b"),
      resultOf("b", "2"),
      resultOf("a", "1"),
      { role: "user", content: "So?" },
    ];
    expect(tell(converse(items))).toEqual([
      "user Weather?",
      "assistant I look. a b",
      "tool a 1",
      "tool b 2",
      "user So?",
    ]);
  });

  it("begins another message where a result stands between two calls", () => {
    const items = [user, callOf("a"), resultOf("a"), callOf("b"), resultOf("b")];
    expect(tell(converse(items))).toEqual(["user Weather?", "assistant  a", "tool a 25", "assistant  b", "tool b 25"]);
  });

  it("finds the result of a call behind what others said in between", () => {
    const items = [callOf("a"), { role: "user", content: "Well?" }, resultOf("a")];
    expect(tell(converse(items))).toEqual(["assistant  a", "tool a 25", "user Well?"]);
  });

  it("gives each of two calls of one id its own result", () => {
    const items = [callOf("a"), resultOf("a", "1"), callOf("a"), resultOf("a", "2")];
    expect(tell(converse(items))).toEqual(["assistant  a", "tool a 1", "assistant  a", "tool a 2"]);
  });

  it("hands reasoning on with what it led to, and drops what led to nothing", () => {
    const thought = { type: "reasoning", summary: [], content: [{ type: "reasoning_text", text: "Look it up." }] };
    const { messages } = converse([user, thought, callOf("a"), resultOf("a")]);
    expect(messages[1]).toMatchObject({ role: "assistant", reasoning_content: "Look it up." });
    expect(tell(converse([thought, user]))).toEqual(["user Weather?"]);
    expect(tell(converse([{ type: "reasoning", summary: [{ type: "summary_text", text: "x" }] }, user]))).toEqual([
      "user Weather?",
    ]);
  });

  it("shows the images of a result as a user's, behind all results", () => {
    const output = [
      { type: "input_text", text: "a chart" },
      { type: "input_image", image_url: "data:image/png;base64,AA" },
    ];
    const conversation = converse([callOf("a"), callOf("b"), resultOf("a", output), resultOf("b")]);
    expect(conversation.messages.map(({ role }) => role)).toEqual(["assistant", "tool", "tool", "user"]);
    expect(conversation.messages[1]).toMatchObject({ content: "a chart" });
    expect(conversation.messages[3]).toMatchObject({ content: [{ type: "image_url" }] });
    expect(conversation.places[3]).toBe("input[2].output");
  });

  it("names the types of items that it leaves out", () => {
    const items = [
      { type: "web_search_call", id: "ws_1" },
      { type: "web_search_call", id: "ws_2" },
      { type: "x" },
      user,
    ];
    expect(converse(items).leftOut).toEqual(["web_search_call", "x"]);
  });

  it.each([
    ["a call without a result", [callOf("a")], "input"],
    ["a result without a call", [resultOf("a")], "input"],
    [
      "an image of the assistant's",
      [{ role: "assistant", content: [{ type: "input_image", image_url: "data:," }] }],
      "input[0].content[0].type",
    ],
    ["a file of the system's", [{ role: "system", content: [{ type: "input_file" }] }], "input[0].content[0].type"],
    [
      "an image that is a file",
      [{ role: "user", content: [{ type: "input_image", file_id: "file-1" }] }],
      "input[0].content[0].image_url",
    ],
    ["a reference to what is not there", [{ type: "item_reference", id: "msg_1" }], "input[0].id"],
    ["a reference without a type", [{ id: "msg_1" }], "input[0].id"],
  ])("refuses %s", (_title, items, param) => {
    expect(refusalOf(() => converse(items)).param).toBe(param);
  });
});
