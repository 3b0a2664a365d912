import type { RerankRequest } from "../openai/rerank-request.ts";
import type { Ranking } from "../workers-ai/read-ranking.ts";
import { toDocumentTexts } from "./rerank-calls.ts";
import { sumUsage } from "./usage-sum.ts";

/** The answer of `POST /v1/rerank`. */
export interface RankedDocuments {
  readonly object: "list";
  readonly id: string;
  readonly model: string;
  /** The best first. */
  readonly results: readonly RankedDocument[];
  /** Absent where the upstream told none. */
  readonly usage?: { readonly prompt_tokens: number; readonly total_tokens: number };
}

interface RankedDocument {
  /** The place of the document in the request. */
  readonly index: number;
  /** From 0 to 1. */
  readonly relevance_score: number;
  readonly document?: { readonly text: string };
}

/** The documents by their scores, of equal ones the earlier first. */
export function toRankedDocuments(
  batches: readonly Ranking[],
  request: RerankRequest,
  identity: Pick<RankedDocuments, "id" | "model">,
): RankedDocuments {
  const texts = request.return_documents === true ? toDocumentTexts(request) : [];
  const scores = toProbabilities(batches.flatMap((batch) => batch.scores));
  const results = scores
    .map((score, index) => ({ index, relevance_score: score, ...toDocument(texts[index]) }))
    .toSorted((first, second) => second.relevance_score - first.relevance_score);
  const usage = sumUsage(batches);
  return {
    object: "list",
    ...identity,
    results: results.slice(0, request.top_n),
    ...(usage !== undefined && { usage: { prompt_tokens: usage.promptTokens, total_tokens: usage.totalTokens } }),
  };
}

function toDocument(text: string | undefined): Pick<RankedDocument, "document"> {
  return text === undefined ? {} : { document: { text } };
}

/**
 * Quirk(native, bge-reranker-base, 2026-09): the model's page says that a score "can be mapped to [0,1] by sigmoid"; raw
 * logits are seen, and scores that are mapped already. A logit is hardly ever between 0 and 1 for all documents of a
 * request, so one outside tells; test "logits become probabilities".
 */
function toProbabilities(scores: readonly number[]): readonly number[] {
  const areLogits = scores.some((score) => score < 0 || score > 1);
  return areLogits ? scores.map((score) => 1 / (1 + Math.exp(-score))) : scores;
}
