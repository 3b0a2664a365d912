import { renderBody, renderStream } from "../dialect/render.ts";
import type { AnswerContext } from "../dialect/answer-context.ts";
import type { Dialect } from "../model-table.ts";
import type { Random } from "../language/random.ts";
import type { StreamStep } from "../stream-body.ts";

/**
 * Something that goes wrong on demand. A row without `respond` answers soundly in the mode that it does not speak of: one that
 * only spoils streams gives good JSON.
 */
export interface Fault {
  /** The model id: `@emulator/cut-stream`. */
  readonly id: string;
  /** What happens, for whoever reads the list of models. */
  readonly description: string;
  /** The dialect of the sound part of the answer; OpenAI's unless given. */
  readonly dialect?: Dialect;
  /** Takes over in both modes; `undefined` leaves it to the others. */
  readonly respond?: (call: FaultCall) => Response | Promise<Response> | undefined;
  /** The streamed answer, when a stream is asked for. */
  readonly stream?: (call: FaultCall) => Iterable<StreamStep>;
  /** The JSON answer, when none is. */
  readonly body?: (call: FaultCall) => unknown;
}

export interface FaultCall {
  readonly stream: boolean;
  /** Counts the runs of this id since it last answered soundly, from 1. */
  readonly attempt: number;
  readonly signal: AbortSignal;
  readonly random: Random;
  /** How long a slow fault takes, in milliseconds. */
  readonly delayMs: number;
  /** The sound answer, in this or that dialect. Each call makes a new one. */
  context(dialect?: Dialect): AnswerContext;
  /** An event stream of these steps. */
  streamResponse(steps: Iterable<StreamStep>, headers?: Readonly<Record<string, string>>): Response;
}

export function soundBody(call: FaultCall, dialect?: Dialect): object {
  return renderBody(call.context(dialect));
}

/** The records of a sound stream, `[DONE]` and all. */
export function* soundStream(call: FaultCall, dialect?: Dialect): Generator<string, void> {
  for (const record of renderStream(call.context(dialect))) if (typeof record === "string") yield record;
}

/** The first records of a sound stream that carry something, and no finish. */
export function* beginning(call: FaultCall, records = 3): Generator<string, void> {
  let given = 0;
  for (const record of soundStream(call)) {
    if (given++ >= records || /"finish_reason":"/.test(record)) return;
    yield record;
  }
}

/** Counts an answer that is right after so many failures: `capacity-then-ok`. */
export function failsFirst(
  times: number,
  fail: (call: FaultCall) => Response,
): (call: FaultCall) => Response | undefined {
  return (call) => (call.attempt <= times ? fail(call) : undefined);
}
