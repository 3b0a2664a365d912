import type { Usage } from "../completion/event.ts";
import { isRecord } from "../json.ts";
import type { RawAnswer } from "./raw-answer.ts";
import { readJsonAnswer, unusableAnswerError } from "./read-json.ts";
import { readUsage } from "./read-usage.ts";

export interface Ranking {
  /** The model's own score of each context, in the order of the contexts. */
  readonly scores: readonly number[];
  readonly usage: Usage | undefined;
}

/** The scores of an answer, `{"response": [{"id": 1, "score": 0.7}, …]}`. Throws where one of the contexts has none. */
export async function readRanking(answer: RawAnswer, contexts: number): Promise<Ranking> {
  const { response, usage } = await readJsonAnswer(answer);
  const byId = new Map((Array.isArray(response) ? response : []).filter(isRecord).map(({ id, score }) => [id, score]));
  const scores = Array.from({ length: contexts }, (_, id) => byId.get(id)).filter((score) => typeof score === "number");
  if (scores.length < contexts) throw unusableAnswerError();
  return { scores, usage: readUsage(usage) };
}
