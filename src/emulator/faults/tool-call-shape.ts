import { encodeSseData, SSE_DONE } from "../../stream/sse-encoder.ts";
import type { ToolCall } from "../answer/plan.ts";
import { callsOf } from "./fault-calls.ts";
import { soundBody, soundStream, type Fault, type FaultCall } from "./fault.ts";

export const USAGE = { prompt_tokens: 12, completion_tokens: 8, total_tokens: 20 };

/** The entries of `delta.tool_calls`, one list a chunk. */
type Deltas = (calls: readonly ToolCall[]) => readonly (readonly object[])[];

interface Shape {
  readonly deltas?: Deltas;
  /** Frames in the native form instead. */
  readonly frames?: (calls: readonly ToolCall[]) => readonly object[];
  readonly message?: (calls: readonly ToolCall[]) => object;
  readonly body?: (calls: readonly ToolCall[]) => object;
  readonly finish?: string;
}

export function shape(
  id: string,
  description: string,
  { deltas, frames, message, body, finish = "tool_calls" }: Shape,
): Fault {
  return {
    id: `@emulator/${id}`,
    description,
    ...(deltas === undefined && frames === undefined
      ? {}
      : { stream: (call) => streamCalls(call, deltas, frames, finish) }),
    ...(message === undefined && body === undefined
      ? {}
      : {
          body: (call) => {
            const calls = callsOf(call);
            if (calls.length === 0) return soundBody(call);
            if (body !== undefined) return body(calls);
            const choice = {
              index: 0,
              finish_reason: finish,
              message: { role: "assistant", content: null, ...message?.(calls) },
            };
            return {
              id: "chatcmpl-1",
              object: "chat.completion",
              created: 1,
              model: "emulator",
              choices: [choice],
              usage: USAGE,
            };
          },
        }),
  };
}

function* streamCalls(
  call: FaultCall,
  deltas: Deltas | undefined,
  frames: Shape["frames"],
  finish: string,
): Generator<string, void> {
  const calls = callsOf(call);
  if (calls.length === 0) {
    yield* soundStream(call);
    return;
  }
  if (frames !== undefined) {
    for (const frame of frames(calls)) yield encodeSseData(JSON.stringify(frame));
  } else {
    yield chunk({ role: "assistant", content: "" });
    for (const entries of deltas?.(calls) ?? []) yield chunk({ tool_calls: entries });
    yield chunk({}, finish);
  }
  yield encodeSseData(JSON.stringify({ response: "", usage: USAGE }));
  yield SSE_DONE;
}

function chunk(delta: object, reason: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason: reason }];
  return encodeSseData(
    JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "emulator", choices }),
  );
}

export const written = (call: ToolCall) => JSON.stringify(call.arguments);
export const idOf = (index: number) => `chatcmpl-tool-${index}`;

export function halves(text: string): readonly [string, string] {
  const middle = Math.ceil(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)];
}

export function opening(call: ToolCall, index: number): object {
  return { index, id: idOf(index), type: "function", function: { name: call.name, arguments: "" } };
}

export function fragments(call: ToolCall, index: number): readonly object[] {
  return halves(written(call)).map((text) => ({ index, function: { arguments: text } }));
}

export function whole(
  call: ToolCall,
  index: number,
): { readonly index: number; readonly id: string; readonly type: string; readonly function: object } {
  return { index, id: idOf(index), type: "function", function: { name: call.name, arguments: written(call) } };
}

/** Each call as one entry of one chunk, without some members or with others. */
export function each(change: (call: ToolCall, index: number) => object): Pick<Shape, "deltas" | "message"> {
  return {
    deltas: (calls) => calls.map((call, index) => [change(call, index)]),
    message: (calls) => ({ tool_calls: calls.map(change) }),
  };
}

export function interleave(calls: readonly ToolCall[]): readonly (readonly object[])[] {
  const openings = calls.map((call, index) => [opening(call, index)]);
  const firsts = calls.map((call, index) => fragments(call, index).slice(0, 1));
  return [...openings, ...firsts, ...calls.map((call, index) => fragments(call, index).slice(1)).toReversed()];
}
