const TITLE = /(?:\b(it|describe)(?:\.\w+)*|\))\(\s*"((?:[^"\\]|\\.)*)",\s*(?:async\b|\(|\w+ =>)/g;
const EACH = /\b(it|describe)(?:\.\w+)*\.each\b/g;

/** The titles of the tests in a test file's source, as they are written there, with the `%s` of tests for many cases. */
export function readTestTitles(source: string): readonly string[] {
  return [...source.matchAll(TITLE)].flatMap((match) => {
    // A title behind `.each(…)` belongs to the last `it.each` or `describe.each` before it.
    const kind = match[1] ?? [...source.slice(0, match.index).matchAll(EACH)].at(-1)?.[1];
    return kind === "it" ? [(match[2] ?? "").replaceAll('\\"', '"')] : [];
  });
}
