import { encodeSseData, SSE_DONE } from "../../stream/sse-encoder.ts";
import type { Dialect } from "../model-table.ts";
import type { AnswerContext } from "./answer-context.ts";
import { dualBody, dualFrames } from "./dual.ts";
import { nativeBody, nativeFrames } from "./native.ts";
import { openaiBody, openaiFrames } from "./openai.ts";

const BODIES = { native: nativeBody, dual: dualBody, openai: openaiBody } satisfies Record<Dialect, unknown>;
const FRAMES = { native: nativeFrames, dual: dualFrames, openai: openaiFrames } satisfies Record<Dialect, unknown>;

/** The JSON body of an answer, in the dialect of its model. */
export function renderBody(context: AnswerContext): object {
  return BODIES[context.task.model.dialect](context);
}

/** The frames of a streamed answer without `[DONE]`, in the dialect of its model. */
function answerFrames(context: AnswerContext): Generator<object, void> {
  return FRAMES[context.task.model.dialect](context);
}

/** The text of the event stream, a frame at a time; or what to wait for, where the answer comes from elsewhere. */
export function* renderStream(context: AnswerContext): Generator<string | { readonly until: Promise<unknown> }, void> {
  for (const frame of answerFrames(context)) {
    if ("until" in frame && frame.until instanceof Promise) yield { until: frame.until };
    else yield encodeSseData(JSON.stringify(frame));
  }
  yield SSE_DONE;
}
