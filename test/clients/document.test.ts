import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { programs } from "../../scripts/clients/program.ts";
import { readSnippets } from "../../scripts/clients/snippets.ts";
import { projectDirectory, readCodeBlocks, readProjectFile, readTable } from "../readme/code-blocks.ts";
import { readTestTitles } from "../readme/test-titles.ts";
import { runExampleAt } from "./support/run-example.ts";
import { serveGateway, type LoopbackGateway } from "./support/loopback-gateway.ts";

/** `docs/clients.md`: its examples run as they stand but for the port, its facts name tests that exist. */

const document = readProjectFile("docs/clients.md");
const blocks = readCodeBlocks(document);
const typescriptBlocks = blocks.filter(({ language }) => language === "ts");
/** `npm run clients` runs it with its package, which is not installed here. */
const runByScript = typescriptBlocks.filter(({ code }) => code.includes('from "@llamaindex/openai"'));

let gateway: LoopbackGateway;
beforeAll(async () => {
  gateway = await serveGateway();
});
afterAll(() => gateway.close());

const hasPythonClient = spawnSync("python3", ["-c", "import openai"]).status === 0;

const runExample = (mark: string): Promise<string> => runExampleAt(blocks, mark, gateway.origin);

describe("the examples of docs/clients.md", () => {
  it("are all run by a test, but for one that a script runs", () => {
    expect([typescriptBlocks.length, runByScript.length]).toEqual([6, 1]);
    const snippets = programs.flatMap((program) =>
      program.document === "docs/clients.md" ? readSnippets(document, program.heading) : [],
    );
    expect(snippets).toEqual(expect.arrayContaining([...runByScript]));
  });

  it.runIf(hasPythonClient)("OpenAI's SDK for Python prints a streamed answer and its usage", async () => {
    const [program] = blocks.filter(({ language, code }) => language === "python" && code.includes("import OpenAI"));
    const code = program?.code.replaceAll("http://localhost:8787", gateway.origin) ?? "";
    const { stdout } = await promisify(execFile)("python3", ["-c", code], { env: { ...process.env, NO_PROXY: "*" } });
    expect(stdout).toMatch(/^1, 2, 3, 4, 5\.\n[1-9]\d* tokens\n$/);
  });

  it("OpenAI's SDK prints a streamed answer and its usage", async () => {
    expect(await runExample("chat.completions.stream")).toMatch(/^1, 2, 3, 4, 5\.\n[1-9]\d* tokens\n$/);
  });

  it("the AI SDK calls a tool and prints an answer with its result", async () => {
    expect(await runExample("createOpenAICompatible({")).toMatch(/42.*\([1-9]\d* tokens\)\n$/s);
  });

  it("the AI SDK's provider of OpenAI prints a streamed answer", async () => {
    expect(await runExample("openai.chat(")).toBe("1, 2, 3, 4, 5.");
  });

  it("LangChain calls a tool and prints an answer with its result", async () => {
    expect(await runExample("new ChatOpenAI(")).toContain("42");
  });

  it("the Agents SDK hands off, calls a tool and prints an answer with its result", async () => {
    expect(await runExample("Agent.create(")).toMatch(/^Billing agent: .*refund/s);
  });
});

describe("docs/clients.md", () => {
  it("names the versions that are installed", () => {
    const { devDependencies } = z
      .object({ devDependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readProjectFile("package.json")));
    const rows = readTable(document, "package", "tested versions");
    expect(rows.length).toBe(6);
    for (const [name = "", versions = ""] of rows) {
      const plainName = name.replaceAll("`", "");
      const installed = Object.entries(devDependencies)
        .filter(([alias, version]) => alias === plainName || version.startsWith(`npm:${plainName}@`))
        .map(([, version]) => version.replace(/^npm:.*@/, ""));
      expect([name, versions.split(", ").toSorted()]).toEqual([name, installed.toSorted()]);
    }
  });

  it("names tests that exist", () => {
    const rows = document.split("\n## ").flatMap((section) => readTable(section, "fact", "test"));
    expect(rows.length).toBeGreaterThan(20);
    for (const [, test = ""] of rows) {
      const [file = "", title = ""] = test.split(" › ").map((part) => part.replaceAll("`", ""));
      expect([file, existsSync(`${projectDirectory}/test/clients/${file}`)]).toEqual([file, true]);
      expect(readTestTitles(readProjectFile(`test/clients/${file}`))).toContain(title);
    }
  });
});
