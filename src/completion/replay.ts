import { GatewayError } from "../errors.ts";
import { later, readFrom, toSource } from "../stream/source.ts";
import type { CompletionEvent, CompletionStream } from "./event.ts";

type Batch = readonly CompletionEvent[];

/**
 * What is held of an answer that is read whole, in bytes as far as they can be told. A hundred thousand tokens are 7 MB;
 * a model that never stops would fill the isolate that it shares with every other request.
 */
const MAX_HELD = 32 * 1024 * 1024;

/** What an event takes beside its text. */
const EVENT_COST = 64;

/**
 * Counts what is held of an answer, of whose text there will be so many copies. Throws a `GatewayError` where it is too
 * much.
 */
export function createHoldingBound(copies = 1): (batch: Batch) => void {
  let held = 0;
  return (batch) => {
    for (const event of batch) held += EVENT_COST + copies * lengthOf(event);
    if (held > MAX_HELD) throw new GatewayError("upstream_failed", "Workers AI sent an answer that is too long.");
  };
}

/** The stream with the batches that were already taken from it in front again. */
export function prepend(batches: readonly Batch[], stream: CompletionStream): CompletionStream {
  let position = 0;
  return toSource(
    (take, fail) => {
      const batch = batches[position];
      position += 1;
      if (batch === undefined) readFrom(stream, take, fail);
      else later(() => take(batch));
    },
    (reason) => stream.cancel(reason),
  );
}

/** Reads a stream to its end, to be given on in one piece. Rejects with the stream's failure, or where it is too long. */
export async function readAll(stream: CompletionStream): Promise<readonly Batch[]> {
  const batches: Batch[] = [];
  const bound = createHoldingBound();
  for (let batch = await stream.next(); batch !== undefined; batch = await stream.next()) {
    batches.push(batch);
    try {
      bound(batch);
    } catch (error) {
      stream.cancel(error);
      throw error;
    }
  }
  return batches;
}

function lengthOf(event: CompletionEvent): number {
  if ("text" in event) return event.text.length;
  return "argumentsDelta" in event ? event.argumentsDelta.length : 0;
}
