import type { CompletionEvent, CompletionStream, Usage } from "../completion/event.ts";
import { toGatewayError } from "../errors.ts";
import type { ModelEntry } from "../models/model.ts";
import { readFrom, toSource } from "../stream/source.ts";
import type { Read } from "../stream/source.ts";

type Batch = readonly CompletionEvent[];

/** What one upstream call of a completion has used so far. */
export interface CallTally {
  readonly entry: ModelEntry;
  /** As the upstream told it, else the gateway's estimate; `undefined` where nothing was used. */
  usage(): Usage | undefined;
  isEstimated(): boolean;
  /** Its tokens were not billed. */
  isFree(): boolean;
}

/** What is known of a call before it is made. */
export interface CountedCall {
  readonly entry: ModelEntry;
  /** The prompt's tokens, estimated. */
  readonly promptTokens: number;
  /** Asked when all is over: whether the answer was an earlier one, given again. */
  readonly isFree: () => boolean;
}

/** What a token of English is long, in characters. Most streams have one a piece; some gather several. */
const CHARACTERS_PER_TOKEN = 4;

/**
 * Counts a call as its answer is read. The figures of the upstream are taken where it tells them; it does so at the end,
 * so that of an answer that was cut the pieces are counted in their place.
 */
export function countCall(
  stream: CompletionStream,
  { entry, promptTokens, isFree }: CountedCall,
): { readonly counted: CompletionStream; readonly tally: CallTally } {
  let told: Usage | undefined;
  let pieces = 0;
  let characters = 0;
  /** The model is at work since the call was made; a call that turns out to have been refused used nothing. */
  let hasWorked = false;
  let hasAnswered = false;

  let deliver: (batch: Batch | undefined) => void;
  let reject: (error: unknown) => void;

  const read: Read<Batch> = (takeBatch, failBatch) => {
    hasWorked = true;
    deliver = takeBatch;
    reject = failBatch;
    readFrom(stream, take, fail);
  };

  function take(batch: Batch | undefined): void {
    if (batch !== undefined) count(batch);
    deliver(batch);
  }

  function count(batch: Batch): void {
    hasAnswered = true;
    for (const event of batch) {
      if (event.type === "usage") {
        told = event.usage;
      } else if (event.type === "text-delta" || event.type === "reasoning-delta") {
        pieces += 1;
        characters += event.text.length;
      } else if (event.type === "tool-call-delta") {
        pieces += 1;
        characters += event.argumentsDelta.length;
      }
    }
  }

  function fail(thrown: unknown): void {
    const { kind } = toGatewayError(thrown);
    hasWorked = hasAnswered || kind === "client_closed" || kind === "upstream_timeout";
    reject(thrown);
  }

  function estimate(): Usage {
    const completionTokens = Math.max(pieces, Math.ceil(characters / CHARACTERS_PER_TOKEN));
    const totalTokens = promptTokens + completionTokens;
    const details = { cachedTokens: undefined, reasoningTokens: undefined, neurons: undefined };
    return { promptTokens, completionTokens, totalTokens, ...details };
  }

  return {
    counted: toSource(read, (reason) => stream.cancel(reason)),
    tally: {
      entry,
      usage() {
        return told ?? (hasWorked ? estimate() : undefined);
      },
      isEstimated() {
        return told === undefined && hasWorked;
      },
      isFree,
    },
  };
}
