import { GatewayError } from "../errors.ts";
import type { ModelEntry } from "../models/model.ts";
import type { CompletionRequest } from "../openai/completion-request.ts";
import type { ModelCall } from "./inputs.ts";
import { toOutputLimit } from "./output-limit.ts";
import type { ParameterTreatment } from "./parameter-report.ts";
import { toSamplingInputs } from "./sampling.ts";

/** OpenAI's default for text completions. */
const DEFAULT_MAX_TOKENS = 16;

/** What OpenAI completes when there is no prompt: the beginning of a document. */
const NO_PROMPT = "<|endoftext|>";

/** A text completion request as a call of one model. Throws a `GatewayError` that names what the model cannot do. */
export function toPromptCall(request: CompletionRequest, entry: ModelEntry): ModelCall {
  const report = new Map<string, ParameterTreatment>();
  refuseUnservable(request, entry);
  const prompt = readPrompt(request);
  const maxTokens = toOutputLimit(request.max_tokens ?? DEFAULT_MAX_TOKENS, "max_tokens", entry, report);
  const isOpenai = entry.wireFormat === "openai";
  // Models with OpenAI's chat inputs have no prompt input: the prompt is what the user says.
  if (isOpenai) report.set("prompt", "emulated");
  if (request.stop !== undefined && !isOpenai) report.set("stop", "emulated");
  if (request.logit_bias !== undefined) report.set("logit_bias", "ignored");
  if (request.echo === true) report.set("echo", "emulated");
  const inputs = {
    ...(isOpenai ? { messages: [{ role: "user", content: prompt }] } : { prompt }),
    ...toSamplingInputs(request, entry, report),
    ...(request.stop !== undefined && isOpenai && { stop: request.stop }),
    ...(request.raw !== undefined && { raw: request.raw }),
    ...(request.lora !== undefined && { lora: request.lora }),
    [isOpenai ? "max_completion_tokens" : "max_tokens"]: maxTokens,
    stream: request.stream === true,
  };
  return { inputs, maxTokens, stop: isOpenai ? [] : (request.stop ?? []), singleToolCall: false, parameters: report };
}

/** The one prompt of a request. Several prompts, or token ids, are refused by name. */
export function readPrompt(request: CompletionRequest): string {
  const { prompt } = request;
  if (prompt === undefined) return NO_PROMPT;
  const [only] = typeof prompt === "string" ? [prompt] : prompt;
  if (typeof only !== "string") {
    const message =
      "Unsupported parameter: 'prompt': token ids cannot be read, because the models differ in their tokens.";
    throw new GatewayError("unsupported_parameter", message, { param: "prompt" });
  }
  if (typeof prompt !== "string" && prompt.length > 1) {
    const message = "Unsupported parameter: 'prompt': the gateway completes one prompt per request.";
    throw new GatewayError("unsupported_parameter", message, { param: "prompt" });
  }
  if (only === "")
    throw new GatewayError("invalid_value", "Invalid value for 'prompt': expected a text.", { param: "prompt" });
  return only;
}

function refuseUnservable(request: CompletionRequest, entry: ModelEntry): void {
  const reasons: readonly (readonly [string, boolean, string])[] = [
    ["n", (request.n ?? 1) > 1, "the gateway gives one choice per request"],
    ["best_of", (request.best_of ?? 1) > 1, "the gateway gives one choice per request"],
    ["logprobs", request.logprobs !== undefined, `the model '${entry.id}' reports no log probabilities`],
    ["suffix", request.suffix !== undefined && request.suffix !== "", `the model '${entry.id}' does not fill in text`],
  ];
  for (const [param, isAsked, reason] of reasons) {
    if (!isAsked) continue;
    throw new GatewayError("unsupported_parameter", `Unsupported parameter: '${param}': ${reason}.`, { param });
  }
}
