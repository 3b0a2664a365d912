import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CompletionEvent } from "../../src/completion/event.ts";
import { GatewayError } from "../../src/errors.ts";
import { createToolCallTracker } from "../../src/completion/tool-calls.ts";
import type { ToolCallFragment } from "../../src/completion/tool-calls.ts";
import { createCounter, mergeDeltas, summarise } from "./outcome.ts";

const nothing: ToolCallFragment = {
  index: undefined,
  id: undefined,
  name: undefined,
  argumentsText: undefined,
  whole: false,
};

function fragment(members: Partial<ToolCallFragment>): ToolCallFragment {
  return { ...nothing, ...members };
}

function track(fragments: readonly Partial<ToolCallFragment>[]): readonly CompletionEvent[] {
  const tracker = createToolCallTracker(createCounter());
  const events: CompletionEvent[] = [];
  for (const members of fragments) tracker.add(fragment(members), events);
  tracker.end(events);
  return events;
}

function callsOf(fragments: readonly Partial<ToolCallFragment>[]): readonly string[] {
  return summarise({ events: track(fragments), failure: undefined }).calls ?? [];
}

describe("the tool call tracker", () => {
  it.each<[string, readonly Partial<ToolCallFragment>[], readonly string[]]>([
    [
      "joins fragments by index",
      [
        { index: 0, name: "f" },
        { index: 0, argumentsText: '{"x"' },
        { index: 0, argumentsText: ":1}" },
      ],
      ['f {"x":1}'],
    ],
    [
      "joins fragments by id where there is no index",
      [
        { id: "a", name: "f" },
        { id: "b", name: "g" },
        { id: "a", argumentsText: '{"x":1}' },
        { id: "b", argumentsText: '{"y":2}' },
      ],
      ['f {"x":1}', 'g {"y":2}'],
    ],
    [
      "joins fragments by order where there is neither",
      [{ name: "f" }, { argumentsText: '{"x":1}' }, { name: "g" }, { argumentsText: "{}" }],
      ['f {"x":1}', "g {}"],
    ],
    [
      "opens a call of the same name where arguments begin again",
      [
        { name: "f", argumentsText: '{"x":1}' },
        { name: "f", argumentsText: '{"x":2}' },
      ],
      ['f {"x":1}', 'f {"x":2}'],
    ],
    [
      "opens a call of the same name that comes without arguments first",
      [
        { index: 0, name: "f", argumentsText: '{"x":1}' },
        { index: 0, name: "f" },
        { index: 0, argumentsText: '{"x":2}' },
      ],
      ['f {"x":1}', 'f {"x":2}'],
    ],
    [
      "passes over a name that only comes again",
      [
        { index: 0, name: "f", argumentsText: '{"x":1}' },
        { index: 0, name: "f", argumentsText: "" },
      ],
      ['f {"x":1}'],
    ],
    [
      "takes a name that comes with each piece once",
      [
        { name: "f", argumentsText: '{"x"' },
        { name: "f", argumentsText: ":1}" },
      ],
      ['f {"x":1}'],
    ],
    [
      "tells calls apart that all have index 0",
      [
        { index: 0, id: "a", name: "f", argumentsText: "{}" },
        { index: 0, id: "b", name: "f", argumentsText: "{}" },
      ],
      ["f {}", "f {}"],
    ],
    [
      "tells calls apart that all have one id",
      [
        { index: 0, id: "a", name: "f" },
        { index: 1, id: "a", name: "f" },
      ],
      ["f {}", "f {}"],
    ],
    [
      "gives empty arguments to a call that has none",
      [
        { index: 0, name: "f", argumentsText: "" },
        { index: 0, argumentsText: "  " },
      ],
      ["f {}"],
    ],
    [
      "waits for the name",
      [
        { index: 0, id: "a", argumentsText: '{"x":' },
        { index: 0, argumentsText: "1}" },
        { index: 0, name: "f" },
      ],
      ['f {"x":1}'],
    ],
    [
      "decodes arguments that are encoded twice",
      [
        { index: 0, name: "f" },
        { index: 0, argumentsText: ' "{\\"x' },
        { index: 0, argumentsText: '\\":1}"' },
      ],
      ['f {"x":1}'],
    ],
    ["leaves a text that is no JSON of its own", [{ index: 0, name: "f", argumentsText: '"Paris"' }], ['f "Paris"']],
    [
      "passes over the null fragment that closes a call",
      [
        { index: 0, name: "f", argumentsText: "{}" },
        { index: 0, argumentsText: "" },
      ],
      ["f {}"],
    ],
    [
      "passes over an id that comes again behind the end",
      [
        { index: 0, id: "a", name: "f", argumentsText: "{}" },
        { index: 1, id: "b", name: "g", argumentsText: "{}" },
        { index: 0, id: "a" },
        { index: 0, argumentsText: "\n" },
      ],
      ["f {}", "g {}"],
    ],
    [
      "takes whole calls as they are",
      [
        { name: "f", argumentsText: "{}", whole: true },
        { name: "f", whole: true },
      ],
      ["f {}", "f {}"],
    ],
  ])("%s", (_, fragments, calls) => {
    expect(callsOf(fragments)).toEqual(calls);
  });

  it("lets a call begin behind a name that only came again", () => {
    const tracker = createToolCallTracker(createCounter());
    const events: CompletionEvent[] = [];
    tracker.add(fragment({ index: 0, name: "f", argumentsText: "{}" }), events);
    tracker.add(fragment({ index: 0, name: "f" }), events);
    tracker.add(fragment({ index: 1, name: "g" }), events);
    expect(events.at(-1)).toEqual({ type: "tool-call-start", index: 1, id: "call_2", name: "g" });
  });

  it("fails where a call with arguments is never named", () => {
    expect(() => track([{ index: 0, argumentsText: "{}" }])).toThrow("without naming it");
  });

  it("says the id and the name once, in front of the arguments, and ends each call before the next begins", () => {
    const events = track([
      { index: 0, id: "a", name: "f" },
      { index: 1, id: "b", name: "g" },
      { index: 0, argumentsText: "{}" },
    ]);
    expect(events).toEqual([
      { type: "tool-call-start", index: 0, id: "call_1", name: "f" },
      { type: "tool-call-delta", index: 0, argumentsDelta: "{}" },
      { type: "tool-call-end", index: 0 },
      { type: "tool-call-start", index: 1, id: "call_2", name: "g" },
      { type: "tool-call-delta", index: 1, argumentsDelta: "{}" },
      { type: "tool-call-end", index: 1 },
    ]);
  });

  const call = fc.record({
    name: fc.constantFrom("f", "g", "h"),
    argumentsText: fc
      .dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })
      .map((value) => JSON.stringify(value)),
    sizes: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 8 }),
    nameAt: fc.nat({ max: 3 }),
  });

  it("puts any interleaving of the fragments of calls together again", () => {
    fc.assert(
      fc.property(
        fc.array(call, { maxLength: 4 }),
        fc.array(fc.nat(), { maxLength: 60 }),
        fc.boolean(),
        (calls, order, usesIds) => {
          const queues = calls.map(({ name, argumentsText, sizes, nameAt }, index) => {
            const key = usesIds ? { id: `id${index}` } : { index };
            const pieces: Partial<ToolCallFragment>[] = split(argumentsText, sizes).map((text) => ({
              ...key,
              argumentsText: text,
            }));
            // The first fragment of each call shows the order of the calls; the name may come later.
            pieces.splice(Math.min(nameAt, pieces.length), 0, { ...key, name });
            return pieces;
          });
          const firsts = queues.flatMap((queue) => queue.splice(0, 1));
          const rest: Partial<ToolCallFragment>[] = [];
          for (let turn = 0; queues.some((queue) => queue.length > 0); turn += 1) {
            const left = queues.filter((queue) => queue.length > 0);
            rest.push(...(left[(order[turn] ?? 0) % left.length]?.splice(0, 1) ?? []));
          }
          const events = track([...firsts, ...rest]);
          expect(summarise({ events, failure: undefined }).calls ?? []).toEqual(
            calls.map(({ name, argumentsText }) => `${name} ${argumentsText}`),
          );
          expect(mergeDeltas(events).map(({ type }) => type)).toEqual(
            calls.flatMap(() => ["tool-call-start", "tool-call-delta", "tool-call-end"]),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it("never throws anything but a gateway error, whatever the fragments", () => {
    const anyFragment = fc.record({
      index: fc.option(fc.nat({ max: 2 }), { nil: undefined }),
      id: fc.option(fc.constantFrom("a", "b"), { nil: undefined }),
      name: fc.option(fc.constantFrom("f", "g"), { nil: undefined }),
      argumentsText: fc.option(fc.constantFrom("", "{}", '{"x":', "1}", '"{}"', "]"), { nil: undefined }),
      whole: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anyFragment, { maxLength: 12 }), (fragments) => {
        const types = mergeDeltas(trackOrFail(fragments)).map(({ type }) => type);
        const starts = types.filter((type) => type === "tool-call-start");
        expect(types).toEqual(starts.flatMap(() => ["tool-call-start", "tool-call-delta", "tool-call-end"]));
      }),
      { numRuns: 500 },
    );
  });
});

/** No events where the fragments are refused, as only a gateway error may do. */
function trackOrFail(fragments: readonly ToolCallFragment[]): readonly CompletionEvent[] {
  try {
    return track(fragments);
  } catch (error) {
    if (error instanceof GatewayError) return [];
    throw error;
  }
}

function split(text: string, sizes: readonly number[]): readonly string[] {
  const pieces: string[] = [];
  let rest = text;
  for (const size of sizes) {
    pieces.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return [...pieces, rest].filter((piece) => piece !== "");
}
