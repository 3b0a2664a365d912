import type { ToolOffer } from "../answer/run-task.ts";
import { objectOf } from "../json-value.ts";
import { contentWords, identifierWords, stem } from "../language/words.ts";

/** From here on a tool is worth calling. */
export const RELEVANT = 1.8;

const FULL_NAME = 10;
const NAME_WORD = 2;
const DESCRIPTION_WORD = 0.7;
const PARAMETER_WORD = 0.4;
// A word such as "get" is in the name of half of all tools.
const GENERIC = new Set(
  [
    "get",
    "fetch",
    "find",
    "look",
    "lookup",
    "search",
    "list",
    "create",
    "make",
    "set",
    "run",
    "call",
    "show",
    "read",
    "current",
    "return",
    "give",
    "information",
    "info",
    "data",
    "tool",
    "function",
    "use",
    "given",
    "user",
    "agent",
    "transfer",
    "handle",
    "request",
    "hand",
    "off",
    "handoff",
    "specify",
    "specific",
    "certain",
    "value",
    "result",
  ].map(stem),
);
const GENERIC_SHARE = 0.3;

/** Words that people use for one another. */
const SYNONYMS: readonly (readonly string[])[] = [
  ["weather", "forecast", "temperature", "rain", "sunny", "degrees"],
  ["calculate", "calculator", "compute", "math", "evaluate", "arithmetic", "expression"],
  ["add", "plus", "sum", "addition"],
  ["multiply", "product", "multiplication"],
  ["subtract", "minus", "difference"],
  ["divide", "divided", "division"],
  ["mail", "email"],
  ["time", "clock", "hour"],
  ["price", "cost", "quote", "expensive"],
  ["buy", "order", "purchase"],
  ["refund", "reimburse", "money"],
  ["bill", "billing", "invoice", "payment", "charge"],
  ["remind", "reminder"],
  ["meeting", "appointment", "event", "calendar", "schedule"],
  ["web", "internet", "online", "google"],
  ["picture", "image", "photo", "draw"],
];

const CREATIVE = /\b(?:write|tell|compose|invent)\b.{0,24}\b(?:story|poem|joke|song|essay|haiku|limerick)\b/i;

/** How well a tool fits what a message asks for. */
export function relevance(tool: ToolOffer, message: string): number {
  if (message.toLowerCase().includes(tool.name.toLowerCase())) return FULL_NAME;
  const asked = wordsOf(message);
  const named = new Set(identifierWords(tool.name).map(stem));
  let score = overlap(named, asked, NAME_WORD);
  // A story about the weather does not need the weather.
  if (CREATIVE.test(message)) return score >= 2 * NAME_WORD ? score : 0;
  const described = new Set(
    contentWords(tool.description)
      .map(stem)
      .filter((word) => !named.has(word)),
  );
  score += overlap(described, asked, DESCRIPTION_WORD);
  const parameters = Object.keys(objectOf(tool.parameters.properties)).flatMap(identifierWords).map(stem);
  score += overlap(
    new Set(parameters.filter((word) => !named.has(word) && !described.has(word))),
    asked,
    PARAMETER_WORD,
  );
  return score;
}

function overlap(words: ReadonlySet<string>, asked: ReadonlySet<string>, weight: number): number {
  let score = 0;
  for (const word of words) {
    if (asked.has(word)) score += GENERIC.has(word) ? weight * GENERIC_SHARE : weight;
  }
  return score;
}

/** The stems of a message, with their synonyms and the operations that its calculations name. */
function wordsOf(message: string): ReadonlySet<string> {
  // "12 times 8" asks for a product, and not for the time.
  const words = new Set(contentWords(message.replace(/(\d\s*)times(?=\s*-?\d)/gi, "$1*")).map(stem));
  for (const group of SYNONYMS) {
    const stems = group.map(stem);
    if (stems.some((word) => words.has(word))) for (const word of stems) words.add(word);
  }
  for (const word of arithmeticWords(message)) words.add(stem(word));
  return words;
}

function arithmeticWords(message: string): readonly string[] {
  const words: string[] = [];
  const between = (signs: string) => new RegExp(String.raw`\d\s*\)*\s*(?:${signs})\s*\(*\s*-?\d`, "i").test(message);
  if (between(String.raw`\+|plus|and`) && /\+|plus|sum|add/i.test(message)) words.push("add", "sum", "plus");
  if (between(String.raw`\*|×|x|times|multiplied by`)) words.push("multiply", "product");
  if (between(String.raw`-|minus`) && !/\d{4}-\d{2}/.test(message)) words.push("subtract", "minus");
  if (between(String.raw`\/|÷|divided by`)) words.push("divide", "division");
  if (words.length > 0)
    words.push("calculate", "calculator", "compute", "math", "expression", "evaluate", "arithmetic");
  return words;
}
