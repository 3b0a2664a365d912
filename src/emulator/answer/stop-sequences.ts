import type { Token } from "../language/token.ts";

/** A piece of a text, and the tokens that it is made of. */
export interface Cut {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** The stop sequence before which the text ends. */
  readonly stop?: string;
}

/**
 * Ends a text before the first stop sequence. Tokens are held back while what is held could still turn out to be the
 * beginning of one.
 */
export function* cutAtStop(tokens: Iterable<Token>, stops: readonly string[]): Generator<Cut, void> {
  let held = "";
  let heldTokens: Token[] = [];
  for (const token of tokens) {
    held += token.text;
    heldTokens.push(token);
    const end = firstStop(held, stops);
    if (end !== -1) {
      const stop = stops.find((text) => held.startsWith(text, end)) ?? "";
      yield { text: held.slice(0, end), tokens: heldTokens, stop };
      return;
    }
    const safe = held.length - openEnding(held, stops);
    if (safe > 0) {
      yield { text: held.slice(0, safe), tokens: heldTokens };
      held = held.slice(safe);
      heldTokens = [];
    }
  }
  if (held !== "") yield { text: held, tokens: heldTokens };
}

function firstStop(text: string, stops: readonly string[]): number {
  return stops
    .map((stop) => text.indexOf(stop))
    .reduce((first, at) => (at !== -1 && (first === -1 || at < first) ? at : first), -1);
}

/** The length of the longest end of the text that begins a stop sequence. */
function openEnding(text: string, stops: readonly string[]): number {
  let longest = 0;
  for (const stop of stops) {
    for (let length = Math.min(stop.length - 1, text.length); length > longest; length--) {
      if (text.endsWith(stop.slice(0, length))) longest = length;
    }
  }
  return longest;
}
