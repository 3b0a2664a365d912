import { toChoiceStream } from "../completion/choices.ts";
import type { ChoiceStream } from "../completion/choices.ts";
import type { Config } from "../config/config.ts";
import { toGatewayError } from "../errors.ts";
import type { GatewayError } from "../errors.ts";
import type { ModelEntry } from "../models/model.ts";
import { retiredModelError } from "../models/resolve.ts";
import type { ModelDirectory, Resolution } from "../models/resolve.ts";
import type { ModelCall } from "../translate/inputs.ts";
import { refuseIgnored } from "../translate/parameter-report.ts";
import type { ParameterReport } from "../translate/parameter-report.ts";
import { backOff } from "./back-off.ts";
import type { Ports } from "./ports.ts";
import { startCompletion } from "./start.ts";
import type { StartedCompletion } from "./start.ts";

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
}

/**
 * Runs an order on the first model that answers. Until its first events are there a failure may be repeated, on the
 * same model or the next; `MAX_ATTEMPTS` bounds the rounds over all models and one deadline bounds their time. Rejects
 * with the last failure.
 */
export async function complete(
  order: CompletionOrder,
  settings: GatewaySettings,
  ports: Ports,
): Promise<RunningAnswer> {
  const [asked, ...others] = toCandidates(order, settings);
  const candidates = [asked, ...others];
  const deadline = ports.clock.now() + settings.config.REQUEST_TIMEOUT_MS;
  for (let attempts = 1; ; attempts += 1) {
    const position = (attempts - 1) % candidates.length;
    const resolution = candidates[position] ?? asked;
    try {
      const started = await startChoices(resolution.entry, order, settings, ports, deadline);
      return { ...resolution, ...started, attempts: attempts - 1 + started.rounds };
    } catch (error) {
      const failure = toGatewayError(error);
      if (!failure.retryable || order.signal.aborted || attempts >= settings.config.MAX_ATTEMPTS) throw failure;
      // Every model has had its turn: give them time before the next round.
      const isRoundOver = position === candidates.length - 1;
      if (isRoundOver && !(await isWorthWaiting(failure, attempts / candidates.length, deadline, order, ports))) {
        throw failure;
      }
    }
  }
}

function isWorthWaiting(
  failure: GatewayError,
  round: number,
  deadline: number,
  { signal }: CompletionOrder,
  ports: Ports,
): Promise<boolean> {
  return backOff({ round, failure, deadline, signal }, ports);
}

/** The models to try, each once: those of the request, then those that the configuration adds to the first. */
function toCandidates(order: CompletionOrder, { config, directory }: GatewaySettings): [Resolution, ...Resolution[]] {
  const [first = "", ...rest] = order.models;
  const asked = directory.resolve(first);
  if (order.strict && asked.retired !== undefined) throw retiredModelError(asked.retired);
  const fallbacks = config.MODEL_FALLBACKS[first] ?? config.MODEL_FALLBACKS[asked.entry.id] ?? [];
  const seen = new Set([asked.entry.id]);
  const others = [...rest, ...fallbacks].map((name) => directory.resolve(name));
  return [asked, ...others.filter(({ entry }) => !seen.has(entry.id) && seen.add(entry.id))];
}

interface StartedChoices {
  readonly choices: ChoiceStream;
  readonly rounds: number;
  readonly parameters: ParameterReport;
}

/** Starts all choices at once on one model. One that fails takes the others with it: an answer has all or none. */
async function startChoices(
  entry: ModelEntry,
  order: CompletionOrder,
  { config }: GatewaySettings,
  ports: Ports,
  deadline: number,
): Promise<StartedChoices> {
  const calls = order.toCalls(entry);
  const parameters = calls[0]?.parameters ?? new Map();
  if (order.strict) refuseIgnored(parameters, entry.id);
  const others = new AbortController();
  const options = {
    model: entry.id,
    isWhole: !order.stream,
    sessionAffinity: order.sessionAffinity,
    deadline,
    signal: calls.length === 1 ? order.signal : AbortSignal.any([order.signal, others.signal]),
    config,
  };
  let started: readonly StartedCompletion[];
  try {
    started = await Promise.all(calls.map((call) => startCompletion(call, options, ports)));
  } catch (error) {
    others.abort();
    throw error;
  }
  const choices = toChoiceStream(started.map(({ stream }) => stream));
  return { choices, rounds: Math.max(...started.map(({ calls: rounds }) => rounds)), parameters };
}
