import { arrayOf, objectOf, stringOf, type JsonObject } from "../json-value.ts";
import { tokenize } from "../language/tokenizer.ts";
import type { EmulatedModel } from "../model-table.ts";
import { embed, similarity } from "./vector.ts";

const DIMENSIONS = 768;

/** The similarity at which a document is as likely to be an answer as not. */
const EVEN = 0.25;

/** How far a logit moves from one similarity to another; the best of the real model's are near 10, the worst near -11. */
const STEEPNESS = 20;

/** The answer of a reranker: the scores of the contexts, the best first. What exceeds the window is not read. */
export function runReranker({ entry }: EmulatedModel, inputs: JsonObject): object {
  const window = entry.contextWindow ?? Number.POSITIVE_INFINITY;
  const query = embed(stringOf(inputs.query) ?? "", DIMENSIONS, "rerank");
  const scores = arrayOf(inputs.contexts).map((context, id) => {
    const text = readStart(stringOf(objectOf(context).text) ?? "", window);
    const score = (similarity(query, embed(text, DIMENSIONS, "rerank")) - EVEN) * STEEPNESS;
    return { id, score };
  });
  const ranked = scores.toSorted((first, second) => second.score - first.score);
  return { response: typeof inputs.top_k === "number" ? ranked.slice(0, inputs.top_k) : ranked };
}

function readStart(text: string, window: number): string {
  return [...tokenize(text)].slice(0, window).join("");
}
