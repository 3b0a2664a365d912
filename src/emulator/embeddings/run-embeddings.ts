import type { WorkersAiError } from "../error-body.ts";
import { arrayOf, objectOf, stringOf, type JsonObject } from "../json-value.ts";
import { tokenize } from "../language/tokenizer.ts";
import type { EmulatedModel } from "../model-table.ts";
import { embed, similarity } from "./vector.ts";

/** The length of a vector, by what the id holds. */
const DIMENSIONS: readonly (readonly [string, number])[] = [
  ["bge-small", 384],
  ["bge-base", 768],
  ["bge-large", 1024],
  ["bge-m3", 1024],
  ["embeddinggemma", 768],
  ["qwen3-embedding", 1024],
  ["plamo-embedding", 2048],
];

const MOST_TEXTS = 100;

/** The answer of an embedding model; an error where there are too many texts, or one that is too long for bge-m3. */
export function runEmbeddings({ entry }: EmulatedModel, inputs: JsonObject): object | WorkersAiError {
  const dimensions = DIMENSIONS.find(([part]) => entry.id.includes(part))?.[1] ?? 768;
  const strict = entry.id.includes("bge-m3") && inputs.truncate_inputs !== true;
  const window = entry.contextWindow ?? Number.POSITIVE_INFINITY;
  const contexts = arrayOf(inputs.contexts).map((context) => stringOf(objectOf(context).text) ?? "");
  const query = stringOf(inputs.query);
  const texts =
    inputs.contexts === undefined
      ? [inputs.text ?? inputs.documents ?? inputs.queries].flat().filter((text) => typeof text === "string")
      : contexts;
  if (texts.length > MOST_TEXTS) {
    return { code: 5006, status: 400, description: `Error: Length of '/text' must be <= ${MOST_TEXTS}` };
  }
  const shortened = [...texts, ...(query === undefined ? [] : [query])].map((text) => truncate(text, window));
  if (strict && shortened.some(({ cut }) => cut)) {
    return {
      code: 3010,
      status: 400,
      description: `Invalid or incomplete input for the model: an input is longer than ${window} tokens`,
    };
  }
  const pooling = inputs.pooling === "cls" ? "cls" : "mean";
  const data = shortened.map(({ text }) => embed(text, dimensions, pooling));
  if (query === undefined) return { shape: [data.length, dimensions], data, pooling };
  const asked = data.at(-1) ?? [];
  return { response: data.slice(0, -1).map((vector, id) => ({ id, score: Math.max(0, similarity(asked, vector)) })) };
}

/** The texts of an embedding are cut off silently at the model's window, except by bge-m3. */
function truncate(text: string, window: number): { readonly text: string; readonly cut: boolean } {
  let kept = "";
  let count = 0;
  for (const token of tokenize(text)) {
    if (count++ >= window) return { text: kept, cut: true };
    kept += token;
  }
  return { text, cut: false };
}
