import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import type { Consumption } from "../models/consumption.ts";
import type { ModelEntry } from "../models/model.ts";
import { writesText } from "../models/parameters.ts";
import { estimateTokens } from "../models/token-estimate.ts";
import type { RawResult } from "../workers-ai/read-raw-result.ts";
import { toTranscript } from "../workers-ai/read-transcript.ts";
import { toImageUnits } from "./image-calls.ts";
import { measureTranscript } from "./recognition-calls.ts";
import { measureTexts } from "./text-length.ts";

/** Workers AI's own default, for inputs that name no limit of the answer. */
const DEFAULT_MAX_TOKENS = 256;

/** What a run is expected to use, from its inputs; `undefined` where they do not tell. */
export function expectRun(inputs: JsonRecord, entry: ModelEntry): Consumption | undefined {
  if (!readsTexts(entry)) return countUnits(inputs, entry);
  const { usage } = measureTexts([...findTexts(inputs)], undefined);
  if (usage === undefined || !writesText(entry)) return { usage };
  const limit = [inputs["max_tokens"], inputs["max_completion_tokens"]].find((value) => typeof value === "number");
  const completionTokens = limit ?? DEFAULT_MAX_TOKENS;
  return { usage: { ...usage, completionTokens, totalTokens: usage.promptTokens + completionTokens } };
}

/** What a run used. An event stream is counted on its way; of what nobody can count the cost is not known. */
export function measureRun(result: RawResult, inputs: JsonRecord, entry: ModelEntry): Consumption | undefined {
  if (result.kind === "body") return result.isEventStream ? undefined : (countUnits(inputs, entry) ?? {});
  if (result.usage !== undefined) return { usage: result.usage };
  if (readsTexts(entry)) return measureTexts([...findTexts(inputs)], undefined);
  if (typeof result.value?.["text"] === "string") return measureTranscript(toTranscript(result.value));
  return countUnits(inputs, entry) ?? {};
}

/** About how many tokens the texts of the inputs are. */
export function estimateInputs(inputs: JsonRecord): number {
  let tokens = 0;
  for (const text of findTexts(inputs)) tokens += estimateTokens(text);
  return tokens;
}

function readsTexts(entry: ModelEntry): boolean {
  return writesText(entry) || entry.task === "text-embeddings" || entry.task === "reranking";
}

/** The units of an image or of speech, as the inputs ask for them. A form is not read. */
function countUnits(inputs: JsonRecord, { task, abilities }: ModelEntry): Consumption | undefined {
  const { image } = abilities;
  if (task === "text-to-image" && image !== undefined && !isRecord(inputs["multipart"])) {
    const { width = image.side, height = image.side } = inputs;
    const steps = image.steps === undefined ? undefined : (inputs[image.steps.name] ?? image.steps.usual);
    if (typeof width !== "number" || typeof height !== "number") return undefined;
    return { units: toImageUnits({ width, height }, typeof steps === "number" ? steps : undefined) };
  }
  const text = inputs["text"] ?? inputs["prompt"];
  return task === "text-to-speech" && typeof text === "string" ? { units: { character: [...text].length } } : undefined;
}

/** Every text of a value, at any depth: the body of a request is bounded in both. */
function* findTexts(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null)
    for (const member of Object.values(value)) yield* findTexts(member);
}
