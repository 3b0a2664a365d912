import { GatewayError } from "../errors.ts";
import type { ModelEntry } from "../models/model.ts";
import { estimateTokens } from "../models/token-estimate.ts";
import { estimateLowerBound } from "../models/token-lower-bound.ts";
import type { UpstreamMessage } from "./messages.ts";
import type { ParameterTreatment } from "./parameter-report.ts";

/** What a chat template writes around a message, in tokens, rounded up. */
const TOKENS_PER_MESSAGE = 8;

/**
 * Room for what the estimate may miss: a part of it, and a constant. Workers AI makes an estimate of its own, by a
 * method that it does not publish, and refuses a limit that exceeds the window by one token.
 */
const ESTIMATE_MARGIN = 1.15;
const RESERVED_TOKENS = 256;

/** Of a window that is unknown, what every model of the catalogue can answer. */
const UNKNOWN_WINDOW_LIMIT = 2048;

/** Below this an answer is useless; a prompt that leaves no more is for the upstream to judge, which counts exactly. */
const LEAST_LIMIT = 256;

/**
 * How much of a long text is measured, in characters: 16 pieces of 256. In documents, code and JSON that comes within 4 %
 * of what all of it gives; twice as much comes within 3, and took 40 µs more of each long request.
 */
const SAMPLES = 16;
const SAMPLE_LENGTH = 256;

/** What is known of the length of a prompt, in tokens. */
export interface PromptSize {
  /** The member of the request that holds it. */
  readonly param: "messages" | "prompt";
  readonly estimate: number;
  /** The prompt has at least so many. Counted on demand: it reads all of the text. */
  readonly countAtLeast: () => number;
}

export interface RequestedLimit {
  readonly parameter: string;
  readonly tokens: number;
}

/**
 * The `max_tokens` of a call. Workers AI refuses a prompt and a limit that exceed the window together, even if the
 * answer would have been short; so a limit that is too high is lowered, and named. Where the client sets none it is
 * what the window surely leaves: OpenAI's models then go on until they are done, Workers AI's would stop after 256.
 *
 * Throws `context_length_exceeded` for a prompt that cannot fit by itself, before it costs anything.
 */
export function toOutputLimit(
  prompt: PromptSize,
  requested: RequestedLimit | undefined,
  entry: ModelEntry,
  report: Map<string, ParameterTreatment>,
): number {
  const { contextWindow, maxOutputTokens } = entry;
  if (contextWindow !== undefined && prompt.estimate >= contextWindow) refuseExcess(prompt, contextWindow);
  const left =
    contextWindow === undefined
      ? undefined
      : Math.max(LEAST_LIMIT, contextWindow - RESERVED_TOKENS - Math.ceil(prompt.estimate * ESTIMATE_MARGIN));
  if (requested === undefined)
    return Math.min(left ?? UNKNOWN_WINDOW_LIMIT, maxOutputTokens ?? Number.POSITIVE_INFINITY);
  const most = Math.min(left ?? Number.POSITIVE_INFINITY, maxOutputTokens ?? Number.POSITIVE_INFINITY);
  if (requested.tokens <= most) return requested.tokens;
  report.set(requested.parameter, "adjusted");
  return most;
}

/** The limit as an input: models that take OpenAI's inputs know it by its newer name. */
export function toLimitInput(maxTokens: number, { wireFormat }: ModelEntry): Readonly<Record<string, number>> {
  return wireFormat === "openai" ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens };
}

/** Whether a prompt surely fits into the model's window, with room for an answer. */
export function fitsWindow({ estimate }: PromptSize, { contextWindow }: ModelEntry): boolean {
  return contextWindow === undefined || contextWindow - RESERVED_TOKENS - estimate * ESTIMATE_MARGIN >= LEAST_LIMIT;
}

function refuseExcess({ param, countAtLeast }: PromptSize, contextWindow: number): void {
  const tokens = countAtLeast();
  if (tokens < contextWindow) return;
  const message =
    `This model's maximum context length is ${contextWindow} tokens. ` +
    `However, your ${param} resulted in at least ${tokens} tokens. Please reduce the length of the ${param}.`;
  throw new GatewayError("context_length_exceeded", message, { param });
}

/** The size of a conversation, tools included. Images cost tokens that nobody publishes; they are not counted. */
export function measureMessages(messages: readonly UpstreamMessage[], tools: unknown): PromptSize {
  const texts = messages.map(readText);
  const toolTokens = tools === undefined ? 0 : estimateTexts([JSON.stringify(tools)]);
  const estimate = estimateTexts(texts) + toolTokens + messages.length * TOKENS_PER_MESSAGE;
  return { param: "messages", estimate, countAtLeast: () => estimateLowerBound(texts.join(SEPARATOR)) };
}

export function measureText(text: string): PromptSize {
  return { param: "prompt", estimate: estimateTexts([text]), countAtLeast: () => estimateLowerBound(text) };
}

const SEPARATOR = "\n";

/**
 * Tokens of the texts, one a line. Of long ones a few pieces are measured and the rest is taken to be like them: reading
 * it all takes milliseconds. Nor are they joined for it: that is one more copy of each conversation for the collector.
 */
function estimateTexts(texts: readonly string[]): number {
  const length = texts.reduce((sum, text) => sum + text.length + SEPARATOR.length, -SEPARATOR.length);
  if (length <= SAMPLES * SAMPLE_LENGTH) return estimateTokens(texts.join(SEPARATOR));
  const step = (length - SAMPLE_LENGTH) / (SAMPLES - 1);
  const starts = Array.from({ length: SAMPLES }, (_, sample) => Math.floor(sample * step));
  const tokens = cutSamples(texts, starts).reduce((sum, sample) => sum + estimateTokens(sample), 0);
  return Math.ceil((tokens / (SAMPLES * SAMPLE_LENGTH)) * length);
}

/** What begins in the joined texts at these places, which ascend. */
function cutSamples(texts: readonly string[], starts: readonly number[]): readonly string[] {
  let index = 0;
  /** Where the text of the index begins. */
  let begin = 0;
  return starts.map((start) => {
    for (let end = endOf(index); end <= start && index < texts.length; end = endOf(index)) {
      begin = end;
      index += 1;
    }
    let sample = (texts[index] ?? "").slice(start - begin, start - begin + SAMPLE_LENGTH);
    for (let next = index + 1; sample.length < SAMPLE_LENGTH && next < texts.length; next += 1) {
      sample += SEPARATOR + (texts[next] ?? "").slice(0, SAMPLE_LENGTH - sample.length - SEPARATOR.length);
    }
    return sample;
  });

  function endOf(position: number): number {
    return begin + (texts[position] ?? "").length + SEPARATOR.length;
  }
}

function readText(message: UpstreamMessage): string {
  const { content, tool_calls: calls } = message;
  const text =
    typeof content === "string"
      ? content
      : content.map((part) => (typeof part["text"] === "string" ? part["text"] : "")).join("\n");
  return calls === undefined ? text : `${text}\n${JSON.stringify(calls)}`;
}
