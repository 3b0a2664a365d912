import type { OfferedTool } from "./leaked-call.ts";

/**
 * What the beginning of a text says of the rest.
 *
 * `text`: it is no call. `undecided`: so far it may be one. `items`: it begins with calls, behind `skip` characters of
 * introduction, and goes on so to the end of the answer. `wrapped`: it begins with a tag, `skip` characters long, that
 * `closing` will close, around calls or around the arguments of `tool`.
 */
export type Opening =
  | { readonly type: "text" | "undecided" }
  | { readonly type: "items"; readonly skip: number }
  | {
      readonly type: "wrapped";
      readonly skip: number;
      readonly closing: string;
      readonly tool: OfferedTool | undefined;
    };

const TEXT: Opening = { type: "text" };
const UNDECIDED: Opening = { type: "undecided" };
const PYTHON_TAG = "<|python_tag|>";

/** Tags around calls, with the models that leak them. */
const CALL_TAGS: readonly (readonly [opening: string, closing: string])[] = [
  // Quirk(native, qwen and hermes models, 2026-07): calls in `<tool_call>` tags; fixture leaked-tool-call-tag.sse.
  ["<tool_call>", "</tool_call>"],
  // Quirk(native, qwen2.5-coder-32b-instruct, 2026-07): calls in `<tools>` tags; fixture leaked-tools-tag.sse.
  ["<tools>", "</tools>"],
];

/** An opening that is longer than this beside the tool's name is none. In UTF-16 units. */
const MAX_LENGTH = 128;

/** Looks at the beginning of a text. `isWhole`: it is the beginning of the answer, and calls need no tag there. */
export function matchOpening(text: string, tools: readonly OfferedTool[], isWhole: boolean): Opening {
  const opening = text.startsWith("<") ? matchTag(text, tools) : isWhole ? matchItems(text, tools, 0) : TEXT;
  const longestName = tools.reduce((longest, { name }) => Math.max(longest, name.length), 0);
  return opening === UNDECIDED && text.length > MAX_LENGTH + 2 * longestName ? TEXT : opening;
}

/** Whether `matchOpening` may find something in a text that begins so. */
export function canOpen(character: string, tools: readonly OfferedTool[], isWhole: boolean): boolean {
  if (character === "<") return true;
  return isWhole && (character === "{" || character === "[" || tools.some(({ name }) => name.startsWith(character)));
}

function matchTag(text: string, tools: readonly OfferedTool[]): Opening {
  // Quirk(native, llama models, 2026-07): calls behind `<|python_tag|>`, to the end of the answer; fixture
  // leaked-python-tag.sse. No sighting on Workers AI itself is known; the models' own documentation has it.
  if (text.startsWith(PYTHON_TAG)) return matchItems(text, tools, PYTHON_TAG.length);
  let isUndecided = PYTHON_TAG.startsWith(text);
  for (const [opening, closing] of CALL_TAGS) {
    if (!text.startsWith(opening)) isUndecided ||= opening.startsWith(text);
    else {
      const items = matchItems(text, tools, opening.length);
      return items.type === "items" ? { type: "wrapped", skip: opening.length, closing, tool: undefined } : items;
    }
  }
  for (const tool of tools) {
    // Quirk(native, qwen2.5-coder-32b-instruct and llama models, 2026-07): the arguments in a tag that names the tool;
    // fixtures leaked-name-tag.sse, leaked-function-tag.sse.
    for (const [opening, closing] of [
      [`<${tool.name}>`, `</${tool.name}>`],
      [`<function=${tool.name}>`, "</function>"],
    ] as const) {
      if (!text.startsWith(opening)) isUndecided ||= opening.startsWith(text);
      else return matchArguments(text, opening, closing, tool);
    }
  }
  return isUndecided ? UNDECIDED : TEXT;
}

function matchArguments(text: string, opening: string, closing: string, tool: OfferedTool): Opening {
  const body = text.slice(opening.length).trimStart();
  if (body.startsWith("{") || body === closing) return { type: "wrapped", skip: opening.length, closing, tool };
  return closing.startsWith(body) ? UNDECIDED : TEXT;
}

/** Looks at calls without a tag: an object, a list of objects or of Python calls, or one Python call. */
function matchItems(text: string, tools: readonly OfferedTool[], skip: number): Opening {
  const start = skipSpace(text, skip);
  const isList = text.charAt(start) === "[";
  const position = isList ? skipSpace(text, start + 1) : start;
  if (position === text.length) return UNDECIDED;
  const match =
    text.charAt(position) === "{" ? matchObject(text, position, tools) : matchName(text, position, "(", tools);
  return match === "yes" ? { type: "items", skip: start } : match === "maybe" ? UNDECIDED : TEXT;
}

type Match = "yes" | "maybe" | "no";

/** `{"name": "f"`, `{"type": "function"`, `{"function": {`, `{"arguments": {` or `{"parameters": {`. */
function matchObject(text: string, brace: number, tools: readonly OfferedTool[]): Match {
  const quote = skipSpace(text, brace + 1);
  if (quote === text.length) return "maybe";
  if (text.charAt(quote) !== '"') return "no";
  const key = /[a-z]*/y;
  key.lastIndex = quote + 1;
  const name = key.exec(text)?.[0] ?? "";
  const colon = expect(text, key.lastIndex, '"', ":");
  if (typeof colon === "string") return colon === "maybe" && isKeyBeginning(name) ? "maybe" : "no";
  switch (name) {
    case "name":
    case "type": {
      const value = expect(text, colon, '"');
      if (typeof value === "string") return value;
      return matchName(text, value, '"', name === "type" ? [{ name: "function" }] : tools);
    }
    case "function":
    case "arguments":
    case "parameters": {
      const value = expect(text, colon, "{");
      return typeof value === "string" ? value : "yes";
    }
    default:
      return "no";
  }
}

function isKeyBeginning(text: string): boolean {
  return ["name", "type", "function", "arguments", "parameters"].some((key) => key.startsWith(text));
}

/** A tool's name with `end` behind it. */
function matchName(text: string, from: number, end: string, tools: readonly { readonly name: string }[]): Match {
  const position = text.indexOf(end, from);
  if (position === -1) return tools.some(({ name }) => name.startsWith(text.slice(from))) ? "maybe" : "no";
  return tools.some(({ name }) => name === text.slice(from, position)) ? "yes" : "no";
}

/** The position behind these characters, between which white space may stand. */
function expect(text: string, from: number, ...characters: readonly string[]): number | "maybe" | "no" {
  let position = from;
  for (const character of characters) {
    position = skipSpace(text, position);
    if (position === text.length) return "maybe";
    if (text.charAt(position) !== character) return "no";
    position += 1;
  }
  return position;
}

function skipSpace(text: string, from: number): number {
  let position = from;
  while (position < text.length && /\s/.test(text.charAt(position))) position += 1;
  return position;
}
