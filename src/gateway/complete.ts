import { toChoiceStream } from "../completion/choices.ts";
import type { ChoiceStream } from "../completion/choices.ts";
import type { Config } from "../config/config.ts";
import { GatewayError, toGatewayError } from "../errors.ts";
import type { ModelEntry } from "../models/model.ts";
import type { ModelDirectory, Resolution } from "../models/resolve.ts";
import type { ModelCall } from "../translate/inputs.ts";
import type { ParameterReport } from "../translate/parameter-report.ts";
import { backOff } from "./back-off.ts";
import { createCallBudget } from "./call-budget.ts";
import type { CallBudget } from "./call-budget.ts";
import { toCandidates } from "./candidates.ts";
import type { Candidate } from "./candidates.ts";
import type { CapacityMemory } from "./capacity-memory.ts";
import type { Ports } from "./ports.ts";
import { toRecovery } from "./recovery.ts";
import { startCompletion } from "./start.ts";
import type { StartOptions } from "./start.ts";

export interface CompletionOrder {
  /** Names of models, in the order in which they are to be tried. The first is the one that was asked for. */
  readonly models: readonly string[];
  /** The request, translated for one model: a call for each choice. Throws where the model cannot serve it. */
  readonly toCalls: (entry: ModelEntry) => readonly ModelCall[];
  /** Whether the client takes the answer as a stream; otherwise a cut answer can still be repeated whole. */
  readonly stream: boolean;
  /** Refuse what could only be ignored, and models that are retired. */
  readonly strict: boolean;
  /** Keeps a conversation on the machine that has its beginning cached. */
  readonly sessionAffinity: string | undefined;
  /** Aborted when the client leaves. */
  readonly signal: AbortSignal;
}

/** An answer that has begun: the first events of every choice are there, so that it can be answered with 200. */
export interface RunningAnswer extends Resolution {
  readonly choices: ChoiceStream;
  /** Rounds of upstream calls that were made, this one included. All choices of an answer are one round. */
  readonly attempts: number;
  readonly parameters: ParameterReport;
}

export interface GatewaySettings {
  readonly config: Config;
  readonly directory: ModelDirectory;
  readonly capacity: CapacityMemory;
}

/**
 * Runs an order on the first model that answers. Until its first events are there a failure may be repeated, on the
 * same model or the next; `MAX_ATTEMPTS` bounds the rounds over all models and one deadline bounds their time. Rejects
 * with the last failure.
 */
export async function complete(
  order: CompletionOrder,
  { config, directory, capacity }: GatewaySettings,
  ports: Ports,
): Promise<RunningAnswer> {
  const deadline = ports.clock.now() + config.REQUEST_TIMEOUT_MS;
  let waiting: readonly Candidate[] = toCandidates(order, config, directory, capacity);
  let failed: readonly Candidate[] = [];
  let failure: GatewayError | undefined;
  for (let attempts = 0, round = 1; attempts < config.MAX_ATTEMPTS && !order.signal.aborted;) {
    if (waiting.length === 0) {
      // Every model has had its turn: those that may do better get time before the next round.
      if (failed.length === 0 || failure === undefined) break;
      if (!(await backOff({ round, failure, deadline, signal: order.signal }, ports))) break;
      [waiting, failed] = [failed, []];
      round += 1;
    }
    const [candidate, ...others] = waiting;
    if (candidate === undefined) break;
    waiting = others;
    capacity.reportAttempt(candidate.entry.id);
    const { entry, retired, calls } = candidate;
    const budgets = calls.map(() => createCallBudget(config.MAX_ATTEMPTS - attempts));
    try {
      const context = { order, config, deadline, hasOthers: others.length > 0 };
      const choices = await startChoices(candidate, context, budgets, ports);
      capacity.reportAnswer(entry.id);
      const parameters = calls[0]?.parameters ?? new Map();
      attempts += countRounds(budgets);
      ports.meter?.reportRounds(entry, attempts);
      return { entry, retired, choices, parameters, attempts };
    } catch (error) {
      attempts += countRounds(budgets);
      ports.meter?.reportRounds(entry, attempts);
      failure = toGatewayError(error);
      if (failure.kind === "out_of_capacity") capacity.reportRefusal(candidate.entry.id);
      const recovery = toRecovery(failure);
      if (recovery === "give-up") throw failure;
      if (recovery === "repeat") failed = [...failed, candidate];
    }
  }
  if (failure === undefined || order.signal.aborted) {
    throw new GatewayError("client_closed", "The client closed the request.");
  }
  throw failure;
}

/** The choices of an answer call in step, so the one that called most often tells how many rounds there were. */
function countRounds(budgets: readonly CallBudget[]): number {
  return Math.max(...budgets.map(({ spent }) => spent));
}

interface StartContext {
  readonly order: CompletionOrder;
  readonly config: Config;
  readonly deadline: number;
  /** Another model stands ready: this one is not worth waiting for. */
  readonly hasOthers: boolean;
}

/** Starts all choices at once on one model. One that fails takes the others with it: an answer has all or none. */
async function startChoices(
  { entry, calls }: Candidate,
  { order, config, deadline, hasOthers }: StartContext,
  budgets: readonly CallBudget[],
  ports: Ports,
): Promise<ChoiceStream> {
  const siblings = new AbortController();
  const options: StartOptions = {
    entry,
    isWhole: !order.stream,
    sessionAffinity: order.sessionAffinity,
    rejectIfBusy: hasOthers,
    deadline,
    signal: calls.length === 1 ? order.signal : AbortSignal.any([order.signal, siblings.signal]),
    config,
  };
  const started = calls.map((call, choice) => {
    const budget = budgets[choice] ?? createCallBudget(1);
    budget.spend();
    return startCompletion(call, options, budget, ports);
  });
  try {
    return toChoiceStream(await Promise.all(started));
  } catch (error) {
    siblings.abort();
    throw error;
  }
}
