import { encodeSseData, SSE_DONE } from "../../stream/sse-encoder.ts";
import type { StreamStep } from "../stream-body.ts";
import { beginning, soundBody, soundStream, type Fault, type FaultCall } from "./fault.ts";

const FAILURE = { error: { message: "The model stopped unexpectedly.", type: "server_error", code: 500 } };

function reset(): StreamStep {
  return { breakWith: new Error("Network connection lost.") };
}

function* begunThen(call: FaultCall, ...steps: readonly StreamStep[]): Generator<StreamStep, void> {
  yield* beginning(call);
  yield* steps;
}

/** The sound stream with something put into it after the third record. */
function* withInserted(call: FaultCall, ...steps: readonly StreamStep[]): Generator<StreamStep, void> {
  let position = 0;
  for (const record of soundStream(call)) {
    if (position++ === 3) yield* steps;
    yield record;
  }
}

function* untilFinish(call: FaultCall): Generator<string, void> {
  for (const record of soundStream(call)) {
    yield record;
    if (/"finish_reason":"/.test(record)) return;
  }
}

function* withoutDone(call: FaultCall): Generator<string, void> {
  for (const record of soundStream(call)) if (record !== SSE_DONE) yield record;
}

function* resetOnce(call: FaultCall): Generator<StreamStep, void> {
  if (call.attempt === 1) yield reset();
  yield* soundStream(call);
}

function lastHalf(call: FaultCall): string {
  return encodeSseData(JSON.stringify(soundBody(call, "native"))).slice(0, 24);
}

const late = encodeSseData(
  JSON.stringify({ response: " too late", choices: [{ index: 0, delta: { content: " too late" } }] }),
);

/** The streams that end wrongly, or say that something went wrong. */
export const streamBreaks: readonly Fault[] = [
  { id: "@emulator/empty-stream", description: "A stream without a single event.", stream: () => [] },
  {
    id: "@emulator/comment-stream",
    description: "A stream of comments only.",
    stream: () => [": keep-alive\n\n", ": keep-alive\n\n"],
  },
  {
    id: "@emulator/empty-body",
    description: "200 with no body.",
    respond: () => new Response("", { headers: { "content-type": "application/json" } }),
  },
  {
    id: "@emulator/cut-stream",
    description: "Closes after a few tokens, without a finish or [DONE].",
    stream: (call) => beginning(call),
  },
  {
    id: "@emulator/half-event",
    description: "Closes in the middle of an event.",
    stream: (call) => begunThen(call, lastHalf(call)),
  },
  {
    id: "@emulator/cut-before-first",
    description: "The connection breaks before the first event.",
    stream: () => [reset()],
  },
  {
    id: "@emulator/cut-before-first-then-ok",
    description: "The connection breaks before the first event once, then it holds.",
    stream: resetOnce,
  },
  {
    id: "@emulator/reset-mid-stream",
    description: "The connection breaks after a few tokens.",
    stream: (call) => begunThen(call, reset()),
  },
  {
    id: "@emulator/finish-then-cut",
    description: "Closes after the finish reason, without usage or [DONE].",
    stream: untilFinish,
  },
  {
    id: "@emulator/finish-then-reset",
    description: "The connection breaks after the finish reason.",
    stream: (call) =>
      (function* () {
        yield* untilFinish(call);
        yield reset();
      })(),
  },
  { id: "@emulator/no-done", description: "Closes soundly but without [DONE].", stream: withoutDone },
  {
    id: "@emulator/error-frame",
    description: "An error object after a few tokens, then the end.",
    stream: (call) => begunThen(call, encodeSseData(JSON.stringify(FAILURE))),
  },
  {
    id: "@emulator/error-frame-first",
    description: "An error object as the first event.",
    stream: () => [encodeSseData(JSON.stringify(FAILURE))],
  },
  {
    id: "@emulator/error-frame-then-done",
    description: "An error object after a few tokens, then [DONE].",
    stream: (call) => begunThen(call, encodeSseData(JSON.stringify(FAILURE)), SSE_DONE),
  },
  {
    id: "@emulator/error-list-frame",
    description: "An errors list with code 3040 after a few tokens.",
    stream: (call) =>
      begunThen(
        call,
        encodeSseData(
          JSON.stringify({
            success: false,
            errors: [{ code: 3040, message: "Capacity temporarily exceeded, please try again." }],
          }),
        ),
      ),
  },
  {
    id: "@emulator/error-body-frame",
    description: "The body of an internal error after a few tokens.",
    stream: (call) =>
      begunThen(
        call,
        encodeSseData(JSON.stringify({ internalCode: 3043, name: "AiError", description: "Internal server error" })),
      ),
  },
  {
    id: "@emulator/error-event",
    description: "An event named error after a few tokens.",
    stream: (call) => begunThen(call, `event: error\n${encodeSseData(JSON.stringify(FAILURE))}`),
  },
  {
    id: "@emulator/malformed-frame",
    description: "Data that never was JSON between two tokens.",
    stream: (call) => withInserted(call, encodeSseData("ping")),
  },
  {
    id: "@emulator/damaged-json-frame",
    description: "A JSON event that was damaged on its way.",
    stream: (call) => withInserted(call, encodeSseData('{"response":"lost')),
  },
  {
    id: "@emulator/html-frame",
    description: "A line of HTML between two tokens.",
    stream: (call) => withInserted(call, encodeSseData("<html>502 Bad Gateway</html>")),
  },
  {
    id: "@emulator/after-done",
    description: "Tokens after [DONE].",
    stream: (call) =>
      (function* () {
        yield* soundStream(call);
        yield late;
      })(),
  },
  {
    id: "@emulator/double-done",
    description: "[DONE] twice.",
    stream: (call) =>
      (function* () {
        yield* soundStream(call);
        yield SSE_DONE;
      })(),
  },
  { id: "@emulator/done-first", description: "[DONE] and nothing else.", stream: () => [SSE_DONE] },
  {
    id: "@emulator/done-then-stall",
    description: "[DONE], and the connection stays open.",
    stream: (call) =>
      (function* () {
        yield* soundStream(call);
        yield { stall: true } satisfies StreamStep;
      })(),
  },
  {
    id: "@emulator/done-then-reset",
    description: "[DONE], and the connection breaks.",
    stream: (call) =>
      (function* () {
        yield* soundStream(call);
        yield reset();
      })(),
  },
];
