import { describe, expect, it } from "vitest";
import { countTokensRequest } from "../../../src/anthropic/messages-request.ts";
import { toChatMessages } from "../../../src/translate/anthropic/conversation.ts";

/** The chat messages of a conversation, without the members that are not set. */
function translate(messages: readonly object[], system?: unknown): unknown {
  const prompt = countTokensRequest.parse({ model: "m", messages, system });
  return JSON.parse(JSON.stringify(toChatMessages(prompt)));
}

function asked(...content: readonly object[]): object {
  return { role: "user", content };
}

const call = { type: "tool_use", id: "a", name: "look", input: { at: "sky" } };
const image = { type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } };
const imagePart = { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } };

describe("a conversation of the Messages API as chat messages", () => {
  it("begins with the system prompt, whose blocks stay apart", () => {
    const system = [
      { type: "text", text: "One." },
      { type: "text", text: "Two." },
    ];
    expect(translate([{ role: "user", content: "Hi" }], system)).toEqual([
      { role: "system", content: "One.\n\nTwo." },
      { role: "user", content: "Hi" },
    ]);
    expect(translate([{ role: "user", content: "Hi" }], "")).toEqual([{ role: "user", content: "Hi" }]);
  });

  it("keeps a system message where it stands", () => {
    const messages = [
      { role: "user", content: "Hi" },
      { role: "system", content: [{ type: "text", text: "Now be brief." }] },
    ];
    expect(translate(messages)).toEqual([
      { role: "user", content: "Hi" },
      { role: "system", content: "Now be brief." },
    ]);
  });

  it("writes tool calls and thinking into the assistant's message", () => {
    const said = {
      role: "assistant",
      content: [{ type: "thinking", thinking: "Hm.", signature: "s" }, { type: "text", text: "I look." }, call],
    };
    const results = asked({ type: "tool_result", tool_use_id: "a", content: "blue" });
    expect(translate([{ role: "user", content: "?" }, said, results])).toEqual([
      { role: "user", content: "?" },
      {
        role: "assistant",
        content: "I look.",
        reasoning_content: "Hm.",
        tool_calls: [{ id: "a", type: "function", function: { name: "look", arguments: '{"at":"sky"}' } }],
      },
      { role: "tool", tool_call_id: "a", content: "blue" },
    ]);
  });

  it.each([
    ["none", undefined, ""],
    ["text", "blue", "blue"],
    [
      "blocks",
      [
        { type: "text", text: "blue" },
        { type: "text", text: "sky" },
      ],
      "blue\nsky",
    ],
    ["a reference to a tool", [{ type: "tool_reference", tool_name: "look" }], "look"],
    [
      "a search result",
      [{ type: "search_result", title: "T", source: "S", content: [{ type: "text", text: "C" }] }],
      "T\nS\nC",
    ],
  ])("makes a message of a tool result: %s", (_case, content, text) => {
    const messages = [
      { role: "assistant", content: [call] },
      asked({ type: "tool_result", tool_use_id: "a", content }),
    ];
    expect(translate(messages)).toMatchObject([{}, { role: "tool", content: text }]);
  });

  it("says in words that a call failed", () => {
    const result = { type: "tool_result", tool_use_id: "a", is_error: true, content: "No such file." };
    expect(translate([{ role: "assistant", content: [call] }, asked(result)])).toMatchObject([
      {},
      { content: "Error: No such file." },
    ]);
  });

  it("puts the images of a result into the user's message behind it", () => {
    const result = { type: "tool_result", tool_use_id: "a", content: [{ type: "text", text: "here" }, image] };
    expect(
      translate([{ role: "assistant", content: [call] }, asked(result, { type: "text", text: "Well?" })]),
    ).toMatchObject([
      {},
      { role: "tool", content: "here" },
      { role: "user", content: [imagePart, { type: "text", text: "Well?" }] },
    ]);
  });

  it.each([
    ["its text", { type: "text", media_type: "text/plain", data: "Body." }, "Title\nContext\nBody."],
    ["a text as content", { type: "content", content: "Body." }, "Title\nContext\nBody."],
    [
      "blocks",
      {
        type: "content",
        content: [
          { type: "text", text: "A" },
          { type: "text", text: "B" },
        ],
      },
      "Title\nContext\nA\nB",
    ],
  ])("reads a document by %s", (_case, source, text) => {
    const document = { type: "document", source, title: "Title", context: "Context" };
    expect(translate([asked(document)])).toEqual([{ role: "user", content: [{ type: "text", text }] }]);
  });

  it("leaves out what is encrypted for Anthropic's models, and takes messages without content", () => {
    const messages = [
      { role: "assistant", content: [{ type: "redacted_thinking", data: "xyz" }] },
      { role: "user", content: [] },
    ];
    expect(translate(messages)).toEqual([
      { role: "assistant", content: "" },
      { role: "user", content: "" },
    ]);
  });
});
