import { execFile, spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faults } from "../../src/emulator/faults/fault-table.ts";
import { toFaultMarkdown } from "../../src/emulator/faults/fault-document.ts";
import { projectDirectory, readCodeBlocks, readPart, readProjectFile, readTable } from "./code-blocks.ts";
import { startDevServer, type DevServer } from "./dev-server.ts";

/** `docs/emulator.md`, and the README's examples for `npm run emulator`, run as they stand but for the port. */

const HOST = "http://localhost:8915";
const document = readProjectFile("docs/emulator.md");
const blocksOf = (path: string) => readCodeBlocks(readProjectFile(path)).filter(({ code }) => code.includes(HOST));
const curlBlocks = blocksOf("docs/emulator.md").filter(({ language }) => language === "sh");
const typescriptBlocks = blocksOf("docs/emulator.md").filter(({ language }) => language === "ts");
const readmeBlocks = blocksOf("README.md");
const hasCurl = spawnSync("curl", ["--version"]).status === 0;

let server: DevServer;
beforeAll(async () => {
  server = await startDevServer("emulator", "/");
}, 90_000);
afterAll(() => server.stop(), 20_000);

function run({ language, code }: { readonly language: string; readonly code: string }): Promise<string> {
  const local = code.replaceAll(HOST, server.origin);
  const [command, args, input] =
    language === "sh"
      ? (["bash", ["-euo", "pipefail", "-s"], `${local.trimEnd()} --silent --show-error\n`] as const)
      : ([process.execPath, ["--input-type=module-typescript", "-"], local] as const);
  const env = { ...process.env, NO_PROXY: "*", no_proxy: "*" };
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, { cwd: projectDirectory, env, timeout: 20_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${error.message}\n${stdout}\n${stderr}`));
    });
    child.stdin?.end(input);
  });
}

async function runOnly(blocks: typeof curlBlocks, mark: string): Promise<string> {
  const [only, ...others] = blocks.filter(({ code }) => code.includes(mark));
  if (only === undefined || others.length > 0) throw new Error(`not exactly one block contains ${mark}`);
  return await run(only);
}

describe("the examples for npm run emulator", () => {
  it("are all run by a test", () => {
    expect([curlBlocks.length, typescriptBlocks.length, readmeBlocks.length]).toEqual([4, 2, 2]);
  });

  it.runIf(hasCurl).each(["Where did the phrase", "Why is pizza"])("curl gets an envelope: %s", async (mark) => {
    expect(JSON.parse(await runOnly(curlBlocks, mark))).toEqual({
      result: expect.objectContaining({ usage: expect.anything() }),
      success: true,
      errors: [],
      messages: [],
    });
  });

  it.runIf(hasCurl)("curl gets a stream", async () => {
    expect(await runOnly(curlBlocks, '"stream": true')).toMatch(/^data: \{[^]+data: \[DONE\]\n\n$/);
  });

  it.runIf(hasCurl)("curl gets embeddings", async () => {
    expect(JSON.parse(await runOnly(curlBlocks, "bge-base"))).toMatchObject({ result: { shape: [2, 768] } });
  });

  it("fetch gets the calls of a tool, and the refusal of a retired model", async () => {
    const [refusal, calls] = (await runOnly(typescriptBlocks, "getWeather")).trim().split("\n");
    expect(JSON.parse(refusal ?? "")).toMatchObject({ success: false, errors: [{ code: 5028 }] });
    expect(JSON.parse(calls ?? "")).toMatchObject({
      result: { tool_calls: [{ arguments: { city: "Paris" } }, { arguments: { city: "Rome" } }] },
    });
  });

  it("fetch gets JSON by a schema", async () => {
    expect(JSON.parse(await runOnly(typescriptBlocks, "json_schema"))).toMatchObject({
      result: { response: { capital: "New Delhi" } },
    });
  });

  it.runIf(hasCurl)("those of the README answer", async () => {
    for (const block of readmeBlocks) expect(await run(block)).toContain("Hello");
  });
});

describe("docs/emulator.md", () => {
  it("shows every fault with its description (`npm run docs` writes them there)", () => {
    const shown = readPart(document, "faults");
    expect(shown).toBe(toFaultMarkdown());
    for (const { id } of faults) expect(shown).toContain(`| \`${id}\` |`);
  });

  it("names the variables that the emulator reads, as the README does", () => {
    const read = readProjectFile("src/emulator/environment.ts").match(/EMULATOR_[A-Z_]+(?=\?:)/g);
    const named = readTable(document, "name", "default", "meaning").map(([cell = ""]) => cell.replaceAll("`", ""));
    expect(named).toEqual(read);
    for (const name of named) expect(readProjectFile("README.md")).toContain(name);
  });
});
