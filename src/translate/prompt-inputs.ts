import { GatewayError } from "../errors.ts";
import type { JsonRecord } from "../json.ts";
import type { ModelEntry } from "../models/model.ts";
import { refuseOtherTasks } from "../models/task.ts";
import type { CompletionRequest } from "../openai/completion-request.ts";
import type { ModelCall } from "./inputs.ts";
import { measureText, toLimitInput, toOutputLimit } from "./output-limit.ts";
import type { ParameterTreatment } from "./parameter-report.ts";
import { toSamplingInputs } from "./sampling.ts";
import { applyUnserved, countCopies, unservedByCompletions } from "./unserved.ts";

/** OpenAI's default for text completions. */
const DEFAULT_MAX_TOKENS = 16;

/** OpenAI's bound for `n`, here for all choices of a request: each of them is a call of the upstream. */
const MAX_CHOICES = 128;

/** What OpenAI completes when there is no prompt: the beginning of a document. */
const NO_PROMPT = "<|endoftext|>";

/**
 * A text completion request as calls of one model, one for each choice. With a seed every choice gets its own, or the
 * choices of one prompt would be the same answer.
 */
export function toPromptCalls(request: CompletionRequest, entry: ModelEntry): readonly ModelCall[] {
  refuseRankedStream(request);
  const { seed } = request;
  const copies = countCopies(request);
  return toPrompts(request, copies).map((prompt, index) =>
    toPromptCall(prompt, seed === undefined ? request : { ...request, seed: seed + (index % copies) }, entry),
  );
}

/** One prompt of a text completion request as a call of one model. Throws a `GatewayError` for what it cannot do. */
function toPromptCall(prompt: string, request: CompletionRequest, entry: ModelEntry): ModelCall {
  const report = new Map<string, ParameterTreatment>();
  refuseOtherTasks(entry, ["text-generation"]);
  applyUnserved(unservedByCompletions, request, entry, report);
  // OpenAI's least is 0, for those who want no more than the prompt echoed; a model's is 1.
  if (request.max_tokens === 0) report.set("max_tokens", "adjusted");
  const requested = { parameter: "max_tokens", tokens: Math.max(1, request.max_tokens ?? DEFAULT_MAX_TOKENS) };
  const size = measureText(prompt);
  const maxTokens = toOutputLimit(size, requested, entry, report);
  const isOpenai = entry.wireFormat === "openai";
  // Models with OpenAI's chat inputs have no prompt input: the prompt is what the user says.
  if (isOpenai || Array.isArray(request.prompt)) report.set("prompt", "emulated");
  if (request.stop !== undefined && !isOpenai) report.set("stop", "emulated");
  if (request.suffix !== undefined && request.suffix !== "") report.set("suffix", "emulated");
  if (request.echo === true) report.set("echo", "emulated");
  // Chat inputs are always put into the model's template.
  if (request.raw === true && isOpenai) report.set("raw", "ignored");
  if ((request.n ?? 1) > 1) report.set("n", "emulated");
  if (countCopies(request) > (request.n ?? 1)) report.set("best_of", "emulated");
  const inputs = {
    ...(isOpenai ? { messages: [{ role: "user", content: prompt }] } : toPromptInputs(prompt, request, entry)),
    ...toSamplingInputs(request, entry, report),
    ...(request.stop !== undefined && isOpenai && { stop: request.stop }),
    ...toLogprobInputs(request),
    ...(request.lora !== undefined && { lora: request.lora }),
    ...toLimitInput(maxTokens, entry),
    stream: request.stream === true,
  };
  const stop = isOpenai ? [] : (request.stop ?? []);
  const wantsLogprobs = request.logprobs !== undefined || countCopies(request) > (request.n ?? 1);
  const shape = { stop, singleToolCall: false, salvage: undefined, wantsLogprobs };
  // A text completion is the text as the model wrote it; reasoning has no other place in it.
  const limits = { promptTokens: size.estimate, maxTokens };
  return { inputs, subject: "prompt", ...limits, ...shape, thinking: "never", parameters: report };
}

/** Log probabilities in the form of chat completions, also where only the gateway needs them, to rank by. */
function toLogprobInputs(request: CompletionRequest): JsonRecord {
  const isRanked = countCopies(request) > (request.n ?? 1);
  if (request.logprobs === undefined && !isRanked) return {};
  return { logprobs: true, ...((request.logprobs ?? 0) > 0 && { top_logprobs: request.logprobs }) };
}

/** With a suffix the prompt is what the model has learnt to continue between two texts, without a chat around it. */
function toPromptInputs(prompt: string, { suffix, raw }: CompletionRequest, entry: ModelEntry): JsonRecord {
  const { fillIn } = entry.abilities;
  if (suffix === undefined || suffix === "" || fillIn === undefined) {
    return { prompt, ...(raw !== undefined && { raw }) };
  }
  return { prompt: fillIn.prefix + prompt + fillIn.suffix + suffix + fillIn.middle, raw: true };
}

/**
 * The prompts of a request, one for each choice: the first as often as it is completed, then the second, as OpenAI
 * numbers its choices. Throws where they are token ids, whose meaning only OpenAI's models know.
 */
export function toPrompts(request: CompletionRequest, copies: number): readonly string[] {
  const { prompt = NO_PROMPT } = request;
  const prompts = typeof prompt === "string" ? [prompt] : prompt;
  if (prompts.length * copies > MAX_CHOICES) {
    const message = `Invalid value for 'prompt': the prompts, times n or best_of, are more than ${MAX_CHOICES}.`;
    throw new GatewayError("invalid_value", message, { param: "prompt" });
  }
  return prompts.flatMap((text, index) => {
    const param = typeof prompt === "string" ? "prompt" : `prompt[${index}]`;
    if (typeof text !== "string") {
      const message = "Unsupported parameter: 'prompt': token ids are those of OpenAI's models; send text.";
      throw new GatewayError("unsupported_parameter", message, { param: "prompt" });
    }
    if (text === "") throw new GatewayError("invalid_value", `Invalid value for '${param}': it is empty.`, { param });
    return Array.from({ length: copies }, () => text);
  });
}

/** A stream shows what comes; what was best is only known at the end. */
function refuseRankedStream(request: CompletionRequest): void {
  if (request.stream !== true || countCopies(request) === (request.n ?? 1)) return;
  const message = "Unsupported parameter: 'best_of' cannot be combined with 'stream'.";
  throw new GatewayError("unsupported_parameter", message, { param: "best_of" });
}
