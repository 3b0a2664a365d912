import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChoiceBatch, ChoiceStream } from "../../src/completion/choices.ts";
import type { CompletionEvent, CompletionStream, Usage } from "../../src/completion/event.ts";
import { GatewayError } from "../../src/errors.ts";
import { createMeter, meterChoices } from "../../src/gateway/meter.ts";
import type { Meter } from "../../src/gateway/meter.ts";
import type { Outcome } from "../../src/gateway/outcome.ts";
import { price, unknownTextModel } from "../../src/models/catalogue/entry.ts";
import { createFakeClock, settle } from "../support/fake-clock.ts";
import type { FakeClock } from "../support/fake-clock.ts";

const LIMIT_MS = 600_000;
const entry = { ...unknownTextModel("@cf/vendor/model"), price: price(1, 2) };
const labels = { requestId: "req_1", route: "/v1/chat/completions", key: "team", isStreamed: true };
const call = { entry, promptTokens: 12, isFree: () => false };
const broken = new GatewayError("upstream_failed", "It broke.");

const usage: Usage = {
  promptTokens: 10,
  completionTokens: 5,
  totalTokens: 15,
  cachedTokens: undefined,
  reasoningTokens: undefined,
  neurons: undefined,
};

interface Bed {
  readonly meter: Meter;
  readonly clock: FakeClock;
  readonly outcomes: readonly Outcome[];
  readonly deferred: readonly Promise<unknown>[];
  readonly leave: () => void;
}

function createBed(): Bed {
  const clock = createFakeClock();
  const client = new AbortController();
  const outcomes: Outcome[] = [];
  const deferred: Promise<unknown>[] = [];
  const meter = createMeter(labels, {
    clock,
    limitMs: LIMIT_MS,
    signal: client.signal,
    sink: (outcome) => void outcomes.push(outcome),
    defer: (work) => void deferred.push(work),
  });
  return { meter, clock, outcomes, deferred, leave: () => client.abort() };
}

/** A completion that gives these batches and then ends, or fails. */
function completionOf(batches: readonly (readonly CompletionEvent[])[], error?: GatewayError): CompletionStream {
  const left = [...batches];
  return {
    async next() {
      const batch = left.shift();
      if (batch === undefined && error !== undefined) throw error;
      return batch;
    },
    cancel: () => undefined,
  };
}

function choicesOf(stream: CompletionStream): ChoiceStream {
  return {
    async next(): Promise<ChoiceBatch | undefined> {
      const events = await stream.next();
      return events && { choice: 0, events };
    },
    cancel: (reason) => stream.cancel(reason),
  };
}

const text = (value: string): CompletionEvent => ({ type: "text-delta", text: value });
const end: readonly CompletionEvent[] = [
  { type: "usage", usage },
  { type: "finish", reason: "stop" },
];

/** An answer as the gateway runs one: its call is counted, its first batch is there, its choices are metered. */
function run(meter: Meter, batches: readonly (readonly CompletionEvent[])[], error?: GatewayError): ChoiceStream {
  const counted = meter.countCall(completionOf(batches, error), call);
  meter.reportRounds(entry, 1);
  return meterChoices(choicesOf(counted), meter);
}

async function readToEnd(choices: ChoiceStream): Promise<void> {
  for (let batch = await choices.next(); batch !== undefined; batch = await choices.next());
}

