import type { ModelEntry } from "../models/model.ts";
import type { AnswerIdentity } from "../translate/answer-identity.ts";

/** The identity of an answer that is made now by this model. */
export function toIdentity(id: string, entry: ModelEntry): AnswerIdentity {
  return { id, created: Math.floor(Date.now() / 1000), model: entry.id };
}
