import { execFile, spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectDirectory, readCodeBlocks, readProjectFile } from "./code-blocks.ts";
import { startDevServer, type DevServer } from "./dev-server.ts";

/** The README's examples, run as they stand but for the port, against `npm run dev`. */

const blocks = readCodeBlocks(readProjectFile("README.md")).filter(({ code }) => !code.includes("localhost:8915"));
const curlBlocks = blocks.filter(({ language, code }) => language === "sh" && code.startsWith("curl"));
// A machine that has Node and npm need not have curl.
const hasCurl = spawnSync("curl", ["--version"]).status === 0;
const typescriptBlocks = blocks.filter(({ language }) => language === "ts");

let server: DevServer;
beforeAll(async () => {
  server = await startDevServer();
}, 90_000);
afterAll(() => server.stop(), 20_000);

/** The block that contains this text; the README has exactly one. */
function find(list: typeof blocks, mark: string): string {
  const found = list.filter(({ code }) => code.includes(mark));
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} blocks of the README contain ${mark}`);
  return only.code.replaceAll("http://localhost:8787", server.origin);
}

function run(command: string, args: readonly string[], input: string): Promise<string> {
  const env = { ...process.env, NO_PROXY: "*", no_proxy: "*" };
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, { cwd: projectDirectory, env, timeout: 20_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${error.message}\n${stdout}\n${stderr}`));
    });
    child.stdin?.end(input);
  });
}

const runShell = (code: string): Promise<string> => run("bash", ["-euo", "pipefail", "-s"], code);

/** This process is the project's own Node, which strips types; from its standard input it resolves imports here. */
const runTypescript = (code: string): Promise<string> =>
  run(process.execPath, ["--input-type=module-typescript", "-"], code);

const chatAnswer = expect.objectContaining({
  object: "chat.completion",
  model: "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
  choices: [
    {
      index: 0,
      message: { role: "assistant", content: "Hello! How can I help you today?", refusal: null },
      logprobs: null,
      finish_reason: "stop",
    },
  ],
});

describe("the README's examples", () => {
  it("are all run by a test", () => {
    expect([curlBlocks.length, typescriptBlocks.length]).toEqual([2, 4]);
  });

  it.runIf(hasCurl)("curl answers with a chat completion", async () => {
    const output = await runShell(`${find(curlBlocks, "Hello!").trimEnd()} --silent --show-error\n`);
    expect(JSON.parse(output)).toEqual(chatAnswer);
  });

  it.runIf(hasCurl)("curl shows the chunks of a stream, usage and [DONE] at the end", async () => {
    const output = await runShell(`${find(curlBlocks, "include_usage").trimEnd()} --silent --show-error\n`);
    const records = output.trimEnd().split("\n\n");
    expect(records.at(-1)).toBe("data: [DONE]");
    expect(records.at(-2)).toMatch(/"choices":\[\],"usage":\{"prompt_tokens":\d+/);
    const chunks = records.slice(0, -2).map((record) => /"content":"([^"]*)"/.exec(record)?.[1] ?? "");
    expect(chunks.length).toBeGreaterThan(3);
    expect(chunks.join("")).toBe("1, 2, 3, 4, 5.");
  });

  it("the SDK prints an answer", async () => {
    expect(await runTypescript(find(typescriptBlocks, "console.log(completion.choices[0]?.message.content)"))).toBe(
      "Hello! How can I help you today?\n",
    );
  });

  it("the SDK prints a streamed answer", async () => {
    expect(await runTypescript(find(typescriptBlocks, "stream: true"))).toMatch(/^1, 2, 3, .*, 20\.$/);
  });

  it("the SDK runs a tool and prints an answer with its result", async () => {
    expect(await runTypescript(find(typescriptBlocks, "runTools"))).toContain("42");
  });

  it("the SDK prints an object that follows the schema", async () => {
    expect(await runTypescript(find(typescriptBlocks, "zodResponseFormat("))).toMatch(/name: '[^']+', age: 36/);
  });

  it.runIf(hasCurl)("the page at / shows a curl line that works when it is pasted", async () => {
    const page = await (await fetch(`${server.origin}/`)).text();
    expect(page).toContain(`${server.origin}/v1`);
    expect(page).toContain("sk-local");
    const line = page.slice(page.indexOf("curl ")).trimEnd();
    expect(JSON.parse(await runShell(`${line} --silent --show-error\n`))).toEqual(chatAnswer);
  });

  it("the models that go wrong on demand are listed, and go wrong", async () => {
    const headers = { authorization: "Bearer sk-local", "content-type": "application/json" };
    const list = await (await fetch(`${server.origin}/v1/models`, { headers })).text();
    const messages = [{ role: "user", content: "Hello!" }];
    for (const [model, status] of [
      ["@emulator/out-of-capacity", 429],
      ["@emulator/cut-stream", 200],
    ] as const) {
      expect(list).toContain(`"${model}"`);
      const body = JSON.stringify({ model, messages, stream: true });
      const response = await fetch(`${server.origin}/v1/chat/completions`, { method: "POST", headers, body });
      expect(response.status).toBe(status);
      expect(await response.text()).toContain('{"error":{');
    }
  });

  it("npm run dev starts without a warning and without an error", () => {
    // Behind that stand the lines of the log, which tell of the errors that these tests have asked for.
    const [start = ""] = server.output().split("Ready on");
    expect(start).not.toBe(server.output());
    expect(start).not.toMatch(/\b(?:warning|error|telemetry|failed)\b/i);
  });
});
