import { toChoiceStream } from "../completion/choices.ts";
import type { ChoiceStream } from "../completion/choices.ts";
import type { Config } from "../config/config.ts";
import type { ModelEntry } from "../models/model.ts";
import type { Resolution } from "../models/resolve.ts";
import type { ModelCall } from "../translate/inputs.ts";
import type { ParameterReport } from "../translate/parameter-report.ts";
import { createCallBudget } from "./call-budget.ts";
import { toCandidates } from "./candidates.ts";
import type { Candidate } from "./candidates.ts";
import { estimateOrder, expectCompletion } from "./estimate.ts";
import type { GatewaySettings } from "./gateway-settings.ts";
import type { Ports } from "./ports.ts";
import { runRounds } from "./rounds.ts";
import type { Round } from "./rounds.ts";
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

/** Runs an order for a completion on the first model that answers, until the first events of every choice are there. */
export async function complete(
  order: CompletionOrder,
  settings: GatewaySettings,
  ports: Ports,
): Promise<RunningAnswer> {
  const candidates = toCandidates(order, settings);
  if (ports.admit !== undefined) {
    await ports.admit(candidates[0].entry.id, estimateOrder(candidates, expectCompletion));
  }
  const { candidate, result, attempts } = await runRounds(
    candidates,
    (started, round) => startChoices(started, round, order, settings.config, ports),
    order.signal,
    settings,
    ports,
  );
  const { entry, retired, calls } = candidate;
  return { entry, retired, choices: result, parameters: calls[0]?.parameters ?? new Map(), attempts };
}

/** Starts all choices at once on one model. One that fails takes the others with it: an answer has all or none. */
async function startChoices(
  { entry, calls }: Candidate<ModelCall>,
  { budgets, deadline, hasOthers }: Round,
  order: CompletionOrder,
  config: Config,
  ports: Ports,
): Promise<ChoiceStream> {
  // Of one choice there are no others to stop.
  const siblings = calls.length === 1 ? undefined : new AbortController();
  const options: StartOptions = {
    entry,
    isWhole: !order.stream,
    sessionAffinity: order.sessionAffinity,
    rejectIfBusy: hasOthers,
    deadline,
    signal: siblings === undefined ? order.signal : AbortSignal.any([order.signal, siblings.signal]),
    config,
  };
  const started = calls.map((call, choice) => {
    const budget = budgets[choice] ?? createCallBudget(1);
    budget.spend();
    return startCompletion(call, options, budget, ports);
  });
  try {
    const [only] = started;
    return toChoiceStream(only !== undefined && started.length === 1 ? [await only] : await Promise.all(started));
  } catch (error) {
    siblings?.abort();
    throw error;
  }
}
