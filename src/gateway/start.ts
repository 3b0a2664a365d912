import type { CompletionEvent, CompletionStream } from "../completion/event.ts";
import { collectEvents } from "../completion/collect.ts";
import { prepend, readAll } from "../completion/replay.ts";
import { separateReasoning } from "../completion/separate-reasoning.ts";
import { keepFirstToolCall } from "../completion/single-tool-call.ts";
import { cutAtStop } from "../completion/stop-sequences.ts";
import type { Config } from "../config/config.ts";
import { GatewayError } from "../errors.ts";
import type { ModelEntry } from "../models/model.ts";
import type { AnswerRequirement, ModelCall } from "../translate/inputs.ts";
import { startAttempt } from "../workers-ai/attempt.ts";
import type { CallBudget } from "./call-budget.ts";
import { guard } from "./guard.ts";
import type { Ports } from "./ports.ts";

export interface StartOptions {
  readonly entry: ModelEntry;
  /** Read the answer to its end: the client takes it whole, so that a cut can still be repeated. */
  readonly isWhole: boolean;
  readonly sessionAffinity: string | undefined;
  /** Be refused at once where the model has no capacity, instead of waiting for it. */
  readonly rejectIfBusy: boolean;
  /** The clock's time at which the whole request is over. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  readonly config: Config;
}

/**
 * Starts one completion on one model and waits for its first events, so that a failure until then is still a status
 * code. It takes one upstream call, or two where the first answer was not what it had to be and the budget has a
 * second. Rejects with a `GatewayError`; nothing is left running then.
 */
export async function startCompletion(
  call: ModelCall,
  options: StartOptions,
  budget: CallBudget,
  ports: Ports,
): Promise<CompletionStream> {
  try {
    return await startOnce(call, options, budget, ports);
  } catch (error) {
    if (!(error instanceof GatewayError) || error.kind !== "context_length_exceeded") throw error;
    if (call.withLowerLimit === undefined || !budget.spend()) {
      const { kind, message, upstreamCode } = error;
      throw new GatewayError(kind, message, { upstreamCode, param: call.subject, cause: error });
    }
    // The caller set no limit: that ours was too high is not the caller's fault.
    return startOnce(call.withLowerLimit(), options, budget, ports);
  }
}

async function startOnce(
  call: ModelCall,
  options: StartOptions,
  budget: CallBudget,
  ports: Ports,
): Promise<CompletionStream> {
  const stream = open(call, options, ports);
  if (call.requirement !== undefined) return meet(call.requirement, stream, options, budget, ports);
  if (options.isWhole) return prepend(await readAll(stream), stream);
  const first = await stream.next();
  return first === undefined ? stream : prepend([first], stream);
}

/** An upstream call, bounded in time, and what the gateway does to its answer in the model's place. */
function open(call: ModelCall, options: StartOptions, ports: Ports): CompletionStream {
  const { config } = options;
  const attempt = startAttempt(ports.binding, {
    model: options.entry.id,
    inputs: call.inputs,
    maxTokens: call.maxTokens,
    rejectIfBusy: options.rejectIfBusy,
    extraHeaders: options.sessionAffinity === undefined ? {} : { "x-session-affinity": options.sessionAffinity },
    mintToolCallId: ports.mintToolCallId,
    wantsLogprobs: call.wantsLogprobs,
  });
  const isStreamed = call.inputs["stream"] === true;
  const limits = {
    first: isStreamed ? config.FIRST_TOKEN_TIMEOUT_MS : config.RESPONSE_TIMEOUT_MS,
    stall: config.STALL_TIMEOUT_MS,
    deadline: options.deadline,
  };
  const guarded = guard(attempt, limits, ports.clock, options.signal);
  const about = { entry: options.entry, promptTokens: call.promptTokens, isFree: () => attempt.isFromCache() };
  const counted = ports.meter?.countCall(guarded, about) ?? guarded;
  return shape(counted, call, ports);
}

/**
 * Reasoning is told from the answer first: neither a tool call nor a stop sequence means anything in it. Calls are
 * found before the text is cut, because a stop sequence may stand in their JSON.
 */
function shape(stream: CompletionStream, call: ModelCall, { mintToolCallId }: Ports): CompletionStream {
  const separated = separateReasoning(stream, call.thinking);
  const salvaged = call.salvage?.(separated, mintToolCallId) ?? separated;
  const cut = cutAtStop(salvaged, call.stop);
  return call.singleToolCall ? keepFirstToolCall(cut) : cut;
}

/** Reads an answer whole, checks it, and has it made once more where it is not what it has to be. */
async function meet(
  requirement: AnswerRequirement,
  stream: CompletionStream,
  options: StartOptions,
  budget: CallBudget,
  ports: Ports,
): Promise<CompletionStream> {
  const answered = (await readAll(stream)).flat();
  const answer = collectEvents(answered);
  const verdict = requirement.check(answer, ports.mintToolCallId);
  if (verdict.isMet) return replay(verdict.events ?? answered, stream);
  if (budget.spend()) {
    const second = requirement.repair(answer, verdict.problem);
    const checked = second.requirement ?? requirement;
    const repaired = (await readAll(open(second, options, ports))).flat();
    const secondVerdict = checked.check(collectEvents(repaired), ports.mintToolCallId);
    if (secondVerdict.isMet) return replay(secondVerdict.events ?? repaired, stream);
  }
  throw new GatewayError(requirement.failure.kind, requirement.failure.message);
}

/** One event a batch: what was read whole still leaves as a stream of pieces. */
function replay(events: readonly CompletionEvent[], ended: CompletionStream): CompletionStream {
  return prepend(
    events.map((event) => [event]),
    ended,
  );
}
