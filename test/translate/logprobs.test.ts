import { describe, expect, it } from "vitest";
import { collectEvents } from "../../src/completion/collect.ts";
import type { Completion } from "../../src/completion/collect.ts";
import type { CompletionEvent } from "../../src/completion/event.ts";
import { createChatChunkRenderer } from "../../src/translate/chat-chunks.ts";
import { toChatCompletion } from "../../src/translate/chat-completion.ts";
import { toChatLogprobs, toTextLogprobs } from "../../src/translate/logprobs.ts";
import { createTextChunkRenderer } from "../../src/translate/text-chunks.ts";
import { pickBest, toTextCompletion } from "../../src/translate/text-completion.ts";
import { finish, identity, renderAll, usage } from "./events.ts";
import { chatCall, gemma, llama33, promptCall, promptCalls, refusalOf, reportOf, unknown } from "./support.ts";

const hel = {
  token: "Hel",
  logprob: -0.5,
  bytes: [72, 101, 108],
  top_logprobs: [{ token: "Bye", logprob: -2, bytes: null }],
};
const lo = { token: "lo", logprob: -0.25, bytes: null, top_logprobs: [] };

function said(text: string, logprobs: readonly unknown[]): CompletionEvent {
  return { type: "text-delta", text, logprobs };
}

const events = [said("Hel", [hel]), said("lo", [lo]), finish()];
const form = { isLegacy: false, customTools: new Set<string>() };

describe("log probabilities", () => {
  it("are asked for in the form of chat, of models with OpenAI's inputs", () => {
    expect(chatCall({ logprobs: true, top_logprobs: 3 }, gemma)).toMatchObject({
      inputs: { logprobs: true, top_logprobs: 3 },
      wantsLogprobs: true,
    });
    expect(promptCall({ logprobs: 2 }, gemma)).toMatchObject({
      inputs: { logprobs: true, top_logprobs: 2 },
      wantsLogprobs: true,
    });
    expect(promptCall({ logprobs: 0 }, gemma).inputs).not.toHaveProperty("top_logprobs");
    expect(reportOf(chatCall({ logprobs: true }, gemma))).toBe("");
  });

  it("are not asked for where nobody wants them", () => {
    for (const body of [{}, { logprobs: false }, { logprobs: null, top_logprobs: null }]) {
      const call = chatCall(body, gemma);
      expect(call.inputs).not.toHaveProperty("logprobs");
      expect(call.wantsLogprobs).toBe(false);
    }
  });

  it("are refused where nobody has shown that the model tells them", () => {
    for (const entry of [llama33, unknown]) {
      for (const [param, body] of [
        ["logprobs", { logprobs: true }],
        ["top_logprobs", { top_logprobs: 2 }],
      ] as const) {
        expect(refusalOf(() => chatCall(body, entry))).toMatchObject({ kind: "unsupported_parameter", param });
      }
      expect(refusalOf(() => promptCall({ logprobs: 1 }, entry))).toMatchObject({ param: "logprobs" });
    }
  });

  it("of other tokens are nothing without those of the answer's own", () => {
    const call = chatCall({ top_logprobs: 2 }, gemma);
    expect(call.inputs).not.toHaveProperty("top_logprobs");
    expect(reportOf(call)).toBe("top_logprobs=ignored");
  });

  it("stand in a whole chat choice as in its chunks", () => {
    const body = toChatCompletion([collectEvents(events)], identity, form);
    expect(body.choices[0]?.logprobs).toEqual({ content: [hel, lo], refusal: null });
    const chunks = renderAll(
      createChatChunkRenderer(identity, { ...form, includeUsage: false, includeObfuscation: true }),
      [events],
    );
    expect(chunks).toMatchObject([
      { choices: [{ delta: { role: "assistant" }, logprobs: null }] },
      { choices: [{ delta: { content: "Hel" }, logprobs: { content: [hel], refusal: null } }] },
      { choices: [{ delta: { content: "lo" }, logprobs: { content: [lo], refusal: null } }] },
      { choices: [{ delta: {}, logprobs: null }] },
      "[DONE]",
    ]);
  });

  it("stand in a text choice as lists, with offsets that count the echoed prompt", () => {
    const expected = {
      tokens: ["Hel", "lo"],
      token_logprobs: [-0.5, -0.25],
      top_logprobs: [{ Bye: -2 }, {}],
      text_offset: [5, 8],
    };
    const body = toTextCompletion([collectEvents(events)], identity, ["Once "]);
    expect(body.choices[0]).toMatchObject({ text: "Once Hello", logprobs: expected });
    const chunks = renderAll(createTextChunkRenderer(identity, { includeUsage: false, prefixes: ["Once "] }), [events]);
    expect(chunks).toMatchObject([
      { choices: [{ text: "Once Hel", logprobs: { tokens: ["Hel"], text_offset: [5] } }] },
      { choices: [{ text: "lo", logprobs: { tokens: ["lo"], text_offset: [8] } }] },
      { choices: [{ text: "", logprobs: null }] },
      "[DONE]",
    ]);
  });

  it("that are none are null, and entries that are none are left out", () => {
    expect(toChatLogprobs(undefined)).toBeNull();
    expect(toChatLogprobs([])).toBeNull();
    expect(toTextLogprobs(undefined, 0)).toBeNull();
    const odd = [
      null,
      "Hel",
      {},
      { token: 1, logprob: 2 },
      { token: "lo", logprob: -0.25, top_logprobs: [null], bytes: "x" },
    ];
    expect(toChatLogprobs(odd)).toEqual({ content: [lo], refusal: null });
  });

  it("stay with an answer that was checked and needed no change", () => {
    const schema = { type: "object", properties: { a: { type: "number" } } };
    const format = { type: "json_schema", json_schema: { name: "answer", strict: true, schema } };
    const { requirement } = chatCall({ response_format: format, logprobs: true }, gemma);
    const answer = collectEvents([said('{"a":', [hel]), said("1}", [lo]), finish()]);
    expect(requirement?.check(answer, () => "call_1")).toEqual({ isMet: true });
  });
});

