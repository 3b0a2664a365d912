import type { JsonRecord } from "../json.ts";
import type { Consumption } from "../models/consumption.ts";
import type { ModelEntry } from "../models/model.ts";
import { writesText } from "../models/parameters.ts";
import { estimateTokens } from "../models/token-estimate.ts";
import { readRawResult } from "../workers-ai/read-raw-result.ts";
import type { RawResult } from "../workers-ai/read-raw-result.ts";
import type { TaskCall } from "./task-call.ts";
import { measureTexts } from "./text-length.ts";

/** A run in Workers AI's own words: nothing is translated, on the way there or back. */
export function toRawCall(inputs: JsonRecord, entry: ModelEntry): TaskCall<RawResult> {
  return {
    inputs,
    ...(readsTexts(entry) && { expect: () => expectResult(inputs, entry) }),
    read: readRawResult,
    measure: (result) => measureResult(result, inputs, entry),
    parameters: new Map(),
  };
}

/** Workers AI's own default, for inputs that name no limit of the answer. */
const DEFAULT_MAX_TOKENS = 256;

function expectResult(inputs: JsonRecord, entry: ModelEntry): Consumption {
  const { usage } = measureTexts([...findTexts(inputs)], undefined);
  if (usage === undefined || !writesText(entry)) return { usage };
  const limit = [inputs["max_tokens"], inputs["max_completion_tokens"]].find((value) => typeof value === "number");
  const completionTokens = limit ?? DEFAULT_MAX_TOKENS;
  return { usage: { ...usage, completionTokens, totalTokens: usage.promptTokens + completionTokens } };
}

/** A stream is counted on its way, and what is no text by nobody: its cost is not known. */
function measureResult(result: RawResult, inputs: JsonRecord, entry: ModelEntry): Consumption | undefined {
  if (result.kind === "body") return result.isEventStream ? undefined : {};
  if (result.usage !== undefined) return { usage: result.usage };
  return readsTexts(entry) ? measureTexts([...findTexts(inputs)], undefined) : {};
}

function readsTexts(entry: ModelEntry): boolean {
  return writesText(entry) || entry.task === "text-embeddings" || entry.task === "reranking";
}

/** About how many tokens the texts of the inputs are. */
export function estimateInputs(inputs: JsonRecord): number {
  let tokens = 0;
  for (const text of findTexts(inputs)) tokens += estimateTokens(text);
  return tokens;
}

/** Every text of a value, at any depth: the body of a request is bounded in both. */
function* findTexts(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null)
    for (const member of Object.values(value)) yield* findTexts(member);
}
