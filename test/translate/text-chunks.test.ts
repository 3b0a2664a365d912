import type { Completion as TextCompletion } from "openai/resources/completions";
import { describe, expect, it } from "vitest";
import { GatewayError } from "../../src/errors.ts";
import { createTextChunkRenderer } from "../../src/translate/text-chunks.ts";
import { call, finish, identity, reasoning, records, renderAll, text, usage } from "./events.ts";

function chunk(piece: string, finishReason: "stop" | "length" | "content_filter" | null = null, index = 0): object {
  const choice = { text: piece, index, logprobs: null };
  const members = {
    id: "chatcmpl-1",
    object: "text_completion",
    created: 1_700_000_000,
    model: "@cf/test/plain",
  } as const;
  // The client's type of a whole answer, which it uses for chunks too, has no null among its reasons.
  if (finishReason === null) return { ...members, choices: [{ ...choice, finish_reason: null }] };
  return { ...members, choices: [{ ...choice, finish_reason: finishReason }] } satisfies TextCompletion;
}

const none = { includeUsage: false, prefixes: [] };

describe("chunks of a text completion", () => {
  it("bring text, then the reason", () => {
    expect(renderAll(createTextChunkRenderer(identity, none), [[...text("a", "b"), finish("length")]])).toEqual([
      chunk("a"),
      chunk("b"),
      chunk("", "length"),
      "[DONE]",
    ]);
  });

  it("have no place for reasoning and calls", () => {
    const events = [reasoning("hm"), ...call(0, "f", "{}"), ...text("a"), finish("tool_calls")];
    expect(renderAll(createTextChunkRenderer(identity, none), [events])).toEqual([
      chunk("a"),
      chunk("", "stop"),
      "[DONE]",
    ]);
  });

  it("echo the prompt of each choice in front of its first text", () => {
    const renderer = createTextChunkRenderer(identity, { includeUsage: false, prefixes: ["One", "Two"] });
    expect(renderAll(renderer, [[...text("a", "b"), finish()], [finish()]])).toEqual([
      chunk("Onea"),
      chunk("b"),
      chunk("", "stop"),
      chunk("Two", "stop", 1),
      "[DONE]",
    ]);
  });

  it("tell usage as chat does", () => {
    const renderer = createTextChunkRenderer(identity, { includeUsage: true, prefixes: [] });
    const all = renderAll(renderer, [[...text("a"), usage(1, 2), finish()]]);
    expect(all).toEqual([
      { ...chunk("a"), usage: null },
      { ...chunk("", "stop"), usage: null },
      expect.objectContaining({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } }),
      "[DONE]",
    ]);
  });

  it("tell of a failure in one record", () => {
    const failed = createTextChunkRenderer(identity, none).fail(new GatewayError("upstream_timeout", "Too late."));
    expect(records(failed)).toMatchObject([{ error: { message: "Too late." } }]);
  });
});
