import { beforeAll, expect, it } from "vitest";
import { type Finding, type SourceTree, lint } from "./lint.ts";

const longFile = Array.from({ length: 301 }, (_, line) => `export const value${line} = ${line};\n`).join("");
const longFunction = `export function long(): number {\n  let n = 0;\n${"  n += 1;\n".repeat(80)}  return n;\n}\n`;

/** One file for each rule that the house depends on; the file breaks it. */
const VIOLATIONS: readonly { readonly rule: string; readonly files: SourceTree }[] = [
  {
    rule: "typescript(no-floating-promises)",
    files: { "src/stream/floating.ts": "export function start(work: Promise<void>): void {\n  work;\n}\n" },
  },
  {
    rule: "typescript(no-misused-promises)",
    files: {
      "src/stream/misused.ts":
        "export function run(list: number[], work: (n: number) => Promise<void>): void {\n  list.forEach(work);\n}\n",
    },
  },
  {
    rule: "typescript(switch-exhaustiveness-check)",
    files: {
      "src/stream/switch.ts":
        'export function count(kind: "a" | "b"): number {\n  switch (kind) {\n    case "a":\n      return 1;\n  }\n  return 0;\n}\n',
    },
  },
  { rule: "typescript(no-explicit-any)", files: { "src/stream/any.ts": "export const value: any = 1;\n" } },
  {
    rule: "typescript(no-non-null-assertion)",
    files: { "src/stream/bang.ts": "export const first = (list: number[]): number => list[0]!;\n" },
  },
  {
    rule: "typescript(consistent-type-imports)",
    files: {
      "src/stream/kind.ts": "export interface Kind {\n  readonly name: string;\n}\n",
      "src/stream/value-import.ts":
        'import { Kind } from "./kind.ts";\nexport const name = (kind: Kind): string => kind.name;\n',
    },
  },
  {
    rule: "import(no-cycle)",
    files: {
      "src/stream/one.ts": 'import { two } from "./two.ts";\nexport const one = (): number => two();\n',
      "src/stream/two.ts": 'import { one } from "./one.ts";\nexport const two = (): number => one();\n',
    },
  },
  {
    rule: "import(no-default-export)",
    files: { "src/stream/default.ts": "const value = 1;\nexport default value;\n" },
  },
  {
    rule: "eslint(eqeqeq)",
    files: { "src/stream/equal.ts": "export const same = (a: number, b: number): boolean => a == b;\n" },
  },
  {
    rule: "eslint(no-console)",
    files: { "src/stream/log.ts": 'export function say(): void {\n  console.log("hello");\n}\n' },
  },
  { rule: "eslint(max-lines)", files: { "src/stream/long-file.ts": longFile } },
  { rule: "eslint(max-lines-per-function)", files: { "src/stream/long-function.ts": longFunction } },
];

const ACCEPTED: SourceTree = {
  "src/index.ts": "const worker = {};\nexport default worker;\n",
  "src/log.ts": 'export function say(): void {\n  console.log("hello");\n}\n',
  "src/models/catalogue/data.ts": longFile,
  "src/stream/nullish.ts": "export const missing = (value: unknown): boolean => value == null;\n",
  "test/stream/long-describe.test.ts": longFunction,
};

let findings: readonly Finding[];

beforeAll(async () => {
  findings = await lint(Object.assign({ ...ACCEPTED }, ...VIOLATIONS.map(({ files }) => files)));
});

it.for(VIOLATIONS)("the linter reports $rule", ({ rule, files }) => {
  const reported = findings.filter(({ path }) => Object.hasOwn(files, path)).map((finding) => finding.rule);
  expect(reported).toContain(rule);
});

it("the linter accepts entries, the log, data tables, `== null` and long test suites", () => {
  expect(findings.filter(({ path }) => Object.hasOwn(ACCEPTED, path))).toEqual([]);
});
