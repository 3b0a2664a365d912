import { tokenize } from "./tokenizer.ts";

/** A token of an answer, with what the model held likely in its place. */
export interface Token {
  readonly text: string;
  /** Absent where the text was set and not drawn. */
  readonly drawnFrom?: { readonly token: string; readonly candidates: ReadonlyMap<string, number> };
}

/** The tokens of a text that nobody drew. */
export function* setTokens(text: string): Generator<Token, void> {
  for (const piece of tokenize(text)) yield { text: piece };
}
