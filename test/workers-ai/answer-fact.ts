import type { ThinkingForm } from "../../src/completion/think-tags.ts";
import type { Summary } from "../completion/outcome.ts";

/** What one fixture shows: the answer in `file` comes out as `outcome`, however the network slices it. */
export interface AnswerFact {
  readonly file: string;
  readonly fact: string;
  readonly outcome: Summary;
  readonly maxTokens?: number;
  readonly thinks?: ThinkingForm;
  /** The request offered `weatherTools`. */
  readonly offersTools?: boolean;
}
