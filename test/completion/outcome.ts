import { collectEvents } from "../../src/completion/collect.ts";
import type { CompletionEvent, CompletionStream, FinishReason } from "../../src/completion/event.ts";
import type { OfferedTool } from "../../src/completion/leaked-call.ts";
import { GatewayError } from "../../src/errors.ts";
import type { ErrorKind } from "../../src/errors.ts";

/** All that a reader of a stream gets: its events, and the failure in which they ended, if they did. */
export interface Outcome {
  readonly events: readonly CompletionEvent[];
  readonly failure: GatewayError | undefined;
}

/** Reads a stream to its end. What it throws has to be a `GatewayError`. */
export async function readOutcome(stream: CompletionStream): Promise<Outcome> {
  const events: CompletionEvent[] = [];
  try {
    for (let batch = await stream.next(); batch !== undefined; batch = await stream.next()) {
      if (batch.length === 0) throw new Error("an empty batch");
      for (const event of batch) events.push(event);
    }
    return { events: mergeDeltas(events), failure: undefined };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { events: mergeDeltas(events), failure: error };
  }
}

/** Adjacent deltas of one kind as one: what is left to compare when the slices of the network are to make no difference. */
export function mergeDeltas(events: readonly CompletionEvent[]): readonly CompletionEvent[] {
  const merged: CompletionEvent[] = [];
  for (const event of events) {
    const last = merged.at(-1);
    const joined = last === undefined ? undefined : join(last, event);
    if (joined === undefined) merged.push(withoutPadding(event));
    else merged.splice(-1, 1, joined);
  }
  return merged;
}

/** Padding is random, and belongs to a frame and not to its text. */
function withoutPadding(event: CompletionEvent): CompletionEvent {
  if (event.type !== "text-delta") return event;
  const { padding: _padding, ...rest } = event;
  return rest;
}

function join(first: CompletionEvent, second: CompletionEvent): CompletionEvent | undefined {
  if (first.type === "text-delta" && second.type === "text-delta") {
    const logprobs = [...(first.logprobs ?? []), ...(second.logprobs ?? [])];
    const text = first.text + second.text;
    return logprobs.length === 0 ? { type: "text-delta", text } : { type: "text-delta", text, logprobs };
  }
  if (first.type === "reasoning-delta" && second.type === "reasoning-delta") {
    return { type: "reasoning-delta", text: first.text + second.text };
  }
  if (first.type === "tool-call-delta" && second.type === "tool-call-delta" && first.index === second.index) {
    return { ...first, argumentsDelta: first.argumentsDelta + second.argumentsDelta };
  }
  return undefined;
}

/** An outcome in short form; what is absent is not named. */
export interface Summary {
  readonly text?: string;
  readonly reasoning?: string;
  /** Name and arguments: `f {"x":1}`. */
  readonly calls?: readonly string[];
  readonly finish?: FinishReason;
  /** Prompt, completion and total tokens. */
  readonly usage?: readonly [number, number, number];
  readonly failure?: ErrorKind;
}

export function summarise({ events, failure }: Outcome): Summary {
  const { text, reasoning, toolCalls, finishReason, usage } = collectEvents(events);
  return {
    ...(text === "" ? {} : { text }),
    ...(reasoning === "" ? {} : { reasoning }),
    ...(toolCalls.length === 0 ? {} : { calls: toolCalls.map((call) => `${call.name} ${call.arguments}`) }),
    ...(events.some(({ type }) => type === "finish") ? { finish: finishReason } : {}),
    ...(usage === undefined ? {} : { usage: [usage.promptTokens, usage.completionTokens, usage.totalTokens] }),
    ...(failure === undefined ? {} : { failure: failure.kind }),
  };
}

/** A stream of these batches. */
export function toStream(
  batches: readonly (readonly CompletionEvent[])[],
): CompletionStream & { isCancelled: boolean } {
  let position = 0;
  return {
    isCancelled: false,
    async next() {
      const batch = batches[position];
      position += 1;
      return batch;
    },
    cancel() {
      this.isCancelled = true;
    },
  };
}

/** The text in pieces of these lengths, each a batch, and a finish. */
export function toTextStream(pieces: readonly string[], reason: FinishReason = "stop"): ReturnType<typeof toStream> {
  const deltas = pieces.filter((text) => text !== "").map((text) => [{ type: "text-delta", text } as const]);
  return toStream([...deltas, [{ type: "finish", reason }]]);
}

export const weatherTools: readonly OfferedTool[] = [
  { name: "get_weather", parameterNames: ["city", "unit"] },
  { name: "get_time", parameterNames: [] },
];

/** Ids that count. */
export function createCounter(): () => string {
  let count = 0;
  return () => `call_${(count += 1)}`;
}
