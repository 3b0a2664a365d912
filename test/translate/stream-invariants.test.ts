import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collectEvents } from "../../src/completion/collect.ts";
import type { ChoiceBatch } from "../../src/completion/choices.ts";
import type { CompletionEvent, FinishReason } from "../../src/completion/event.ts";
import { createChatChunkRenderer } from "../../src/translate/chat-chunks.ts";
import { toChatCompletion } from "../../src/translate/chat-completion.ts";
import type { StreamRenderer } from "../../src/translate/stream-renderer.ts";
import { createTextChunkRenderer } from "../../src/translate/text-chunks.ts";
import { createMessageRenderer } from "../../src/translate/anthropic/message-events.ts";
import { toMessage } from "../../src/translate/anthropic/message.ts";
import type { MessageForm } from "../../src/translate/anthropic/message.ts";
import { checkMessageStream } from "../conformance/support/check-message-stream.ts";
import { checkChatStream } from "../conformance/support/check-chat-stream.ts";
import { checkChatCompletion, checkTextStream } from "../conformance/support/check-completions.ts";
import { call, finish, identity, reasoning, text, usage } from "./events.ts";

const bounds = { seed: 20_261_121, numRuns: 300 };

const piece = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.string({ unit: "binary", minLength: 1, maxLength: 6 }),
);
const spoken = fc.array(
  fc.oneof(
    piece.map((given) => text(given)),
    piece.map((given) => [reasoning(given)]),
  ),
  { maxLength: 6 },
);

/** The text cut at these places. */
function cut(whole: string, places: readonly number[]): readonly string[] {
  const ends = [...new Set(places.map((place) => place % (whole.length + 1)))].toSorted(
    (first, second) => first - second,
  );
  return [0, ...ends].map((start, index) => whole.slice(start, ends[index] ?? whole.length));
}

const callArguments = fc
  .tuple(fc.dictionary(piece, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 }), fc.array(fc.nat(), { maxLength: 4 }))
  .map(([value, places]) => cut(JSON.stringify(value), places));

/** The events of one completion, as decoders make them: speech, calls one after another, usage, one finish. */
const completion: fc.Arbitrary<readonly CompletionEvent[]> = fc
  .record({
    said: spoken,
    calls: fc.array(fc.tuple(fc.stringMatching(/^[a-z]{1,8}$/), callArguments), { maxLength: 3 }),
    used: fc.tuple(fc.nat(1000), fc.nat(1000)),
    plain: fc.constantFrom<FinishReason>("stop", "length", "content_filter"),
  })
  .map(({ said, calls, used, plain }) => [
    ...said.flat(),
    ...calls.flatMap(([name, pieces], index) => call(index, name, ...pieces)),
    usage(...used),
    finish(calls.length > 0 ? "tool_calls" : plain),
  ]);

interface Answer {
  readonly choices: readonly (readonly CompletionEvent[])[];
  readonly batches: readonly ChoiceBatch[];
}

/** Several completions in flight together, each in batches of random length. */
const answer: fc.Arbitrary<Answer> = fc
  .tuple(fc.array(completion, { minLength: 1, maxLength: 3 }), fc.infiniteStream(fc.nat(20)))
  .map(([choices, random]) => {
    const rest = choices.map((events) => [...events]);
    const batches: ChoiceBatch[] = [];
    while (rest.some((events) => events.length > 0)) {
      const choice = random.next().value % choices.length;
      const events = rest[choice]?.splice(0, 1 + (random.next().value % 4)) ?? [];
      if (events.length > 0) batches.push({ choice, events });
    }
    return { choices, batches };
  });

function render(renderer: StreamRenderer, batches: readonly ChoiceBatch[]): string {
  return batches.map((batch) => renderer.render(batch)).join("") + renderer.end();
}

