import { readFrom, toSource } from "../stream/source.ts";
import type { Source } from "../stream/source.ts";
import { collectEvents } from "./collect.ts";
import type { Completion } from "./collect.ts";
import type { CompletionEvent, CompletionStream } from "./event.ts";

/** Events of one of the choices of an answer. */
export interface ChoiceBatch {
  readonly choice: number;
  readonly events: readonly CompletionEvent[];
}

/**
 * The choices of one answer, in flight together: batches of whichever choice has one. It ends when all of them have, and
 * fails when one of them does.
 */
export type ChoiceStream = Source<ChoiceBatch>;

/** Completions as the choices of one answer, numbered in this order. */
export function toChoiceStream(streams: readonly CompletionStream[]): ChoiceStream {
  const [only] = streams;
  return only !== undefined && streams.length === 1 ? toSingleChoice(only) : interleave(streams);
}

/** Reads an answer to its end: one completion per choice. Rejects with the first failure and cancels the rest. */
export async function collectChoices(stream: ChoiceStream): Promise<readonly Completion[]> {
  const events: CompletionEvent[][] = [];
  for (let batch = await stream.next(); batch !== undefined; batch = await stream.next()) {
    const own = (events[batch.choice] ??= []);
    // Not spread: the arguments of a call are limited, and a batch may hold a hundred thousand events.
    for (const event of batch.events) own.push(event);
  }
  return events.map(collectEvents);
}

function toSingleChoice(stream: CompletionStream): ChoiceStream {
  let deliver: (batch: ChoiceBatch | undefined) => void;

  function take(events: readonly CompletionEvent[] | undefined): void {
    deliver(events && { choice: 0, events });
  }

  return toSource(
    (takeBatch, fail) => {
      deliver = takeBatch;
      readFrom(stream, take, fail);
    },
    (reason) => stream.cancel(reason),
  );
}

/**
 * Reads all streams at once and hands out batches in the order of their arrival. Each stream is one batch ahead at
 * most: the next read of a stream is made when its last batch is taken, so that a slow reader slows all of them.
 */
function interleave(streams: readonly CompletionStream[]): ChoiceStream {
  const ready: ChoiceBatch[] = [];
  let running = streams.length;
  let failure: { readonly error: unknown } | undefined;
  let wake: (() => void) | undefined;
  let hasBegun = false;

  function read(choice: number): void {
    streams[choice]?.next().then(
      (events) => {
        if (events === undefined) running -= 1;
        else ready.push({ choice, events });
        wake?.();
      },
      (error: unknown) => {
        failure ??= { error };
        cancel(error);
        wake?.();
      },
    );
  }

  function cancel(reason?: unknown): void {
    for (const stream of streams) stream.cancel(reason);
  }

  async function next(): Promise<ChoiceBatch | undefined> {
    if (!hasBegun) for (const choice of streams.keys()) read(choice);
    hasBegun = true;
    for (;;) {
      const batch = ready.shift();
      if (batch !== undefined) {
        read(batch.choice);
        return batch;
      }
      if (failure !== undefined) throw failure.error;
      if (running === 0) return undefined;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return { next, cancel };
}
