import { blank, digit, foreign, kindAt, letter, mark, newline, sumOverRuns } from "./text-runs.ts";

/**
 * An estimate of the tokens of `text` for a Llama-3-like tokeniser; 0 for the empty string. Message framing (about four
 * tokens a message) is the caller's to add. One pass, linear, no vocabulary: megabytes of merges would not fit a Worker's
 * start. Each run of characters gets the average cost of its kind, fitted to Llama 3's own tokeniser.
 *
 * Against that tokeniser: English prose, chat, Markdown and code −5 … +20 %, JSON and logs −5 … +20 %, random text (base64,
 * hex, UUIDs) −15 … +5 %, Chinese, Japanese, Korean, Cyrillic, Arabic, Thai and the scripts of India ±10 %, emoji −20 %; Latin
 * languages other than English −15 … 0 %, but long-worded ones (German, Polish, Finnish) down to −50 % and Vietnamese up
 * to +75 %. A tokeniser with a larger vocabulary (Gemma, gpt-oss, Qwen) needs fewer tokens.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(sumOverRuns(text, runCost));
}

function runCost(text: string, start: number, end: number, kind: number, previous: number): number {
  const length = end - start;
  switch (kind) {
    case letter:
      return lettersCost(text, start, end, previous);
    case digit:
      return Math.ceil(length / 3);
    case mark:
      return marksCost(text, start, end);
    case blank:
      // One blank belongs to the word after it.
      return length === 1 ? 0 : 1 + Math.floor(length / 128);
    case newline:
      // After marks it is part of their token (`;\n`, `{\n`).
      return (previous === mark ? 0.3 : 1) + Math.floor(length / 32);
    default:
      return foreignCost(text, start, end);
  }
}

/** Words: one token to seven letters or so, more where the case changes inside, and where it changes all the time. */
function lettersCost(text: string, start: number, end: number, previous: number): number {
  const length = end - start;
  let humps = 0;
  let changes = 0;
  let wasUpper = isUpper(text, start);
  for (let index = start + 1; index < end; index++) {
    const upper = isUpper(text, index);
    if (upper === wasUpper) continue;
    if (upper) humps++;
    if (index > start + 1) changes++;
    wasUpper = upper;
  }
  if (changes > 2 && changes * 5 > length * 2) return length / 1.45;
  if (previous === digit) return Math.max(1, length / 2);
  // A run behind `é` or `ü` is the rest of a word.
  const head = previous === foreign ? 0.75 : 1;
  return head + humps * 0.6 + Math.max(0, length - 5) * 0.07 + Math.max(0, length - 9) * 0.15;
}

function isUpper(text: string, index: number): boolean {
  return text.charCodeAt(index) < 0x5b;
}

function marksCost(text: string, start: number, end: number): number {
  const length = end - start;
  if (length === 1) return kindAt(text, end) === letter ? 0.6 : 1;
  const first = text.charCodeAt(start);
  let repeats = 0;
  for (let index = start + 1; index < end; index++) if (text.charCodeAt(index) === first) repeats++;
  return 1 + (length - 1 - repeats) * 0.35 + repeats / 32;
}

function foreignCost(text: string, start: number, end: number): number {
  let tokens = 0;
  for (let index = start; index < end; index++) tokens += characterCost(text.charCodeAt(index));
  return tokens;
}

/** Tokens a UTF-16 unit of a script. */
function characterCost(code: number): number {
  if (code < 0x250) return 0.6; // Latin with diacritics, within words
  if (code < 0x400) return 0.45; // Greek
  if (code < 0x530) return 0.34; // Cyrillic
  if (code < 0x600) return 1.2; // Armenian, Hebrew
  if (code < 0x700) return 0.46; // Arabic
  if (code < 0x900) return 1.5;
  if (code < 0x980) return 0.55; // Devanagari
  if (code < 0xe00) return 1.5; // the other scripts of India
  if (code < 0xe80) return 0.5; // Thai
  if (code < 0x1e00) return 2; // Georgian, Ethiopic, Khmer …
  if (code < 0x1f00) return 0.45; // Vietnamese
  if (code < 0x2070) return 1; // Greek with accents, typographic marks
  if (code < 0x3000) return 1.4; // symbols
  if (code < 0x3400) return 0.6; // kana
  if (code < 0xa000) return 0.85; // Chinese
  if (code < 0xac00) return 1.5;
  if (code < 0xd7b0) return 0.75; // Korean
  if (code < 0xe000) return 1; // halves of emoji and rare characters
  return 1;
}
