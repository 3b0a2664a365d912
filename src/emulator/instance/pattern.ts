import type { Evidence } from "./evidence.ts";

/** A text that matches a pattern: one from the message if any does, else one built from the pattern's simple parts. */
export function textForPattern(pattern: string, evidence: Evidence): string {
  const expression = compile(pattern);
  if (expression === undefined) return evidence.text.trim();
  const words = evidence.text.split(/\s+/).map((word) => word.replace(/[.,;!?]+$/, ""));
  const said = [
    ...evidence.quoted,
    ...evidence.codes,
    ...evidence.dates,
    ...evidence.emails,
    ...evidence.urls,
    ...words,
  ];
  return said.find((text) => expression.test(text)) ?? build(pattern);
}

function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, "u");
  } catch {
    return undefined;
  }
}

const ATOM = /\\([dwsDWS])|\\(.)|\[(\^?)((?:\\.|[^\]])*)\]|([.])|([()|^$?+*])|(\{[^}]*\})|([^])/gu;

/** Classes, literals and counted repeats; of alternatives the first. Groups are read through. */
function build(pattern: string): string {
  let text = "";
  let atom = "";
  let depthSkipped = 0;
  let depth = 0;
  for (const match of pattern.matchAll(ATOM)) {
    const [, shorthand, escaped, negated, members, dot, operator, counts, literal] = match;
    if (operator === "(") depth++;
    if (operator === ")") {
      depth--;
      if (depth < depthSkipped) depthSkipped = 0;
    }
    if (depthSkipped > 0) continue;
    if (operator === "|") {
      if (depth === 0) break;
      depthSkipped = depth;
      continue;
    }
    if (counts !== undefined) {
      const times = Number(/\d+/.exec(counts)?.[0] ?? 1);
      text = text.slice(0, text.length - atom.length) + atom.repeat(times);
      continue;
    }
    if (operator !== undefined) continue;
    atom =
      shorthand === undefined
        ? (escaped ??
          (members === undefined ? (dot === undefined ? (literal ?? "") : "a") : classMember(members, negated === "^")))
        : ({ d: "1", w: "a", s: " ", D: "a", W: "-", S: "a" }[shorthand] ?? "");
    text += atom;
  }
  return text;
}

function classMember(members: string, negated: boolean): string {
  if (negated) return ["a", "1", "-", " "].find((candidate) => !members.includes(candidate)) ?? "_";
  const first = /^\\([dws])/.exec(members)?.[1];
  if (first !== undefined) return { d: "1", w: "a", s: " " }[first] ?? "a";
  return members.replace(/^\\/, "").charAt(0);
}
