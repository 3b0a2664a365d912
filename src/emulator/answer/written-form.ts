import { readable } from "../instance/evidence.ts";
import { generateText } from "../language/generate.ts";
import type { Random } from "../language/random.ts";
import { setTokens, type Token } from "../language/token.ts";
import { contentWords } from "../language/words.ts";
import { readCount } from "./answer-length.ts";
import { jsonAnswer } from "./json-answer.ts";
import { topicOf } from "./prose.ts";
import type { RunTask } from "./run-task.ts";
import { isInstruction, subjectOf } from "./subject.ts";

/** An answer in the form that a message asks for: a sum, a list, a poem, code, an object, a shortened text. */
export function writtenForm(task: RunTask, message: string, random: Random): Iterable<Token> | undefined {
  const text = readable(message).trim();
  const result = calculate(text) ?? shorten(text) ?? haiku(text, random) ?? code(text);
  if (result !== undefined) return setTokens(result);
  if (/\bJSON (?:object|array)\b/i.test(text) && /\b(?:give|write|make|create|return|show|generate)\b/i.test(text)) {
    return setTokens(`Here it is:\n\n\`\`\`json\n${jsonAnswer(task, { type: "json_object" })}\n\`\`\``);
  }
  return list(task, text, random);
}

const SUM =
  /^(?:please |can you )?(?:what(?:'s| is)|calculate|compute|how much is)?\s*(-?\d+(?:\.\d+)?)\s*(\+|plus|-|minus|\*|×|x|times|\/|÷|divided by)\s*(-?\d+(?:\.\d+)?)\s*[=?.]*$/i;

function calculate(text: string): string | undefined {
  const [, left = "", sign = "", right = ""] = SUM.exec(text) ?? [];
  if (sign === "") return undefined;
  return `${left} ${sign} ${right} is ${Number(operate(Number(left), sign.toLowerCase(), Number(right)).toFixed(6))}.`;
}

function operate(left: number, sign: string, right: number): number {
  if (sign === "+" || sign === "plus") return left + right;
  if (sign === "-" || sign === "minus") return left - right;
  return sign === "/" || sign === "÷" || sign === "divided by" ? left / right : left * right;
}

/** `Summarize the following text: …` gives the first sentence of what follows. */
function shorten(text: string): string | undefined {
  const given = /\bsummari[sz]e\b[^:\n]{0,80}[:\n]\s*([^]+)$/i.exec(text)?.[1];
  const first = given === undefined ? undefined : /^[^.!?\n]{3,300}[.!?]?/.exec(given.trim())?.[0];
  return first === undefined ? undefined : `In short: ${first}`;
}

const HAIKU: readonly (readonly string[])[] = [
  ["Old pond in the dusk", "Morning mist rises", "One leaf letting go"],
  ["the wind turns a page alone", "a small boat finds the harbour", "slow rain writes upon the stone"],
  ["and night is listening", "no word is wasted", "the river goes on"],
];

function haiku(text: string, random: Random): string | undefined {
  if (!/\b(?:haiku|poem|verse|limerick|sonnet)\b/i.test(text)) return undefined;
  const lines = HAIKU.map((choices) => choices[Math.floor(random() * choices.length)] ?? "");
  const subject = /\b(?:about|on|for)\s+([\p{L} ]{2,40})/iu.exec(text)?.[1]?.trim();
  return `${subject === undefined ? "" : `${subject.charAt(0).toUpperCase()}${subject.slice(1)}\n\n`}${lines.join(",\n")}.`;
}

const LANGUAGES: readonly (readonly [RegExp, string, (name: string) => string])[] = [
  [/\bpython\b/i, "python", (name) => `def ${name}(value):\n    """Stands in for the real thing."""\n    return value`],
  [/\bsql\b/i, "sql", (name) => `SELECT *\nFROM ${name}\nORDER BY id;`],
  [/\b(?:bash|shell)\b/i, "sh", (name) => `#!/bin/sh\nset -eu\necho "${name}: $1"`],
  [/\bgo(?:lang)?\b/i, "go", (name) => `func ${camel(name)}(value string) string {\n\treturn value\n}`],
  [/\brust\b/i, "rust", (name) => `fn ${name}(value: &str) -> String {\n    value.to_string()\n}`],
  [/\bhtml\b/i, "html", (name) => `<section id="${name}">\n  <p>Hello.</p>\n</section>`],
  [/\bjavascript\b|\bjs\b/i, "js", (name) => `export function ${camel(name)}(value) {\n  return value;\n}`],
  [/(?:)/, "ts", (name) => `export function ${camel(name)}(value: string): string {\n  return value;\n}`],
];

const ASKS_FOR_CODE =
  /\b(?:write|create|implement|give|show|generate|make)\b[^.\n]{0,60}\b(?:code|function|script|program|query|class|snippet|method)\b/i;
const CODE_WORD =
  /^(?:code|function|script|program|query|class|snippet|method|python|sql|bash|shell|golang|rust|html|javascript|js|typescript|ts|implement|java)$/;

/** The outline of a program, in the language that was named. */
function code(text: string): string | undefined {
  if (!ASKS_FOR_CODE.test(text)) return undefined;
  const words = contentWords(text).filter(
    (word) => /^[a-z]+$/.test(word) && !CODE_WORD.test(word) && !isInstruction(word),
  );
  const name = words.slice(0, 3).join("_") || "answer";
  const [, language = "", write] = LANGUAGES.find(([pattern]) => pattern.test(text)) ?? [];
  if (write === undefined) return undefined;
  return (
    `Here is an outline:\n\n\`\`\`${language}\n${write(name)}\n\`\`\`\n\n` +
    "The offline emulator does not write programs that work; a real model will fill it in."
  );
}

function camel(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const COUNTED =
  /\b(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:\w+ ){0,2}(?:tips|ideas|ways|reasons|things|examples|steps|facts|questions|points|items|names|benefits)\b/i;
const MOST_ITEMS = 20;

/** A numbered list of sentences. */
function list(task: RunTask, text: string, random: Random): Iterable<Token> | undefined {
  const counted = COUNTED.exec(text)?.[1];
  if (counted === undefined && !/^(?:please )?(?:list|name|enumerate)\b/i.test(text)) return undefined;
  return listTokens(task, text, Math.min(readCount(counted ?? "three"), MOST_ITEMS), random);
}

function* listTokens({ sampling }: RunTask, text: string, items: number, random: Random): Generator<Token, void> {
  const subject = subjectOf(text);
  yield* setTokens(subject === "" ? "Here they are:\n\n" : `Here is my answer about ${subject}:\n\n`);
  const topic = topicOf(text);
  const said = new Set<string>();
  for (let item = 1; item <= items; item++) {
    yield* setTokens(`${item}.`);
    yield* generateText({ sentences: 1, words: Number.POSITIVE_INFINITY, topic, sampling, random, said });
    if (item < items) yield { text: "\n" };
  }
}
