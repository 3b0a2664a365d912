import type { ModelEntry, WireFormat } from "./model.ts";

/** The numbers that a text model accepts for one parameter, both ends included. */
export interface ParameterRange {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

/** Workers AI's names. `max_tokens` has no upper end of its own: the window or the model's output limit is its end. */
export const rangedParameters = [
  "max_tokens",
  "temperature",
  "top_p",
  "top_k",
  "seed",
  "repetition_penalty",
  "frequency_penalty",
  "presence_penalty",
] as const;
export type RangedParameter = (typeof rangedParameters)[number];

/** A parameter that is absent is one that the model does not take. */
export type ParameterRanges = Readonly<Partial<Record<RangedParameter, ParameterRange>>>;

/**
 * What every published native schema takes. Their ends differ by age: `top_p` is 0..2 in the older ones and 0.001..1 in
 * those of 2026, the penalties are 0..2 or -2..2, and both generations are still served.
 */
const native: ParameterRanges = {
  max_tokens: integers(1, Number.MAX_SAFE_INTEGER),
  temperature: numbers(0, 5),
  top_p: numbers(0.001, 1),
  top_k: integers(1, 50),
  seed: integers(1, 9_999_999_999),
  repetition_penalty: numbers(0, 2),
  frequency_penalty: numbers(0, 2),
  presence_penalty: numbers(0, 2),
};

/** OpenAI's own ranges; its `seed` is any 64-bit integer, of which JSON keeps those that a double can hold. */
const openai: ParameterRanges = {
  max_tokens: integers(1, Number.MAX_SAFE_INTEGER),
  temperature: numbers(0, 2),
  top_p: numbers(0, 1),
  seed: integers(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  frequency_penalty: numbers(-2, 2),
  presence_penalty: numbers(-2, 2),
};

/** Nothing is known of the model: what both of the others take. */
const common = intersection(native, openai);

/** Llama Guard's schema declares these two and nothing else. */
const moderation: ParameterRanges = {
  max_tokens: integers(1, Number.MAX_SAFE_INTEGER),
  temperature: numbers(0, 5),
};

const rangesByFormat: Readonly<Record<WireFormat, ParameterRanges>> = { native, openai, common };

const signed: ParameterRanges = { frequency_penalty: numbers(-2, 2), presence_penalty: numbers(-2, 2) };

/** Native models whose published schema takes negative penalties. */
const signedPenalties: ReadonlySet<string> = new Set([
  "@cf/qwen/qwen3-30b-a3b-fp8",
  "@cf/deepseek-ai/deepseek-r1-distill-qwen-32b",
]);

/**
 * The ranges of the parameters that `entry` takes, from Workers AI's published input schemas. The end of `max_tokens` is
 * the model's output limit or else its context window, where either is known. Models that write no text take none.
 */
export function parameterRanges(entry: ModelEntry): ParameterRanges {
  const ranges = rangesOfFamily(entry);
  const limit = entry.maxOutputTokens ?? entry.contextWindow;
  if (ranges.max_tokens === undefined || limit === undefined) return ranges;
  return { ...ranges, max_tokens: integers(1, limit) };
}

/** Whether the model answers a conversation with tokens: the text models, and the guards, whose verdict is a text. */
export function writesText({ task }: ModelEntry): boolean {
  return task === "text-generation" || task === "moderation";
}

function rangesOfFamily(entry: ModelEntry): ParameterRanges {
  if (entry.task === "moderation") return moderation;
  if (entry.task !== "text-generation") return {};
  const ranges = rangesByFormat[entry.wireFormat];
  return signedPenalties.has(entry.id) ? { ...ranges, ...signed } : ranges;
}

/**
 * The tokens after which the upstream ends an answer when no `max_tokens` was sent; `undefined` where it has no such
 * default. A native answer carries no finish reason, and this number tells a cut from an end.
 */
export function defaultMaxTokens(entry: ModelEntry): number | undefined {
  if (entry.wireFormat === "openai" || !writesText(entry)) return undefined;
  return entry.id === "@cf/qwen/qwen3-30b-a3b-fp8" ? 2000 : 256;
}

function numbers(min: number, max: number): ParameterRange {
  return { min, max, integer: false };
}

function integers(min: number, max: number): ParameterRange {
  return { min, max, integer: true };
}

function intersection(left: ParameterRanges, right: ParameterRanges): ParameterRanges {
  const shared: Partial<Record<RangedParameter, ParameterRange>> = {};
  for (const name of rangedParameters) {
    const [one, other] = [left[name], right[name]];
    if (one === undefined || other === undefined) continue;
    const integer = one.integer || other.integer;
    shared[name] = { min: Math.max(one.min, other.min), max: Math.min(one.max, other.max), integer };
  }
  return shared;
}