describe("the outcome of a request", () => {
  it("is complete at the end of the answer, with what the upstream counted, its cost and its times", async () => {
    const { meter, clock, outcomes } = createBed();
    await clock.advance(30);
    const choices = run(meter, [[text("Hi")], end]);
    await clock.advance(70);
    await readToEnd(choices);
    await settle();
    expect(outcomes).toEqual([
      {
        ...labels,
        model: entry.id,
        ending: "complete",
        error: undefined,
        attempts: 1,
        startedAt: expect.any(Number),
        firstEventMs: 30,
        totalMs: 100,
        usage,
        units: {},
        isEstimated: false,
        cost: { dollars: expect.closeTo(0.000_02, 12), neurons: expect.closeTo(0.000_02 / 0.000_011, 6) },
      },
    ]);
  });

  it("is broken where the answer fails after it has begun, and what was produced is estimated", async () => {
    const { meter, outcomes } = createBed();
    const choices = run(meter, [[text("One")], [text(" two and some more words")]], broken);
    await expect(readToEnd(choices)).rejects.toBe(broken);
    await settle();
    expect(outcomes).toMatchObject([
      {
        ending: "broken",
        error: "upstream_failed",
        isEstimated: true,
        usage: { promptTokens: 12, completionTokens: 7 },
      },
    ]);
  });

  it("is failed, and free, where the upstream refuses", async () => {
    const { meter, outcomes } = createBed();
    const counted = meter.countCall(completionOf([], broken), call);
    await expect(counted.next()).rejects.toBe(broken);
    meter.reportRounds(entry, 3);
    meter.fail(broken);
    await settle();
    expect(outcomes).toMatchObject([
      { ending: "failed", attempts: 3, firstEventMs: undefined, usage: undefined, cost: { dollars: 0, neurons: 0 } },
    ]);
  });

  it("is left where the client leaves in the middle, and what was produced until then counts", async () => {
    const { meter, outcomes, leave } = createBed();
    const choices = run(meter, [[text("One")], [text("two")], end]);
    await choices.next();
    leave();
    await settle();
    expect(outcomes).toMatchObject([{ ending: "left", usage: { promptTokens: 12, completionTokens: 1 } }]);
  });

  it("is left where the client leaves before the model has answered: its prompt was read", async () => {
    const { meter, outcomes, leave } = createBed();
    const counted = meter.countCall({ next: () => new Promise(() => undefined), cancel: () => undefined }, call);
    void counted.next();
    leave();
    await settle();
    expect(outcomes).toMatchObject([{ ending: "left", usage: { promptTokens: 12, completionTokens: 0 } }]);
  });

  it("is left where nobody reads the answer within the time of a request", async () => {
    const { meter, clock, outcomes } = createBed();
    run(meter, [[text("One")], end]);
    await clock.advance(LIMIT_MS - 1);
    expect(outcomes).toEqual([]);
    await clock.advance(1);
    expect(outcomes).toMatchObject([{ ending: "left", totalMs: LIMIT_MS }]);
  });

  it("is left where the client had gone before it began", async () => {
    const client = new AbortController();
    client.abort();
    const outcomes: Outcome[] = [];
    const clock = createFakeClock();
    const ports = { clock, limitMs: LIMIT_MS, signal: client.signal, defer: () => undefined };
    createMeter(labels, { ...ports, sink: (outcome) => void outcomes.push(outcome) });
    await settle();
    expect(outcomes).toMatchObject([{ ending: "left" }]);
    expect(clock.pending).toBe(0);
  });

  it("counts every call that was made for it, and knows its cost only where all were counted", async () => {
    const { meter, outcomes } = createBed();
    const first = meter.countCall(completionOf([[text("no JSON")], end]), call);
    while ((await first.next()) !== undefined);
    expect(meter.toldCost()?.dollars).toBeCloseTo(0.000_02, 12);
    await readToEnd(run(meter, [[text("{}")], end]));
    expect(meter.toldCost()?.dollars).toBeCloseTo(0.000_04, 12);
    await settle();
    expect(outcomes).toMatchObject([{ usage: { promptTokens: 20, completionTokens: 10 }, isEstimated: false }]);
  });

  it("is free where the answer was an earlier one, given again", async () => {
    const { meter, outcomes } = createBed();
    const counted = meter.countCall(completionOf([[text("Hi")], end]), { ...call, isFree: () => true });
    await readToEnd(meterChoices(choicesOf(counted), meter));
    await settle();
    expect(outcomes).toMatchObject([{ usage: { totalTokens: 15 }, cost: { dollars: 0, neurons: 0 } }]);
  });

  it("has units and tokens of tasks that are no completions", async () => {
    const { meter, outcomes } = createBed();
    meter.addConsumption(entry, { units: { image: 1, step: 4 }, neurons: 5 });
    meter.addConsumption(entry, { units: { image: 1 }, neurons: 7 });
    meter.complete();
    await settle();
    expect(outcomes).toMatchObject([{ usage: undefined, units: { image: 2, step: 4 }, cost: { neurons: 12 } }]);
  });

  it("has no cost where a price is not known", async () => {
    const { meter, outcomes } = createBed();
    meter.addConsumption({ ...entry, price: undefined }, { usage });
    meter.addConsumption(entry, { usage });
    meter.complete();
    await settle();
    expect(outcomes).toMatchObject([{ usage: { totalTokens: 30 }, cost: undefined }]);
  });

  it("keeps the Worker alive from the start until it is told", async () => {
    const { meter, deferred, outcomes } = createBed();
    expect(deferred).toHaveLength(1);
    meter.complete();
    await deferred[0];
    expect(outcomes).toHaveLength(1);
  });
});

/** What can happen to a running answer, in any order and as often as it likes. */
const happenings = fc.array(
  fc.constantFrom("read", "read", "read", "leave", "cancel", "cancel with an error", "wait", "time out"),
  { maxLength: 12 },
);

describe("whatever happens to a request", () => {
  it("there is exactly one outcome, and nothing is left behind", async () => {
    await fc.assert(
      fc.asyncProperty(happenings, fc.boolean(), fc.boolean(), async (steps, fails, isRead) => {
        const { meter, clock, outcomes, leave } = createBed();
        const choices = run(meter, [[text("a")], [text("b")], end], fails ? broken : undefined);
        for (const step of steps) {
          if (step === "read") void choices.next().catch(() => undefined);
          else if (step === "leave") leave();
          else if (step === "cancel") choices.cancel();
          else if (step === "cancel with an error") choices.cancel(broken);
          else if (step === "wait") await Promise.resolve();
          else await clock.advance(LIMIT_MS);
        }
        if (isRead) await readToEnd(choices).catch(() => undefined);
        await clock.advance(LIMIT_MS);
        expect(outcomes).toHaveLength(1);
        expect(clock.pending).toBe(0);
        const [outcome] = outcomes;
        expect(outcome?.error === undefined).toBe(outcome?.ending === "complete" || outcome?.ending === "left");
      }),
      { numRuns: 60 },
    );
  });
});
