import type { GatewayContext } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { meterBody } from "../gateway/meter-body.ts";
import { meterEvents } from "../gateway/meter-events.ts";
import type { JsonRecord } from "../json.ts";
import { findInputSchema } from "../models/input-schema.ts";
import type { ModelEntry } from "../models/model.ts";
import { toBody } from "../stream/byte-source.ts";
import { refuseWrongInputs } from "../translate/input-check.ts";
import { toRawCall } from "../translate/raw-call.ts";
import { estimateInputs } from "../translate/raw-consumption.ts";
import { toApiEnvelopeText } from "../workers-ai/api-envelope.ts";
import type { BodyResult, RawResult } from "../workers-ai/read-raw-result.ts";
import { toAnswerHeaders } from "./answer.ts";
import { toCaller } from "./order.ts";
import { readRunInputs } from "./run-inputs.ts";
import { runTaskOrder } from "./task.ts";
import type { MeteredTaskAnswer } from "./task.ts";

/**
 * `POST /client/v4/accounts/{account}/ai/run/{model}` and `POST /ai/run/{model}`: Workers AI's own API. The account is
 * not looked at: whose key it is decides, and the account is the gateway's.
 */
export async function runModel(c: GatewayContext): Promise<Response> {
  const model = c.req.param("model") ?? "";
  refuseQueue(c);
  const { inputs, isSingleUse } = await readRunInputs(c, model);
  const answer = await runTaskOrder<RawResult>(toCaller(c), {
    models: [model],
    toCalls: (entry) => {
      refuseBroken(inputs, entry);
      return [toRawCall(inputs, entry)];
    },
    // Inputs are written for one model, and so is what reads the answer.
    hasFallbacks: false,
    isStrict: true,
    isSingleUse,
    isStreamed: inputs["stream"] === true,
    isOpen: ({ kind }) => kind === "body",
    cacheKey: c.req.header("x-session-affinity"),
  });
  const [result] = answer.results;
  if (result === undefined) throw new GatewayError("internal", "The run has no result.");
  if (result.kind === "body") return answerBody(c, answer, result, inputs);
  return c.body(toApiEnvelopeText(result.text), 200, {
    ...toAnswerHeaders(c, answer),
    "content-type": "application/json",
  });
}

function answerBody(
  c: GatewayContext,
  answer: MeteredTaskAnswer<RawResult>,
  { contentType, isEventStream, isFree, body }: BodyResult,
  inputs: JsonRecord,
): Response {
  const { entry, meter } = answer;
  const about = { entry, promptTokens: estimateInputs(inputs), isFree: () => isFree };
  const counted = isEventStream ? meterEvents(body, about, meter) : body;
  return c.body(toBody(meterBody(counted, meter)), 200, {
    ...toAnswerHeaders(c, answer),
    "content-type": contentType,
    ...(isEventStream && { "cache-control": "no-cache" }),
  });
}

function refuseBroken(inputs: JsonRecord, entry: ModelEntry): void {
  const schema = findInputSchema(entry);
  if (schema !== undefined) refuseWrongInputs(inputs, schema);
}

/** Answers of the queue are fetched by runs that nobody could be billed for. */
function refuseQueue(c: GatewayContext): void {
  if (c.req.query("queueRequest") !== "true") return;
  const message = "This gateway does not serve the asynchronous queue: leave out 'queueRequest'.";
  throw new GatewayError("unsupported_parameter", message, { param: "queueRequest" });
}
