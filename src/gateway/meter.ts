import type { ChoiceBatch, ChoiceStream } from "../completion/choices.ts";
import type { CompletionStream } from "../completion/event.ts";
import { addUsage } from "../completion/usage.ts";
import { GatewayError, toGatewayError } from "../errors.ts";
import { addCosts, billedUnits, roundCost, toCost } from "../models/consumption.ts";
import type { BilledUnit, Consumption, Cost, UnitCounts } from "../models/consumption.ts";
import type { ModelEntry } from "../models/model.ts";
import { readFrom, toSource } from "../stream/source.ts";
import { countCall } from "./call-tally.ts";
import type { CallTally, CountedCall } from "./call-tally.ts";
import type { Ending, Outcome, OutcomeSink, RequestLabels } from "./outcome.ts";
import type { Clock } from "./ports.ts";

export interface MeterPorts {
  readonly clock: Clock;
  /** Milliseconds after which a request is over even if nobody reads its answer any more. */
  readonly limitMs: number;
  /** What is done with the outcome; absent where nothing is. */
  readonly sink?: OutcomeSink | undefined;
  /** Keeps the Worker alive until the work is done: `waitUntil`. */
  readonly defer: (work: Promise<unknown>) => void;
  /** Aborted when the client leaves. */
  readonly signal: AbortSignal;
}

/** What the gateway tells of its upstream calls. */
export interface CallMeter {
  /** A round of calls of this model is over, whatever came of it; `rounds` counts all of the request so far. */
  reportRounds(entry: ModelEntry, rounds: number): void;
  /** The completion, counted as it is read. */
  countCall(stream: CompletionStream, about: CountedCall): CompletionStream;
  /** What a call used that is no completion. */
  addConsumption(entry: ModelEntry, consumption: Consumption): void;
}

/**
 * Observes one request for a model, from the time it is known what is asked until it is over, and hands its outcome to
 * the sink: exactly once, whichever of the ends comes first.
 */
export interface Meter extends CallMeter {
  /** The first of the answer is there: what fails from now on is broken. */
  begin(): void;
  complete(): void;
  /** It failed, or the client left: the error tells. */
  fail(error: GatewayError): void;
  isOver(): boolean;
  /** The outcome, once it is over: for whoever comes then and need not wait. */
  ended(): Outcome | undefined;
  /** What the request has cost so far by the upstream's own counts; `undefined` where a count or a price is missing. */
  readonly toldCost: () => Cost | undefined;
  /** The outcome, when it is over. */
  readonly outcome: Promise<Outcome>;
}

export function createMeter(labels: RequestLabels, { clock, limitMs, sink, defer, signal }: MeterPorts): Meter {
  const startedAt = clock.now();
  const calls: CallTally[] = [];
  const consumed: Consumed[] = [];
  const over = Promise.withResolvers<Outcome>();
  let model: string | undefined;
  let attempts = 0;
  let firstEventMs: number | undefined;
  let ended: Outcome | undefined;
  let stopTimer: (() => void) | undefined;

  function end(ending: Ending, error?: GatewayError): void {
    if (ended !== undefined) return;
    signal.removeEventListener("abort", leave);
    stopTimer?.();
    const times = { startedAt, firstEventMs, totalMs: clock.now() - startedAt };
    ended = { ...labels, ...times, ...addUp(calls, consumed), model, ending, error: error?.kind, attempts };
    over.resolve(ended);
  }

  function leave(): void {
    end("left");
  }

  // Held from the start: once a client has left, nothing else keeps the Worker alive for what is done with the outcome.
  if (sink !== undefined) defer(over.promise.then(sink));
  if (signal.aborted) leave();
  else signal.addEventListener("abort", leave);
  return {
    reportRounds(entry, rounds) {
      model = entry.id;
      attempts = rounds;
    },
    countCall(stream, about) {
      const { counted, tally } = countCall(stream, about);
      calls.push(tally);
      return counted;
    },
    addConsumption(entry, consumption) {
      consumed.push({ entry, consumption });
    },
    begin() {
      if (firstEventMs !== undefined) return;
      firstEventMs = clock.now() - startedAt;
      // Only a stream can be left unread: an answer that is not streamed is read before it is sent.
      if (labels.isStreamed && ended === undefined) stopTimer = clock.after(Math.max(0, limitMs - firstEventMs), leave);
    },
    complete: () => end("complete"),
    fail(error) {
      if (error.kind === "client_closed") leave();
      else end(firstEventMs === undefined ? "failed" : "broken", error);
    },
    toldCost() {
      const total = ended ?? addUp(calls, consumed);
      return total.isEstimated ? undefined : total.cost;
    },
    isOver() {
      return ended !== undefined;
    },
    ended() {
      return ended;
    },
    outcome: over.promise,
  };
}

/** An answer whose end, whatever it is, is told to the meter. No promise and no closure an event. */
export function meterChoices(choices: ChoiceStream, meter: Meter): ChoiceStream {
  let deliver: (batch: ChoiceBatch | undefined) => void;
  let reject: (error: unknown) => void;

  function pass(batch: ChoiceBatch | undefined): void {
    if (batch === undefined) meter.complete();
    deliver(batch);
  }

  function fail(thrown: unknown): void {
    meter.fail(toGatewayError(thrown));
    reject(thrown);
  }

  meter.begin();
  return toSource(
    (takeBatch, failBatch) => {
      deliver = takeBatch;
      reject = failBatch;
      readFrom(choices, pass, fail);
    },
    (reason) => {
      // A reader that fails says why; any other that does not read on has left.
      meter.fail(reason instanceof GatewayError ? reason : new GatewayError("client_closed", "The reader left."));
      choices.cancel(reason);
    },
  );
}

interface Consumed {
  readonly entry: ModelEntry;
  readonly consumption: Consumption;
}

interface Total {
  readonly usage: Outcome["usage"];
  readonly units: UnitCounts;
  readonly isEstimated: boolean;
  readonly cost: Cost | undefined;
}

/** Each part is priced by itself: one may bring its neurons and the next not, and they may be of different models. */
function addUp(calls: readonly CallTally[], others: readonly Consumed[]): Total {
  const told = calls.flatMap((call): Consumed[] => {
    const used = call.usage();
    if (used === undefined) return [];
    return [{ entry: call.entry, consumption: { usage: used, ...(call.isFree() && { neurons: 0 }) } }];
  });
  let usage: Outcome["usage"];
  let cost: Cost | undefined = { dollars: 0, neurons: 0 };
  const units: Partial<Record<BilledUnit, number>> = {};
  for (const { entry, consumption } of [...told, ...others]) {
    cost = addCosts(cost, toCost(consumption, entry.price));
    const { usage: tokens, units: counts } = consumption;
    if (tokens !== undefined) usage = usage === undefined ? tokens : addUsage(usage, tokens);
    for (const unit of billedUnits) {
      const count = counts?.[unit];
      if (count !== undefined) units[unit] = (units[unit] ?? 0) + count;
    }
  }
  const isEstimated =
    calls.some((call) => call.isEstimated()) || others.some(({ consumption }) => consumption.isEstimated === true);
  return { usage, units, isEstimated, cost: cost && roundCost(cost) };
}
