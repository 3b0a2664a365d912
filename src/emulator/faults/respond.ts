import { createAnswer } from "../answer/answer.ts";
import { parseRunTask } from "../answer/run-task.ts";
import { errorResponse, randomUuid } from "../error-body.ts";
import type { Random } from "../language/random.ts";
import type { EmulatedModel } from "../model-table.ts";
import type { EmulatorOptions } from "../options.ts";
import type { RunRequest } from "../run-request.ts";
import { createStreamBody } from "../stream-body.ts";
import { unknownModel } from "../validation/check-run.ts";
import { soundBody, soundStream, type Fault, type FaultCall } from "./fault.ts";
import { faultModels, faults } from "./fault-table.ts";

const DELAY_MS = 3000;

/** Answers the runs of `@emulator/…` ids. One instance counts the attempts of one emulator. */
export function createFaults(options: EmulatorOptions, random: Random, now: () => number) {
  const attempts = new Map<string, number>();

  return async (run: RunRequest, signal: AbortSignal): Promise<Response> => {
    const fault = faults.find(({ id }) => id === run.model);
    if (fault === undefined) return errorResponse(unknownModel(run.model), random);
    const attempt = (attempts.get(fault.id) ?? 0) + 1;
    attempts.set(fault.id, attempt);
    const call = createCall(fault, run, { attempt, signal, random, now, options });
    // A reset stream answers soundly the second time as well, so that a flaky id can be used again.
    const spoiled = await fault.respond?.(call);
    if (spoiled !== undefined) return spoiled;
    if (attempt > 1 || fault.stream === undefined) attempts.delete(fault.id);
    if (call.stream) return call.streamResponse(fault.stream?.(call) ?? soundStream(call, fault.dialect));
    return Response.json(fault.body?.(call) ?? soundBody(call, fault.dialect), {
      headers: { "cf-ai-req-id": randomUuid(random) },
    });
  };
}

interface CallContext extends Pick<FaultCall, "attempt" | "signal" | "random"> {
  readonly now: () => number;
  readonly options: EmulatorOptions;
}

function createCall(fault: Fault, { inputs }: RunRequest, { now, options, ...rest }: CallContext): FaultCall {
  return {
    ...rest,
    stream: inputs.stream === true,
    delayMs: options.faultDelayMs ?? DELAY_MS,
    context(dialect = fault.dialect ?? "openai") {
      const task = parseRunTask(faultModel(fault, dialect), inputs, now());
      return { task, answer: createAnswer(task, rest.random), random: rest.random, created: Math.floor(now() / 1000) };
    },
    streamResponse(steps, headers) {
      options.onStreamStart?.();
      const body = createStreamBody(steps[Symbol.iterator](), { signal: rest.signal, onEnd: options.onStreamEnd });
      const response = new Response(body, {
        headers: { "content-type": "text/event-stream", "cf-ai-req-id": randomUuid(rest.random), ...headers },
      });
      if (headers?.["content-type"] === "") response.headers.delete("content-type");
      return response;
    },
  };
}

function faultModel(fault: Fault, dialect: EmulatedModel["dialect"]): EmulatedModel {
  const [first] = faultModels;
  const entry = faultModels.find(({ id }) => id === fault.id) ?? first;
  if (entry === undefined) throw new Error("There are no faults.");
  return { entry, dialect, thinking: "none", quirks: false, upstreamName: fault.id };
}
