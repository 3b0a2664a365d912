import { identifierWords } from "../language/words.ts";
import type { Evidence } from "./evidence.ts";

const NAME = String.raw`\p{Lu}[\p{L}\p{M}'-]*(?: \p{Lu}[\p{L}\p{M}'-]*)*`;

/** `city is Paris`, `title: "Plan"`, `named Ada`: the value that a message gives by the property's own name. */
export function afterCue(property: string, evidence: Evidence): string | undefined {
  // The cue in any case, the value as it is written: names must keep their capitals.
  const cue = [...identifierWords(property).join("_")]
    .map((letter) => (letter === "_" ? "[ _-]?" : `[${letter}${letter.toUpperCase()}]`))
    .join("");
  if (cue === "") return undefined;
  const quoted = String.raw`["“'](?<quoted>[^"”']+)["”']|(?<name>${NAME})`;
  const joint = String.raw`(?:\s+(?:is|are|called|named|of)\s+|\s*[:=]\s*)`;
  const strict = new RegExp(String.raw`\b${cue}d?${joint}(?:${quoted}|(?<word>[\p{L}\p{N}_.@-]*[\p{L}\p{N}]))`, "u");
  const loose = new RegExp(String.raw`\b${cue}d?\s+(?:${quoted})`, "u");
  const groups = (strict.exec(evidence.text) ?? loose.exec(evidence.text))?.groups;
  const found = groups?.quoted ?? groups?.name ?? groups?.word;
  if (found !== undefined) forget(found, evidence);
  return found;
}

const JOINT = String.raw`(?=\s+(?:in|at|for|to|from|on|with|and|then|by|please|using|of|about|tomorrow|today|next|this|or)\b|[.,;:!?\n]|$)`;

/** The words after a preposition: a name, or what stands before the next joint of the sentence. */
export function takeAfter(prepositions: readonly string[], evidence: Evidence): string | undefined {
  for (const preposition of prepositions) {
    const start = String.raw`\b${preposition}\s+(?:the |a |an |my |our )?`;
    const match = new RegExp(String.raw`${start}(["“']?)([^\s.,;:!?"”][^.,;:!?"”\n]{0,80}?)\1${JOINT}`, "iu").exec(
      evidence.text,
    );
    const found = match?.[2]?.trim();
    if (found === undefined || found === "") continue;
    forget(found, evidence);
    return found;
  }
  return undefined;
}

/** The name that stands after a preposition of place, wherever in the message. */
export function takePlacedName(evidence: Evidence): string | undefined {
  const placed = evidence.names.find((name) =>
    ["in", "at", "near", "of", "for"].some((preposition) =>
      evidence.text.toLowerCase().includes(`${preposition} ${name.toLowerCase()}`),
    ),
  );
  if (placed !== undefined) forget(placed, evidence);
  return placed;
}

/** The rest of the sentence after a word such as "about". */
export function clauseAfter(words: readonly string[], evidence: Evidence): string | undefined {
  const match = new RegExp(String.raw`\b(?:${words.join("|")})\s+(?:the |a |an )?([^.?!\n]+)`, "iu").exec(
    evidence.text,
  );
  return match?.[1]?.trim();
}

function forget(value: string, evidence: Evidence): void {
  for (const list of [evidence.names, evidence.quoted, evidence.codes, evidence.emails]) {
    const index = list.indexOf(value);
    if (index !== -1) list.splice(index, 1);
  }
}
