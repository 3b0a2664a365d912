import type { StreamStep } from "../stream-body.ts";
import { pause } from "../pause.ts";
import { beginning, soundBody, soundStream, type Fault, type FaultCall } from "./fault.ts";

/** Settles when the signal aborts, and never otherwise. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(signal.reason instanceof Error ? signal.reason : new Error("aborted"));
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}

function* stall(call: FaultCall): Generator<StreamStep, void> {
  yield* beginning(call);
  yield { stall: true };
}

function* slowFirst(call: FaultCall): Generator<StreamStep, void> {
  yield { waitMs: call.delayMs };
  yield* soundStream(call);
}

function* slowly(call: FaultCall): Generator<StreamStep, void> {
  for (const record of soundStream(call)) {
    yield { waitMs: call.delayMs / 30 };
    yield record;
  }
}

function* bursts(call: FaultCall): Generator<StreamStep, void> {
  let position = 0;
  for (const record of soundStream(call)) {
    if (position++ % 5 === 4) yield { waitMs: call.delayMs / 30 };
    yield record;
  }
}

async function delayed(call: FaultCall): Promise<Response> {
  await pause(call.delayMs, call.signal);
  return Response.json(soundBody(call));
}

/** The runs that are slow, or never come to an end. */
export const timing: readonly Fault[] = [
  { id: "@emulator/no-answer", description: "Never answers.", respond: ({ signal }) => untilAborted(signal) },
  {
    id: "@emulator/slow-first-token",
    description: "Waits some seconds before the first token.",
    stream: slowFirst,
    respond: (call) => (call.stream ? undefined : delayed(call)),
  },
  {
    id: "@emulator/silent-stream",
    description: "Sends the headers of a stream, and then nothing.",
    stream: () => [{ stall: true }],
  },
  { id: "@emulator/stall", description: "Sends a few tokens, and then nothing more.", stream: stall },
  { id: "@emulator/slow-stream", description: "Sends ten tokens a second or so.", stream: slowly },
  { id: "@emulator/bursts", description: "Sends five tokens at once, pauses, and goes on.", stream: bursts },
];
