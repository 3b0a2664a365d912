import { createAnswer } from "./answer/answer.ts";
import { parseRunTask } from "./answer/run-task.ts";
import type { AnswerContext } from "./dialect/answer-context.ts";
import { renderBody, renderStream } from "./dialect/render.ts";
import { runEmbeddings } from "./embeddings/run-embeddings.ts";
import { runReranker } from "./embeddings/run-reranker.ts";
import { errorResponse, randomUuid, type WorkersAiError } from "./error-body.ts";
import { createFaults } from "./faults/respond.ts";
import { runGuard } from "./guard/run-guard.ts";
import { createRandom, type Random } from "./language/random.ts";
import type { JsonObject } from "./json-value.ts";
import { findModel, type EmulatedModel } from "./model-table.ts";
import type { EmulatorOptions } from "./options.ts";
import { parseRunRequest, type RunRequest } from "./run-request.ts";
import { pause } from "./pause.ts";
import { runMedia } from "./run-media.ts";
import { createStreamBody } from "./stream-body.ts";
import { createUpstreamAnswer } from "./upstream/chat.ts";
import { UpstreamFailure } from "./upstream/client.ts";
import { runUpstreamEmbeddings } from "./upstream/embeddings.ts";
import {
  forcedCallViolation,
  inputsViolation,
  retiredModel,
  unknownModel,
  windowViolation,
} from "./validation/check-run.ts";

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

  return async (request, signal = request.signal) => {
    if (request.method !== "POST" || !/^\/(?:ai-gateway\/)?run$/.test(new URL(request.url).pathname)) {
      return refuse({ code: 7000, status: 404, description: "No route for that URI" });
    }
    const run = await parseRunRequest(request);
    signal.throwIfAborted();
    if (run === undefined) return refuse({ code: 3003, status: 400, description: "Missing headers or body" });
    if (run.model.startsWith("@emulator/")) return runFault(run, signal);
    const model = findModel(run.model, options);
    const error = modelError(model, run, options) ?? passingError(options, random);
    if (model === undefined || error !== undefined) return refuse(error ?? unknownModel(run.model));
    try {
      return await runModel(model, run, { options, random, now, signal });
    } catch (failure) {
      if (!(failure instanceof UpstreamFailure)) throw failure;
      options.onUpstreamFailure?.(failure.message);
      return refuse({ code: 3043, status: 500, description: failure.message });
    }
  };
}

interface Surroundings {
  readonly options: EmulatorOptions;
  readonly random: Random;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** Runs a model whose inputs were found to be sound. */
async function runModel(model: EmulatedModel, { inputs }: RunRequest, surroundings: Surroundings): Promise<Response> {
  const { random, now, signal, options } = surroundings;
  const media = await runMedia(model, inputs, random);
  if (media !== undefined) return media;
  if (model.entry.task !== "text-generation") return runTask(model, inputs, surroundings);
  const task = parseRunTask(model, inputs, now());
  const violation = windowViolation(task) ?? forcedCallViolation(task);
  if (violation !== undefined) return errorResponse(violation, random);
  const answer =
    options.upstream === undefined
      ? createAnswer(task, random)
      : await createUpstreamAnswer(task, inputs, options.upstream, signal);
  const context: AnswerContext = { task, answer, random, created: Math.floor(now() / 1000) };
  const headers = { "cf-ai-req-id": randomUuid(random) };
  if (task.stream) return streamResponse(context, headers, options, signal);
  await pause(options.timeToFirstTokenMs, signal);
  return Response.json(renderBody(context), { headers });
}

/** Runs a model that makes no text. */
async function runTask(model: EmulatedModel, inputs: JsonObject, surroundings: Surroundings): Promise<Response> {
  const { random, signal, options } = surroundings;
  const embeds = model.entry.task === "text-embeddings";
  const answer = answerTask(model, inputs);
  if (isError(answer)) return errorResponse(answer, random);
  await pause(options.timeToFirstTokenMs, signal);
  const upstream = embeds && inputs.contexts === undefined ? options.upstream : undefined;
  const body = upstream === undefined ? answer : await runUpstreamEmbeddings(inputs, upstream, signal);
  return Response.json(body, { headers: { "cf-ai-req-id": randomUuid(random) } });
}

function answerTask(model: EmulatedModel, inputs: JsonObject): object | WorkersAiError {
  switch (model.entry.task) {
    case "text-embeddings":
      return runEmbeddings(model, inputs);
    case "reranking":
      return runReranker(model, inputs);
    case "moderation":
      return runGuard(inputs);
    case "text-generation":
    case "text-to-image":
    case "automatic-speech-recognition":
    case "text-to-speech":
      return unknownModel(model.entry.id);
    default:
      return model.entry.task satisfies never;
  }
}

/** Why this model does not take these inputs, if it does not. */
function modelError(
  model: EmulatedModel | undefined,
  run: RunRequest,
  options: EmulatorOptions,
): WorkersAiError | undefined {
  if (model === undefined) return unknownModel(run.model);
  const { retired } = model.entry;
  if (retired !== undefined && options.serveRetired !== true) return retiredModel(run.model, retired.date);
  return inputsViolation(model, run.inputs);
}

/** One of the errors that pass by themselves, as often as the options say. */
function passingError({ failureRate = 0 }: EmulatorOptions, random: Random): WorkersAiError | undefined {
  if (failureRate <= 0 || random() >= failureRate) return undefined;
  return random() < 0.5
    ? { code: 3040, status: 429, description: "Capacity temporarily exceeded, please try again." }
    : { code: 3043, status: 500, description: "Internal server error" };
}

function isError(answer: object): answer is WorkersAiError {
  return "code" in answer && "description" in answer;
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
