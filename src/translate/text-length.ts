import type { Usage } from "../completion/event.ts";
import { GatewayError } from "../errors.ts";
import type { Consumption } from "../models/consumption.ts";
import type { ModelEntry } from "../models/model.ts";
import { estimateTokens } from "../models/token-estimate.ts";
import { countWords } from "../models/word-count.ts";

/**
 * Refuses a text that is certainly too long: it has more words than the window has tokens. Some models cut off what is
 * longer without a word, and between the two nobody but their tokeniser can tell.
 */
export function refuseTooLong(text: string, name: string, { id, contextWindow }: ModelEntry): void {
  if (!isCertainlyLonger(text, contextWindow)) return;
  throw tooLongError(name, id, `it has ${countWords(text)} words, and the model reads ${contextWindow} tokens`);
}

/** Whether a text has more words than a window has tokens. */
export function isCertainlyLonger(text: string, window: number | undefined): boolean {
  // A word has a character and a space: most texts need no counting.
  return window !== undefined && text.length > 2 * window - 1 && countWords(text) > window;
}

/** Whether an upstream error is about the length of what was sent; several numbers say so in words of their own. */
export function isAboutLength({ kind, message }: GatewayError): boolean {
  if (kind === "context_length_exceeded") return true;
  return kind === "invalid_request" && /too long|longer than|too many tokens/i.test(message);
}

/** `reason` goes on after "the text is too long for the model". */
export function tooLongError(param: string, model: string, reason: string, cause?: GatewayError): GatewayError {
  const message = `Invalid value for '${param}': the text is too long for the model '${model}': ${reason}.`;
  return new GatewayError("context_length_exceeded", message, { param, cause, upstreamCode: cause?.upstreamCode });
}

/** The longest of some texts, as far as it can be told. */
export function findLongest(texts: readonly string[]): number {
  const lengths = texts.map(estimateTokens);
  return lengths.indexOf(Math.max(...lengths));
}

/**
 * What a call that reads these texts used: what the upstream told, else an estimate. The estimate is for the accounts
 * only; an answer tells what the upstream told.
 */
export function measureTexts(texts: readonly string[], told: Usage | undefined): Consumption {
  if (told !== undefined) return { usage: told };
  const tokens = texts.reduce((sum, text) => sum + estimateTokens(text), 0);
  const usage: Usage = {
    promptTokens: tokens,
    completionTokens: 0,
    totalTokens: tokens,
    cachedTokens: undefined,
    reasoningTokens: undefined,
    neurons: undefined,
  };
  return { usage, isEstimated: true };
}
