import type { CompletionEvent, CompletionStream } from "./event.ts";

type Batch = readonly CompletionEvent[];

/** The stream with the batches that were already taken from it in front again. */
export function prepend(batches: readonly Batch[], stream: CompletionStream): CompletionStream {
  let position = 0;
  return {
    // Not async: behind the first batches it is the stream's own promise, without one around it.
    next() {
      const batch = batches[position];
      if (batch === undefined) return stream.next();
      position += 1;
      return Promise.resolve(batch);
    },
    cancel: (reason) => stream.cancel(reason),
  };
}

/** Reads a stream to its end, to be given on in one piece. Rejects with the stream's failure. */
export async function readAll(stream: CompletionStream): Promise<readonly Batch[]> {
  const batches: Batch[] = [];
  for (let batch = await stream.next(); batch !== undefined; batch = await stream.next()) batches.push(batch);
  return batches;
}
