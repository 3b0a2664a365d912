import { readable } from "../instance/evidence.ts";
import { isStopWord } from "../language/words.ts";

// Words that say what to write, not what about.
const INSTRUCTIONS = new Set(
  `write tell explain describe summarize summarise translate compose create generate show list name say speak talk answer reply respond
  long longer longest short shorter very detailed brief simple quick word words sentence sentences paragraph paragraphs essay story text hi hello hey
  thanks simply briefly tips ideas ways reasons things examples steps facts questions points items names benefits one two three four five six seven eight nine ten`.split(
    /\s+/,
  ),
);

export function isInstruction(word: string): boolean {
  return INSTRUCTIONS.has(word.toLowerCase());
}

const MOST_WORDS = 8;
const ARTICLES = new Set(["the", "a", "an", "my", "your"]);

/** What a message is about, as a phrase of its own words that can stand inside a sentence; empty where it says nothing. */
export function subjectOf(message: string): string {
  const sentences = readable(message).split(/(?<=[.?!。！？])\s+|\n+/);
  return sentences.map(phraseOf).find((phrase) => phrase !== "") ?? "";
}

function phraseOf(sentence: string): string {
  const asked = /^how (?:do|does|can|could|would|should) (?:i|you|we|one|people) (.+)$/i.exec(sentence)?.[1];
  if (asked !== undefined) return `how to ${phraseOf(asked)}`;
  const about = /\babout\s+(.+)$/i.exec(sentence)?.[1];
  const words = (about ?? sentence)
    .split(/\s+/)
    .map(bare)
    .filter((word) => word !== "");
  const first = words.findIndex(says);
  if (first === -1) return "";
  const start = ARTICLES.has((words[first - 1] ?? "").toLowerCase()) ? first - 1 : first;
  const phrase = words.slice(start, start + MOST_WORDS);
  while (phrase.length > 0 && !says(phrase.at(-1) ?? "")) phrase.pop();
  return phrase
    .map((word, index) => (index === 0 && ARTICLES.has(word.toLowerCase()) ? word.toLowerCase() : word))
    .join(" ");
}

/** Whether a word carries a meaning of its own. */
function says(word: string): boolean {
  return !isStopWord(word.toLowerCase()) && !isInstruction(word);
}

/** A word without the marks around it: half of a pair of quotation marks would look odd in another sentence. */
function bare(word: string): string {
  return word.replaceAll(/^[^\p{L}\p{N}+#-]+|[^\p{L}\p{N}+#]+$/gu, "").slice(0, 60);
}
