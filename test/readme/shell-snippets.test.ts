import { execFile, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unstable_readConfig } from "wrangler";
import * as z from "zod";
import { programs } from "../../scripts/clients/program.ts";
import { readSnippets } from "../../scripts/clients/snippets.ts";
import { toButtonMarkdown } from "../../scripts/docs/button.ts";
import { serveGateway, type LoopbackGateway } from "../clients/support/loopback-gateway.ts";
import { projectDirectory, readCodeBlocks, readProjectFile } from "./code-blocks.ts";

/**
 * Every line of shell in every document is of a kind that is named here, and is run, or is checked as far as it goes
 * without a Cloudflare account. Programs in TypeScript are run by the tests that are named. A snippet that is new and of
 * no kind fails.
 */

const documents = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "examples/README.md",
  ...readdirSync(join(projectDirectory, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

interface Snippet {
  readonly document: string;
  readonly language: string;
  readonly code: string;
}

const snippets = documents.flatMap((document) =>
  readCodeBlocks(readProjectFile(document)).map((block): Snippet => ({ document, ...block })),
);

interface Command {
  readonly document: string;
  /** One command, over several lines where they are joined. */
  readonly text: string;
}

/** A line; what is quoted and what ends in a backslash goes on in the next. */
const LINE = /(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\\n|[^\n'"])+/g;

const commands = snippets
  .filter(({ language }) => language === "sh")
  .flatMap(({ document, code }) =>
    [...code.replaceAll(/\s+# .*$/gm, "").matchAll(LINE)]
      .flatMap(([line]) => (/['"]/.test(line) ? [line] : line.split("&&")))
      .map((text): Command => ({ document, text: text.trim() })),
  );

const LOCAL = "http://localhost:8787";
const hasCurl = spawnSync("curl", ["--version"]).status === 0;
const hasRequests = spawnSync("python3", ["-c", "import requests"]).status === 0;

/** What is run here: what the gateway of this test has, which keeps no managed keys. */
const isRunHere = ({ text }: Command): boolean =>
  text.startsWith("curl ") && text.includes(LOCAL) && !/\/admin\//.test(text);

/** The kinds of everything else, and why each is in order. */
const kinds: readonly (readonly [pattern: RegExp, check: (match: RegExpExecArray) => void])[] = [
  // Run by the tests of these documents.
  [/^curl http:\/\/localhost:8787\/admin\/keys /, () => expectReader("test/scripts/keys.test.ts", "docs/keys.md")],
  [
    /^curl (?:--no-buffer )?http:\/\/localhost:8915\//,
    () => expectReader("test/readme/emulator-document.test.ts", "docs/emulator.md"),
  ],
  [/^npm (?:install|ci|test)$/, () => undefined],
  [/^(?:FUZZ_RUNS=\d+ )?npx vitest run --project (?:workers|node) (\S+)$/, ([, path = ""]) => expectPath(path)],
  [
    /^(?:FLAREGATE_ADMIN_KEY=… )?npm run (?:--silent )?([\w:]+)(?: -- ([^]*))?$/,
    ([, script = "", words = ""]) => expectScript(script, words),
  ],
  // It changes `package.json`: held against the button that is made of it.
  [
    /^npm pkg set repository=(\S+)$/,
    ([, repository]) => expect(toButtonMarkdown(JSON.stringify({ repository }))).toContain(`?url=${repository}`),
  ],
  // They need an account, or somebody who reads.
  [/^npx wrangler ([a-z]+)(?: put [A-Z_]+)?$/, ([, name = ""]) => expect(wranglerCommands).toContain(name)],
  [
    /^curl "https:\/\/api\.cloudflare\.com\/client\/v4\/accounts\/\$ACCOUNT_ID\/analytics_engine\/sql"/,
    () => undefined,
  ],
  // Run by `npm run clients`.
  [/^(codex|opencode|cline|cn) /, ({ input }) => expectProgram(input)],
  [/^git pull$|^claude$|^qwen --auth-type openai$/, () => undefined],
  [/^export (?:ANTHROPIC|OPENAI|FLAREGATE)_[A-Z_]+=\S+$/, () => undefined],
];

function expectPath(path: string): void {
  expect([path, existsSync(join(projectDirectory, path))]).toEqual([path, true]);
}

function expectReader(test: string, document: string): void {
  expect(readProjectFile(test)).toContain(`"${document}"`);
}

/** The line stands in a section that a program of the script follows. */
function expectProgram(line: string): void {
  const followed = programs.flatMap(({ document, heading }) => readSnippets(readProjectFile(document), heading));
  expect(followed.map(({ code }) => code).join()).toContain(line);
}

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readProjectFile("package.json")));

/** The script exists, and where it is a program of ours its source knows each option. */
function expectScript(name: string, words: string): void {
  const command = scripts[name] ?? "";
  expect([name, command]).toEqual([name, expect.stringMatching(/./)]);
  const [program] = /(?:scripts|bench)\/[\w-]+\.ts/.exec(command) ?? [];
  // wrangler takes what `npm run dev` and `npm run emulator` are given.
  if (program === undefined || program === "scripts/dev.ts") return;
  const source = readSources(program);
  for (const [, option = ""] of words.matchAll(/(?<=^|\s)--([a-z-]+)/g)) {
    expect(source).toMatch(new RegExp(`^ +"?${option}"?: (?:\\{ type:|text,|\\(value)`, "m"));
  }
}

/** A program, and the modules in its folder. */
function readSources(program: string): string {
  const folder = join(projectDirectory, program.replace(/\.ts$/, ""));
  const modules = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(".ts"))
        .map((name) => join(folder, name))
    : [];
  return [join(projectDirectory, program), ...modules].map((path) => readFileSync(path, "utf8")).join("\n");
}

let wranglerCommands: readonly string[] = [];
let gateway: LoopbackGateway;
beforeAll(async () => {
  gateway = await serveGateway();
  const help = await run("npx", ["wrangler", "--help"], "");
  wranglerCommands = [...help.matchAll(/^ +wrangler ([a-z]+)\b/gm)].map(([, name = ""]) => name);
});
afterAll(() => gateway.close());

function run(command: string, args: readonly string[], input: string): Promise<string> {
  const env = { ...process.env, NO_PROXY: "*", no_proxy: "*" };
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, { cwd: projectDirectory, env, timeout: 25_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${error.message}\n${stdout}\n${stderr}`));
    });
    child.stdin?.end(input);
  });
}

describe("a command in a document", () => {
  it.runIf(hasCurl).each(commands.filter(isRunHere))(
    "of $document, by curl, gets an answer: $text",
    async ({ text }) => {
      const script = `${text.replaceAll(LOCAL, gateway.origin)} --silent --show-error --fail-with-body\n`;
      const output = await run("bash", ["-euo", "pipefail", "-s"], script);
      expect(output).toMatch(/^\{|^data: /);
      expect(output).not.toContain('"error":{');
    },
  );

  it.each(commands.filter((command) => !isRunHere(command)))("of $document is one that there is: $text", ({ text }) => {
    const [kind] = kinds.flatMap(([pattern, check]) => {
      const match = pattern.exec(text);
      return match === null ? [] : [{ match, check }];
    });
    expect([text, kind !== undefined]).toEqual([text, true]);
    kind?.check(kind.match);
  });

  it("is in every document that is looked at", () => {
    expect(commands.filter(isRunHere).length).toBeGreaterThan(6);
    expect(commands.length).toBeGreaterThan(50);
  });
});

describe("a program in a document", () => {
  /** Each document with programs, and the test that runs all of them. */
  const runners: Readonly<Record<string, string>> = {
    "README.md": "test/readme/examples.test.ts",
    "docs/audio.md": "test/readme/audio-document.test.ts",
    "docs/clients.md": "test/clients/document.test.ts",
    "docs/emulator.md": "test/readme/emulator-document.test.ts",
    "docs/images.md": "test/readme/images-document.test.ts",
    "docs/messages.md": "test/readme/messages-document.test.ts",
    "docs/responses.md": "test/clients/responses-document.test.ts",
  };

  it("in TypeScript or JavaScript is run by the test of the document", () => {
    const written = snippets.filter(({ language }) => /^(?:ts|js|tsx|jsx|typescript|javascript)$/.test(language));
    expect(written.length).toBeGreaterThan(12);
    for (const { document } of written) {
      expect([document, runners[document]]).toEqual([document, expect.any(String)]);
      expectReader(runners[document] ?? "", document);
    }
  });

  it("in Python for Workers AI's own API prints the answer", { skip: !hasRequests }, async () => {
    const [program] = snippets.filter(
      ({ language, document }) => language === "python" && document === "docs/workers-ai-api.md",
    );
    const output = await run("python3", ["-"], program?.code.replaceAll(LOCAL, gateway.origin) ?? "");
    expect(output).toMatch(/^\{'result': \{'shape': \[2, 768\], .*'success': True/s);
  });
});

describe("a piece of wrangler.toml in a document", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "flaregate-toml-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(snippets.filter(({ language, document }) => language === "toml" && document !== "docs/programs.md"))(
    "of $document is one that wrangler reads: $code",
    async ({ code }) => {
      const config = readProjectFile("wrangler.toml");
      const path = join(folder, "wrangler.toml");
      // What is no table has to stand in front of all tables.
      await writeFile(path, code.startsWith("[") ? `${config}\n${code}` : `${code}\n${config}`);
      expect(unstable_readConfig({ config: path }).name).toBe("flaregate");
    },
  );
});
