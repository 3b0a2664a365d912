import type { Config } from "../config/config.ts";
import { GatewayError, toGatewayError } from "../errors.ts";
import type { ModelEntry } from "../models/model.ts";
import type { Resolution } from "../models/resolve.ts";
import { withFirstChunk } from "../stream/byte-source.ts";
import type { ParameterReport } from "../translate/parameter-report.ts";
import type { TaskCall } from "../translate/task-call.ts";
import { isFromCache } from "../workers-ai/call.ts";
import { startRawCall } from "../workers-ai/raw-answer.ts";
import { toCandidates } from "./candidates.ts";
import type { Candidate } from "./candidates.ts";
import { estimateOrder } from "./estimate.ts";
import type { GatewaySettings } from "./gateway-settings.ts";
import { guard } from "./guard.ts";
import type { Ports } from "./ports.ts";
import { runRounds } from "./rounds.ts";
import type { Round } from "./rounds.ts";
import { toRecovery } from "./recovery.ts";

export interface TaskOrder<Result> {
  /** Names of models, in the order in which they are to be tried. The first is the one that was asked for. */
  readonly models: readonly string[];
  /** The request, translated for one model: the calls that it takes. Throws where the model cannot serve it. */
  readonly toCalls: (entry: ModelEntry) => readonly TaskCall<Result>[];
  /** False for what only the model that was asked for can answer: the configuration's fallbacks are not tried then. */
  readonly hasFallbacks?: boolean;
  /** The inputs hold a stream, which can be read once: there is one round of calls and no other. */
  readonly isSingleUse?: boolean;
  /** Refuse what could only be ignored, and models that are retired. */
  readonly strict: boolean;
  readonly sessionAffinity: string | undefined;
  /** Aborted when the client leaves. */
  readonly signal: AbortSignal;
}

export interface TaskAnswer<Result> extends Resolution {
  /** One for each call, in the order of the calls. */
  readonly results: readonly Result[];
  /** Rounds of upstream calls that were made. All calls of a model are one round. */
  readonly attempts: number;
  readonly parameters: ParameterReport;
}

/** Connections that a Worker's request may have open at once; more would wait in the runtime, with our timers running. */
const CALLS_AT_ONCE = 6;

/** Runs an order for a task on the first model that answers all of its calls. Rejects with the last failure. */
export async function runTask<Result>(
  order: TaskOrder<Result>,
  settings: GatewaySettings,
  ports: Ports,
): Promise<TaskAnswer<Result>> {
  const { config } = settings;
  const bounded = order.isSingleUse === true ? { ...settings, config: { ...config, MAX_ATTEMPTS: 1 } } : settings;
  /** What was answered in earlier rounds: only the calls that failed are made again. */
  const answered = new Map<Candidate<TaskCall<Result>>, Map<number, Result>>();
  const candidates = toCandidates(order, settings);
  await ports.admit?.(
    candidates[0].entry.id,
    estimateOrder(candidates, ({ expect }) => expect?.()),
  );
  const { candidate, attempts } = await runRounds(
    candidates,
    (tried, round) => {
      const known = answered.get(tried) ?? new Map<number, Result>();
      answered.set(tried, known);
      return answerCalls(tried, known, round, { order, config, ports });
    },
    order.signal,
    bounded,
    ports,
  );
  const { entry, retired, calls } = candidate;
  const results = [...(answered.get(candidate) ?? [])].toSorted(([first], [second]) => first - second);
  return {
    entry,
    retired,
    results: results.map(([, result]) => result),
    parameters: calls[0]?.parameters ?? new Map(),
    attempts,
  };
}

interface Surroundings<Result> {
  readonly order: TaskOrder<Result>;
  readonly config: Config;
  readonly ports: Ports;
}

/**
 * Makes the calls whose answers are not known yet, some at a time. After one that fails no other is begun. Those that are
 * under way are waited for where the round may be repeated, so that they need not be made again.
 */
async function answerCalls<Result>(
  { entry, calls }: Candidate<TaskCall<Result>>,
  known: Map<number, Result>,
  round: Round,
  surroundings: Surroundings<Result>,
): Promise<void> {
  const siblings = new AbortController();
  const client = surroundings.order.signal;
  const signal = calls.length === 1 ? client : AbortSignal.any([client, siblings.signal]);
  const waiting = [...calls.entries()].filter(([index]) => !known.has(index));
  let failure: GatewayError | undefined;

  async function answerSome(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, call] = next;
      round.budgets[index]?.spend();
      try {
        known.set(index, await answerCall(entry, call, round, signal, surroundings));
      } catch (error) {
        failure ??= toGatewayError(error);
        waiting.length = 0;
        if (toRecovery(failure) !== "repeat") siblings.abort();
      }
    }
  }

  await Promise.all(Array.from({ length: Math.min(CALLS_AT_ONCE, waiting.length) }, answerSome));
  if (failure !== undefined) throw failure;
}

async function answerCall<Result>(
  entry: ModelEntry,
  { inputs, read, measure, explain }: TaskCall<Result>,
  { deadline, hasOthers }: Round,
  signal: AbortSignal,
  { order, config, ports }: Surroundings<Result>,
): Promise<Result> {
  const call = startRawCall(ports.binding, {
    model: entry.id,
    inputs,
    rejectIfBusy: hasOthers && order.isSingleUse !== true,
    extraHeaders: order.sessionAffinity === undefined ? {} : { "x-session-affinity": order.sessionAffinity },
  });
  const limits = {
    first: inputs["stream"] === true ? config.FIRST_TOKEN_TIMEOUT_MS : config.RESPONSE_TIMEOUT_MS,
    stall: config.STALL_TIMEOUT_MS,
    deadline,
  };
  const guarded = guard(call, limits, ports.clock, signal);
  try {
    const first = await guarded.next();
    const result = await read({ headers: call.headers(), body: withFirstChunk(first, guarded) });
    const used = measure(result);
    if (used !== undefined) {
      ports.meter?.addConsumption(entry, isFromCache(call.headers()) ? { ...used, neurons: 0 } : used);
    }
    return result;
  } catch (error) {
    guarded.cancel(error);
    throw explain !== undefined && error instanceof GatewayError ? explain(error) : error;
  }
}
