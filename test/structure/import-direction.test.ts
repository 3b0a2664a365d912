import { readdir } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { type Finding, lint } from "./lint.ts";

const LEAVES = ["errors.ts", "json.ts"];
const NEUTRAL = ["completion/", "stream/", "config/", ...LEAVES];
const WIRES = ["openai/", "workers-ai/", "workers-ai/binding.ts", ...NEUTRAL];
const RULES = ["translate/", "models/", "keys/", ...WIRES];
const EDGE = ["gateway/", "anthropic/", "stored-responses/", "env.ts", "log.ts", ...RULES];

/** What each part of src/ may import from the others: the design's one sentence on direction, spelled out. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  "errors.ts": [],
  "json.ts": [],
  "log.ts": LEAVES,
  "config/": LEAVES,
  "completion/": ["stream/", "config/", ...LEAVES],
  "stream/": ["config/", ...LEAVES],
  "playground/": ["stream/", "config/", ...LEAVES],
  "stored-responses/": ["config/", "stream/", ...LEAVES],
  "openai/": NEUTRAL,
  "anthropic/": ["openai/", ...NEUTRAL],
  "workers-ai/": NEUTRAL,
  "models/": WIRES,
  "keys/": WIRES,
  "translate/": ["models/", "anthropic/", ...WIRES],
  "gateway/": RULES,
  "env.ts": ["gateway/", "stored-responses/", ...RULES],
  "routes/": ["playground/", ...EDGE],
  "middleware/": EDGE,
  "api-document/": ["translate/", "models/", "keys/", "anthropic/", "env.ts", ...WIRES],
  "emulator/": ["models/", "stream/", "workers-ai/binding.ts", ...LEAVES],
  "app.ts": ["routes/", "middleware/", "playground/", ...EDGE],
  "index.ts": ["app.ts", "env.ts", "keys/", "stored-responses/", ...LEAVES],
  "dev.ts": ["app.ts", "emulator/", "routes/", "middleware/", "playground/", ...EDGE],
};

/** Packages that have their place, and who may import them. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  hono: ["routes/", "middleware/", "app.ts"],
  "hono/cors": ["routes/", "middleware/", "app.ts"],
  openai: [],
  "@anthropic-ai/sdk": [],
  "openai/error": [],
  "@cloudflare/cabidela": ["emulator/", "dev.ts"],
  "node:fs": [],
};

const parts = Object.keys(ALLOWED);
const targets = [...parts, "workers-ai/binding.ts"];

/** A file that imports every other part and every package with a place, one a line. */
interface Importer {
  readonly part: string;
  readonly path: string;
  readonly imports: readonly { readonly of: string; readonly specifier: string; readonly allowed: boolean }[];
}

const importers = parts.flatMap((part) =>
  part.endsWith("/")
    ? [toImporter(part, `src/${part}case.ts`, "../"), toImporter(part, `src/${part}deeper/case.ts`, "../../")]
    : [toImporter(part, `src/${part}`, "./")],
);

function toImporter(part: string, path: string, up: string): Importer {
  const others = targets
    .filter((target) => !target.startsWith(part))
    .map((of) => ({
      of,
      specifier: `${up}${of.endsWith("/") ? `${of}some-subject.ts` : of}`,
      allowed: ALLOWED[part]?.includes(of) === true,
    }));
  const packages = Object.entries(PACKAGES).map(([of, users]) => ({
    of,
    specifier: of,
    allowed: users.includes(part),
  }));
  return { part, path, imports: [...others, ...packages] };
}

function writeImports(importer: Importer): string {
  return importer.imports.map(({ specifier }) => `export { thing } from "${specifier}";\n`).join("");
}

describe("the linter's import direction", () => {
  let findings: readonly Finding[];

  beforeAll(async () => {
    findings = await lint(Object.fromEntries(importers.map((importer) => [importer.path, writeImports(importer)])));
  });

  it.for(importers)("refuses in $path exactly what the design does not allow", ({ path, imports }) => {
    const refused = findings
      .filter((finding) => finding.path === path && finding.rule === "eslint(no-restricted-imports)")
      .map(({ line }) => imports[line - 1]?.of);
    const forbidden = imports.filter(({ allowed }) => !allowed).map(({ of }) => of);
    expect(new Set(refused)).toEqual(new Set(forbidden));
  });

  it("covers every part of src", async () => {
    const entries = await readdir("src", { withFileTypes: true });
    const present = entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
    expect(parts).toEqual(expect.arrayContaining(present));
  });
});

describe("imports other than plain ones", () => {
  it("are held to the same direction", async () => {
    const findings = await lint({
      "src/openai/type-only.ts": 'export type { Attempt } from "../workers-ai/attempt.ts";\n',
      "src/openai/dynamic.ts": 'export const attempt = import("../workers-ai/attempt.ts");\n',
    });
    expect(findings.map(({ path }) => path).toSorted()).toEqual(["src/openai/dynamic.ts", "src/openai/type-only.ts"]);
  });

  it("may take types from the official client, and env.ts from Hono", async () => {
    const files = {
      "src/openai/client-types.ts": 'import type { OpenAI } from "openai";\nexport type Client = OpenAI;\n',
      "src/env.ts": 'import type { Context } from "hono";\nexport type GatewayContext = Context;\n',
    };
    expect(await lint(files)).toEqual([]);
  });
});
