import type { ChatCompletionChunk } from "openai/resources/chat/completions";
import { describe, expect, it } from "vitest";
import type { CompletionEvent } from "../../src/completion/event.ts";
import { GatewayError } from "../../src/errors.ts";
import { createChatChunkRenderer } from "../../src/translate/chat-chunks.ts";
import type { ChatChunkOptions } from "../../src/translate/chat-chunks.ts";
import { call, finish, identity, reasoning, records, renderAll, text, usage } from "./events.ts";

const plainForm: ChatChunkOptions = {
  isLegacy: false,
  customTools: new Set(),
  includeUsage: false,
  includeObfuscation: true,
};

/** A chunk of this stream, as OpenAI's own client describes one. */
function chunk(
  delta: ChatCompletionChunk.Choice.Delta & { reasoning_content?: string },
  finishReason: ChatCompletionChunk.Choice["finish_reason"] = null,
  index = 0,
): object {
  return {
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1_700_000_000,
    model: "@cf/test/plain",
    choices: [{ index, delta, logprobs: null, finish_reason: finishReason }],
  } satisfies ChatCompletionChunk;
}

const begin = chunk({ role: "assistant", content: "", refusal: null });
const beginWithCall = chunk({ role: "assistant", content: null, refusal: null });

function rendered(events: readonly CompletionEvent[], options: Partial<ChatChunkOptions> = {}): unknown[] {
  return renderAll(createChatChunkRenderer(identity, { ...plainForm, ...options }), [events]);
}

describe("chunks of a chat completion", () => {
  it.each<[string, readonly CompletionEvent[], readonly object[]]>([
    [
      "bring the role once, then text, then an empty delta with the reason",
      [...text("Hel", "lo"), finish()],
      [begin, chunk({ content: "Hel" }), chunk({ content: "lo" }), chunk({}, "stop")],
    ],
    ["begin before they end, also without text", [finish()], [begin, chunk({}, "stop")]],
    [
      "say that the answer was cut",
      [...text("a"), finish("length")],
      [begin, chunk({ content: "a" }), chunk({}, "length")],
    ],
    ["say that it was filtered", [finish("content_filter")], [begin, chunk({}, "content_filter")]],
    [
      "bring reasoning under the name that clients read",
      [reasoning("hm"), ...text("42"), finish()],
      [begin, chunk({ reasoning_content: "hm" }), chunk({ content: "42" }), chunk({}, "stop")],
    ],
    [
      "bring a call's id, type and name once, then its arguments",
      [...call(0, "f", '{"a"', ":1}"), finish("tool_calls")],
      [
        beginWithCall,
        chunk({ tool_calls: [{ index: 0, id: "call_0", type: "function", function: { name: "f", arguments: "" } }] }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: '{"a"' } }] }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: ":1}" } }] }),
        chunk({}, "tool_calls"),
      ],
    ],
    [
      "bring calls one after another, behind the text",
      [...text("a"), ...call(0, "f", "{}"), ...call(1, "g", "{}"), finish("tool_calls")],
      [
        begin,
        chunk({ content: "a" }),
        chunk({ tool_calls: [{ index: 0, id: "call_0", type: "function", function: { name: "f", arguments: "" } }] }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: "{}" } }] }),
        chunk({ tool_calls: [{ index: 1, id: "call_1", type: "function", function: { name: "g", arguments: "" } }] }),
        chunk({ tool_calls: [{ index: 1, function: { arguments: "{}" } }] }),
        chunk({}, "tool_calls"),
      ],
    ],
  ])("%s", (_fact, events, expected) => {
    expect(rendered(events)).toEqual([...expected, "[DONE]"]);
  });

  it("leave the usage key out unless it was asked for", () => {
    expect(JSON.stringify(rendered([...text("a"), usage(1, 2), finish()]))).not.toContain("usage");
  });

  it("tell usage in one last chunk without choices where it was asked for, and null in every other", () => {
    const events = [...text("a"), usage(3, 4, { cachedTokens: 1, reasoningTokens: 2, neurons: 9 }), finish()];
    const [first, second, third, last, done] = rendered(events, { includeUsage: true });
    for (const other of [first, second, third]) expect(other).toHaveProperty("usage", null);
    expect(last).toEqual({
      id: "chatcmpl-1",
      object: "chat.completion.chunk",
      created: 1_700_000_000,
      model: "@cf/test/plain",
      choices: [],
      usage: {
        prompt_tokens: 3,
        completion_tokens: 4,
        total_tokens: 7,
        prompt_tokens_details: { cached_tokens: 1 },
        completion_tokens_details: { reasoning_tokens: 2 },
      },
    } satisfies ChatCompletionChunk);
    expect(done).toBe("[DONE]");
  });

  it("do not make usage up", () => {
    expect(rendered([finish()], { includeUsage: true })).toEqual([
      withNull(begin),
      withNull(chunk({}, "stop")),
      "[DONE]",
    ]);
  });

  it("pass the upstream's padding on as obfuscation, escaped anew, unless the client does not want it", () => {
    const padded: readonly CompletionEvent[] = [{ type: "text-delta", text: "a", padding: 'x"\n' }, finish()];
    const plain = chunk({ content: "a" });
    expect(rendered(padded)[1]).toEqual({ ...plain, obfuscation: 'x"\n' });
    expect(rendered(padded, { includeUsage: true })[1]).toEqual({ ...plain, usage: null, obfuscation: 'x"\n' });
    expect(rendered(padded, { includeObfuscation: false })[1]).toEqual(plain);
  });

  it("keep every character, also those that end lines elsewhere", () => {
    const odd = 'a\n"\\\u2028\u2029\r\0é😀\ud800';
    expect(rendered([...text(odd), finish()])[1]).toEqual(chunk({ content: odd }));
  });
});

