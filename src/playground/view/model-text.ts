import type { Model } from "../api/model-list.ts";
import { formatDollars, formatTokens } from "../chat/figures.ts";

/** The part of an id that tells the model from others: `llama-3.3-70b-instruct-fp8-fast`. */
export function shortName(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

const deeds: Readonly<Record<Model["path"], string | undefined>> = {
  "/chat/completions": undefined,
  "/embeddings": "makes embeddings",
  "/images/generations": "makes images",
  "/audio/speech": "speaks",
  "/audio/transcriptions": "writes down speech",
  "/rerank": "ranks documents",
};

/** What one has to know to choose a model, in a few words each. */
export function modelFacts({ path, contextLength, prices, supports, readsImages, schemas }: Model): readonly string[] {
  const deed = deeds[path];
  const facts: string[] = deed === undefined ? [] : [deed];
  if (contextLength !== undefined) facts.push(`${formatTokens(contextLength)} context`);
  if (prices !== undefined) {
    const million = [prices.prompt, prices.completion].flatMap((price) => price ?? []);
    facts.push(`${million.map((price) => formatDollars(price * 1_000_000)).join(" / ")} per M tokens`);
  }
  if (supports.has("tools")) facts.push("tools");
  if (readsImages) facts.push("images");
  if (schemas["reasoning_effort"] !== undefined) facts.push("reasoning");
  return facts;
}
