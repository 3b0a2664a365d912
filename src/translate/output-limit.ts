import type { ModelEntry } from "../models/model.ts";
import { estimateTokens } from "../models/token-estimate.ts";
import type { ParameterTreatment } from "./parameter-report.ts";

/** What a chat template writes around a message, in tokens, rounded up. */
const TOKENS_PER_MESSAGE = 8;

/** The part of an estimate by which the true count of a prompt may exceed it, and some room for the template. */
const ESTIMATE_MARGIN = 1.15;

/** Of a window that is unknown, what every model of the catalogue can answer. */
const UNKNOWN_WINDOW_LIMIT = 2048;

/** Below this an answer is useless; a prompt that leaves no more is for the upstream to judge, which counts exactly. */
const LEAST_LIMIT = 256;

/**
 * `max_tokens` for a chat that names none: OpenAI's models then go on until they are done, Workers AI's would stop
 * after 256. As much as the window surely leaves, since the upstream refuses what exceeds it even in theory.
 */
export function toDefaultOutputLimit(promptTokens: number, entry: ModelEntry): number {
  const left =
    entry.contextWindow === undefined
      ? UNKNOWN_WINDOW_LIMIT
      : Math.max(LEAST_LIMIT, entry.contextWindow - Math.ceil(promptTokens * ESTIMATE_MARGIN));
  return Math.min(left, entry.maxOutputTokens ?? left);
}

/** A caller's `max_tokens`, lowered to what the model can answer at most. */
export function toOutputLimit(
  requested: number,
  parameter: string,
  entry: ModelEntry,
  report: Map<string, ParameterTreatment>,
): number {
  const most = entry.maxOutputTokens ?? entry.contextWindow;
  if (most === undefined || requested <= most) return requested;
  report.set(parameter, "adjusted");
  return most;
}

/** Tokens of a whole conversation, tools included, as an estimate. Data URLs are images and cost no text tokens. */
export function estimatePromptTokens(messages: readonly unknown[], tools: unknown): number {
  let tokens = messages.length * TOKENS_PER_MESSAGE;
  for (const message of messages) tokens += estimateTokens(toEstimatedText(message));
  return tools === undefined ? tokens : tokens + estimateTokens(JSON.stringify(tools));
}

function toEstimatedText(message: unknown): string {
  return JSON.stringify(message, (key, value: unknown) => (key === "image_url" ? undefined : value)) ?? "";
}
