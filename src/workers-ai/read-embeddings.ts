import type { Usage } from "../completion/event.ts";
import type { RawAnswer } from "./raw-answer.ts";
import { readJsonAnswer, unusableAnswerError } from "./read-json.ts";
import { readUsage } from "./read-usage.ts";

export interface Embeddings {
  /** In the order of the texts. */
  readonly vectors: readonly (readonly number[])[];
  /** Absent where the upstream told none, as its models' pages have it. */
  readonly usage: Usage | undefined;
}

/** The vectors of an answer, `{"shape": [2, 768], "data": [[…], […]]}`. Throws where there is not one for each text. */
export async function readEmbeddings(answer: RawAnswer, texts: number): Promise<Embeddings> {
  const { data, usage } = await readJsonAnswer(answer);
  if (!Array.isArray(data) || data.length !== texts || !data.every(isVector)) throw unusableAnswerError();
  return { vectors: data, usage: readUsage(usage) };
}

function isVector(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 && value.every((member) => typeof member === "number");
}