function withNull(value: object): object {
  return { ...value, usage: null };
}

describe("chunks of several choices", () => {
  it("have a role and a reason for each, and one usage for all", () => {
    const renderer = createChatChunkRenderer(identity, { ...plainForm, includeUsage: true });
    const all = renderAll(renderer, [
      [...text("a"), usage(3, 1), finish()],
      [...text("b"), usage(3, 2, { cachedTokens: 2 }), finish("length")],
    ]);
    expect(all).toEqual([
      withNull(begin),
      withNull(chunk({ content: "a" })),
      withNull(chunk({}, "stop")),
      withNull(chunk({ role: "assistant", content: "", refusal: null }, null, 1)),
      withNull(chunk({ content: "b" }, null, 1)),
      withNull(chunk({}, "length", 1)),
      expect.objectContaining({
        choices: [],
        usage: {
          prompt_tokens: 6,
          completion_tokens: 3,
          total_tokens: 9,
          prompt_tokens_details: { cached_tokens: 2 },
        },
      }),
      "[DONE]",
    ]);
  });

  it("tell no usage where one of them has none", () => {
    const renderer = createChatChunkRenderer(identity, { ...plainForm, includeUsage: true });
    const all = renderAll(renderer, [[usage(3, 1), finish()], [finish()]]);
    expect(all.filter((record) => JSON.stringify(record).includes("prompt_tokens"))).toEqual([]);
    expect(all.at(-1)).toBe("[DONE]");
  });
});

describe("chunks in other forms", () => {
  it("bring a legacy function call in its pieces", () => {
    expect(rendered([...call(0, "f", '{"a"', ":1}"), finish("tool_calls")], { isLegacy: true })).toEqual([
      beginWithCall,
      chunk({ function_call: { name: "f", arguments: "" } }),
      chunk({ function_call: { arguments: '{"a"' } }),
      chunk({ function_call: { arguments: ":1}" } }),
      chunk({}, "function_call"),
      "[DONE]",
    ]);
  });

  /** The client's types do not know deltas of custom tools yet; this is the form of a whole call, in pieces. */
  it.each([
    ["the text out of its argument", ['{"input":"ls', ' -l"}'], "ls -l"],
    ["what the model wrote, where that is something else", ["ls -l"], "ls -l"],
    ["arguments without the text as they are", ['{"command":"ls"}'], '{"command":"ls"}'],
  ])("bring the call of a custom tool with %s", (_fact, pieces, input) => {
    const all = rendered([...call(0, "shell", ...pieces), finish("tool_calls")], { customTools: new Set(["shell"]) });
    expect(all.slice(1, 3)).toMatchObject([
      {
        choices: [
          { delta: { tool_calls: [{ index: 0, id: "call_0", type: "custom", custom: { name: "shell", input: "" } }] } },
        ],
      },
      { choices: [{ delta: { tool_calls: [{ index: 0, custom: { input } }] } }] },
    ]);
    expect(all.slice(3)).toEqual([chunk({}, "tool_calls"), "[DONE]"]);
  });

  it("tell of a failure in one record, with neither a reason nor an end", () => {
    const renderer = createChatChunkRenderer(identity, plainForm);
    renderer.render({ choice: 0, events: text("a") });
    expect(records(renderer.fail(new GatewayError("upstream_failed", "It broke.")))).toEqual([
      { error: { message: "It broke.", type: "server_error", param: null, code: null } },
    ]);
  });
});
