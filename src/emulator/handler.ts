import { createAnswer } from "./answer/answer.ts";
import { parseRunTask } from "./answer/run-task.ts";
import type { AnswerContext } from "./dialect/answer-context.ts";
import { renderBody, renderStream } from "./dialect/render.ts";
import { errorResponse, randomUuid, type WorkersAiError } from "./error-body.ts";
import { createFaults } from "./faults/respond.ts";
import { createRandom } from "./language/random.ts";
import { findModel, type EmulatedModel } from "./model-table.ts";
import type { EmulatorOptions } from "./options.ts";
import { parseRunRequest, type RunRequest } from "./run-request.ts";
import { createStreamBody } from "./stream-body.ts";
import { inputsViolation, retiredModel, unknownModel, windowViolation } from "./validation/check-run.ts";

/** Answers a request as the backend of the `AI` binding does. The signal is the request's own unless given. */
export type Emulator = (request: Request, signal?: AbortSignal) => Promise<Response>;

/**
 * Workers AI, offline: `POST /run?version=3` on any host, with the model's id in `cf-consn-model-id` and
 * `{inputs, options}` as the body. Rejects only for an aborted signal, and where an `@emulator/…` id asks for it.
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const random = options.seed === undefined ? Math.random : createRandom(options.seed);
  const now = options.now ?? Date.now;
  const runFault = createFaults(options, random, now);
  const refuse = (error: WorkersAiError) => errorResponse(error, random);

  const runText = (model: EmulatedModel, { inputs }: RunRequest, signal: AbortSignal): Response => {
    const violation = inputsViolation(model, inputs);
    if (violation !== undefined) return refuse(violation);
    const task = parseRunTask(model, inputs, now());
    const tooLong = windowViolation(task);
    if (tooLong !== undefined) return refuse(tooLong);
    const created = Math.floor(now() / 1000);
    const context: AnswerContext = { task, answer: createAnswer(task, random), random, created };
    const headers = { "cf-ai-req-id": randomUuid(random) };
    return task.stream
      ? streamResponse(context, headers, options, signal)
      : Response.json(renderBody(context), { headers });
  };

  return async (request, signal = request.signal) => {
    const url = new URL(request.url);
    if (request.method !== "POST" || !/^\/(?:ai-gateway\/)?run$/.test(url.pathname)) {
      return refuse({ code: 7000, status: 404, description: "No route for that URI" });
    }
    const run = await parseRunRequest(request);
    signal.throwIfAborted();
    if (run === undefined) return refuse({ code: 3003, status: 400, description: "Missing headers or body" });
    if (run.model.startsWith("@emulator/")) return runFault(run, signal);
    const model = findModel(run.model, options);
    if (model === undefined) return refuse(unknownModel(run.model));
    const { retired } = model.entry;
    if (retired !== undefined && options.serveRetired !== true) return refuse(retiredModel(run.model, retired.date));
    return runText(model, run, signal);
  };
}

function streamResponse(
  context: AnswerContext,
  headers: Record<string, string>,
  options: EmulatorOptions,
  signal: AbortSignal,
): Response {
  options.onStreamStart?.();
  const body = createStreamBody(renderStream(context), {
    signal,
    firstDelayMs: options.timeToFirstTokenMs,
    delayMs: options.tokensPerSecond === undefined ? undefined : 1000 / options.tokensPerSecond,
    onEnd: options.onStreamEnd,
  });
  return new Response(body, { headers: { ...headers, "content-type": "text/event-stream" } });
}
