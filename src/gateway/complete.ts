import type { CompletionStream } from "../completion/event.ts";
import { prepend, readAll } from "../completion/replay.ts";
import { keepFirstToolCall } from "../completion/single-tool-call.ts";
import { cutAtStop } from "../completion/stop-sequences.ts";
import type { Config } from "../config/config.ts";
import { toGatewayError } from "../errors.ts";
import type { GatewayError } from "../errors.ts";
import type { ModelEntry } from "../models/model.ts";
import type { ModelDirectory, Resolution } from "../models/resolve.ts";
import { retiredModelError } from "../models/resolve.ts";
import type { ModelCall } from "../translate/inputs.ts";
import { refuseIgnored } from "../translate/parameter-report.ts";
import type { ParameterReport } from "../translate/parameter-report.ts";
import { startAttempt } from "../workers-ai/attempt.ts";
import { backOff } from "./back-off.ts";
import { guard } from "./guard.ts";
import type { Ports } from "./ports.ts";

export interface CompletionOrder {
  /** Names of models, in the order in which they are to be tried. The first is the one that was asked for. */
  readonly models: readonly string[];
  /** The request, translated for one model. Throws where the model cannot serve it. */
  readonly toCall: (entry: ModelEntry) => ModelCall;
  /** Whether the client takes the answer as a stream; otherwise a cut answer can still be repeated whole. */
  readonly stream: boolean;
  /** Refuse what could only be ignored, and models that are retired. */
  readonly strict: boolean;
  /** Keeps a conversation on the machine that has its beginning cached. */
  readonly sessionAffinity: string | undefined;
  /** Aborted when the client leaves. */
  readonly signal: AbortSignal;
}

/** A completion that has begun: its first events are there, so that it can be answered with 200. */
export interface RunningCompletion extends Resolution {
  readonly stream: CompletionStream;
  /** Upstream calls that were made, this one included. */
  readonly attempts: number;
  readonly parameters: ParameterReport;
}

export interface GatewaySettings {
  readonly config: Config;
  readonly directory: ModelDirectory;
}

/**
 * Runs an order on the first model that answers. Until its first event is there a failure may be repeated, on the same
 * model or the next; `MAX_ATTEMPTS` bounds the calls over all models and one deadline bounds their time. Rejects with
 * the last failure.
 */
export async function complete(
  order: CompletionOrder,
  settings: GatewaySettings,
  ports: Ports,
): Promise<RunningCompletion> {
  const candidates = toCandidates(order, settings);
  const deadline = ports.clock.now() + settings.config.REQUEST_TIMEOUT_MS;
  let failure: GatewayError | undefined;
  for (let attempts = 1; attempts <= settings.config.MAX_ATTEMPTS; attempts += 1) {
    const position = (attempts - 1) % candidates.length;
    const resolution = candidates[position] ?? settings.directory.resolve(order.models[0] ?? "");
    // Every model has had its turn: give them time before the next round.
    if (failure !== undefined && position === 0) {
      const round = (attempts - 1) / candidates.length;
      if (!(await backOff({ round, failure, deadline, signal: order.signal }, ports))) throw failure;
    }
    try {
      const started = await start(resolution, order, settings, ports, deadline);
      return { ...resolution, ...started, attempts };
    } catch (error) {
      failure = toGatewayError(error);
      if (!failure.retryable || order.signal.aborted) throw failure;
    }
  }
  throw failure ?? new Error("MAX_ATTEMPTS is at least 1");
}

function toCandidates(order: CompletionOrder, { config, directory }: GatewaySettings): readonly Resolution[] {
  const [first = ""] = order.models;
  const asked = directory.resolve(first);
  if (order.strict && asked.retired !== undefined) throw retiredModelError(asked.retired);
  const fallbacks = config.MODEL_FALLBACKS[first] ?? config.MODEL_FALLBACKS[asked.entry.id] ?? [];
  const others = [...order.models.slice(1), ...fallbacks].map((name) => directory.resolve(name));
  const seen = new Set<string>();
  return [asked, ...others].filter(({ entry }) => !seen.has(entry.id) && seen.add(entry.id));
}

interface StartedCompletion {
  readonly stream: CompletionStream;
  readonly parameters: ParameterReport;
}

/** One attempt, up to its first events; up to its end where the client takes the answer whole. */
async function start(
  { entry }: Resolution,
  order: CompletionOrder,
  { config }: GatewaySettings,
  ports: Ports,
  deadline: number,
): Promise<StartedCompletion> {
  const call = order.toCall(entry);
  if (order.strict) refuseIgnored(call.parameters, entry.id);
  const attempt = startAttempt(ports.binding, {
    model: entry.id,
    inputs: call.inputs,
    maxTokens: call.maxTokens,
    extraHeaders: order.sessionAffinity === undefined ? {} : { "x-session-affinity": order.sessionAffinity },
    mintToolCallId: ports.mintToolCallId,
  });
  const isStreamed = call.inputs["stream"] === true;
  const limits = {
    first: isStreamed ? config.FIRST_TOKEN_TIMEOUT_MS : config.RESPONSE_TIMEOUT_MS,
    stall: config.STALL_TIMEOUT_MS,
    deadline,
  };
  const guarded = guard(attempt, limits, ports.clock, order.signal);
  const stream = shape(guarded, call);
  if (!order.stream) return { stream: prepend(await readAll(stream), stream), parameters: call.parameters };
  const first = await stream.next();
  return { stream: first === undefined ? stream : prepend([first], stream), parameters: call.parameters };
}

/** What the gateway does to an answer in the model's place. */
function shape(stream: CompletionStream, call: ModelCall): CompletionStream {
  const cut = cutAtStop(stream, call.stop);
  return call.singleToolCall ? keepFirstToolCall(cut) : cut;
}