describe("any answer", () => {
  it("is streamed as chat chunks that keep the contract, and add up to the same answer", () => {
    fc.assert(
      fc.property(answer, fc.boolean(), ({ choices, batches }, includeUsage) => {
        const form = { isLegacy: false, customTools: new Set<string>(), includeUsage, includeObfuscation: true };
        const report = checkChatStream(render(createChatChunkRenderer(identity, form), batches), { includeUsage });
        expect(report.problems).toEqual([]);
        const whole = choices.map(collectEvents);
        expect(report.choices.map(({ text: said, reasoning: thought, calls }) => ({ said, thought, calls }))).toEqual(
          whole.map((each) => ({ said: each.text, thought: each.reasoning, calls: each.toolCalls })),
        );
      }),
      bounds,
    );
  });

  it("is streamed with legacy function calls that keep the contract", () => {
    fc.assert(
      fc.property(answer, ({ batches }) => {
        // A message has room for one function call: only the first is let through to the renderer.
        const first = batches.map(({ choice, events }) => ({
          choice,
          events: events.filter((event) => !("index" in event) || event.index === 0),
        }));
        const form = { isLegacy: true, customTools: new Set<string>(), includeUsage: false, includeObfuscation: true };
        expect(checkChatStream(render(createChatChunkRenderer(identity, form), first)).problems).toEqual([]);
      }),
      bounds,
    );
  });

  it("is streamed as text chunks that keep the contract", () => {
    fc.assert(
      fc.property(answer, fc.boolean(), ({ choices, batches }, includeUsage) => {
        const members = { ...identity, id: "cmpl-1" };
        const renderer = createTextChunkRenderer(members, { includeUsage, prefixes: ["Once "] });
        const report = checkTextStream(render(renderer, batches), { includeUsage });
        expect(report.problems).toEqual([]);
        const said = choices.map((events) => collectEvents(events).text);
        expect(report.texts).toEqual(said.map((own, index) => (index === 0 ? `Once ${own}` : own)));
      }),
      bounds,
    );
  });

  it("is streamed as Anthropic's events that keep the contract, and say what the whole message says", () => {
    const thinkings = fc.constantFrom<MessageForm["thinking"]>("shown", "omitted", "hidden");
    fc.assert(
      fc.property(completion, fc.infiniteStream(fc.nat(3)), thinkings, (events, random, thinking) => {
        const form: MessageForm = { thinking, stopSequences: [] };
        const batches: ChoiceBatch[] = [];
        for (let rest = events; rest.length > 0;) {
          const length = 1 + random.next().value;
          batches.push({ choice: 0, events: rest.slice(0, length) });
          rest = rest.slice(length);
        }
        const report = checkMessageStream(render(createMessageRenderer(identity, form, "req_1"), batches));
        expect(report.problems).toEqual([]);
        const whole = toMessage(collectEvents(events), identity, form);
        expect(report).toMatchObject({ stopReason: whole.stop_reason, outputTokens: whole.usage.output_tokens });
        const join = (type: string) =>
          report.blocks.flatMap((block) => (block.type === type ? [block.text] : [])).join("");
        const { text: said = "" } = whole.content.find((block) => block.type === "text") ?? {};
        const { thinking: thought = "" } = whole.content.find((block) => block.type === "thinking") ?? {};
        expect([join("text"), join("thinking")]).toEqual([said, thought]);
        const calls = report.blocks.filter(({ type }) => type === "tool_use");
        const wholeCalls = whole.content.filter((block) => block.type === "tool_use");
        expect(calls.map(({ name, text: input }) => ({ name, input: JSON.parse(input) as unknown }))).toEqual(
          wholeCalls.map(({ name, input }) => ({ name, input })),
        );
      }),
      bounds,
    );
  });

  it("is a whole chat completion that keeps the contract", () => {
    fc.assert(
      fc.property(answer, fc.boolean(), ({ choices }, isLegacy) => {
        const body = toChatCompletion(choices.map(collectEvents), identity, { isLegacy, customTools: new Set() });
        expect(checkChatCompletion(JSON.parse(JSON.stringify(body)))).toEqual([]);
      }),
      bounds,
    );
  });
});
