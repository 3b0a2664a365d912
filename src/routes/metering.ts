import type { Settings } from "../env.ts";
import { toGatewayError } from "../errors.ts";
import { createMeter } from "../gateway/meter.ts";
import type { Meter } from "../gateway/meter.ts";
import { toOutcomeRecord } from "../gateway/outcome.ts";
import type { Outcome, OutcomeSink } from "../gateway/outcome.ts";
import type { Clock } from "../gateway/ports.ts";
import type { KeyGrant } from "../keys/managed-keys.ts";
import { logFailure, logRun } from "../log.ts";
import type { RateLimits } from "../openai/rate-limit-headers.ts";

/** What a meter has to know of whoever asks. */
export interface Metered {
  readonly settings: Settings;
  readonly requestId: string;
  /** The route that matched. */
  readonly route: string;
  /** The name of a static key, the id of a managed one; `undefined` for a caller without a key. */
  readonly keyName: string | undefined;
  /** The caller's key, where it is a managed one: its limits hold, and what is used is charged to it. */
  readonly grant: KeyGrant | undefined;
  /** Of this request alone: its waits share a timer. */
  readonly clock: Clock;
  /** Aborted when the answer is not wanted any more. */
  readonly signal: AbortSignal;
  /** Keeps the Worker alive until the work is done: `waitUntil`. */
  readonly defer: (work: Promise<unknown>) => void;
  /** Is given the meter of what runs for the caller. */
  readonly follow: (meter: Meter) => void;
  /** Is given what is left of the limits of the caller's key. */
  readonly showLimits: (limits: RateLimits) => void;
}

/** The meter of one request for a model. Whoever makes it tells it of every end; the sinks of the settings are called. */
export function startMeter(metered: Metered, isStreamed: boolean): Meter {
  const { settings, requestId, route, keyName, clock, signal, defer, follow } = metered;
  const meter = createMeter(
    { requestId, route, key: keyName, isStreamed },
    {
      clock,
      limitMs: settings.config.REQUEST_TIMEOUT_MS,
      signal,
      defer,
      sink: settings.sinks.length === 0 ? undefined : (outcome) => callSinks(settings.sinks, outcome),
    },
  );
  follow(meter);
  return meter;
}

async function callSinks(sinks: readonly OutcomeSink[], outcome: Outcome): Promise<void> {
  await Promise.all(sinks.map(async (sink) => callSink(sink, outcome)));
}

/** A sink that fails hinders neither the answer nor the other sinks. */
async function callSink(sink: OutcomeSink, outcome: Outcome): Promise<void> {
  try {
    await sink(outcome);
  } catch (thrown) {
    logFailure(outcome.requestId, outcome.model, toGatewayError(thrown));
  }
}

/** Logs the outcome of what runs without an HTTP answer of its own, whose line would tell it. */
export function logWhenOver(
  { outcome }: Meter,
  { keyName, grant, defer }: Pick<Metered, "keyName" | "grant" | "defer">,
): void {
  const key = { keyName: grant?.settings.name ?? keyName, keyId: grant?.id };
  const logged = outcome.then((ended) => {
    const { requestId, route, model } = ended;
    logRun({ requestId, route, model, ...key, ...toOutcomeRecord(ended) });
  });
  defer(logged);
}