function completion(name: string, ...logprobs: readonly number[]): Completion {
  const entries = logprobs.map((logprob) => ({ token: "x", logprob }));
  return collectEvents([said(name, entries), usage(1, logprobs.length), finish()]);
}

describe("best_of", () => {
  it("makes as many calls, with seeds of their own, and needs probabilities to rank by", () => {
    const calls = promptCalls({ prompt: ["a", "b"], n: 1, best_of: 3, seed: 5 }, gemma);
    expect(calls.map(({ inputs }) => inputs["seed"])).toEqual([5, 6, 7, 5, 6, 7]);
    for (const call of calls) expect(call).toMatchObject({ inputs: { logprobs: true }, wantsLogprobs: true });
    expect(calls.map(reportOf)[0]).toBe("prompt=emulated, best_of=emulated");
  });

  it("is refused for a model that tells none, and for a stream", () => {
    expect(refusalOf(() => promptCall({ best_of: 2 }, llama33))).toMatchObject({ param: "best_of" });
    expect(refusalOf(() => promptCall({ best_of: 2, stream: true }, gemma))).toMatchObject({ param: "best_of" });
  });

  it("shows of each prompt the likeliest by the token, best first", () => {
    const [long, short, poor] = [completion("long", -1, -1, -1), completion("short", -2), completion("poor", -9)];
    expect(pickBest([poor, long, short], 2, 3)).toEqual([long, short]);
    expect(pickBest([poor, long, short, poor], 1, 2)).toEqual([long, short]);
  });

  it("tells the usage of all that were made", () => {
    const all = [completion("a", -1), completion("b", -2, -2)];
    const body = toTextCompletion(pickBest(all, 1, 2), identity, [], all);
    expect(body.choices.map(({ text }) => text)).toEqual(["a"]);
    expect(body.usage).toEqual({ prompt_tokens: 2, completion_tokens: 3, total_tokens: 5 });
  });

  it("fails where the model told nothing to rank by", () => {
    expect(refusalOf(() => pickBest([collectEvents([finish()])], 1, 2))).toMatchObject({ kind: "upstream_failed" });
  });
});
