import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveGateway, type LoopbackGateway } from "../clients/support/loopback-gateway.ts";

/** The programs of examples/, run as they stand against the gateway and its emulator. */

let gateway: LoopbackGateway;
beforeAll(async () => {
  gateway = await serveGateway();
});
afterAll(() => gateway.close());

/** This process is the project's own Node, which strips types. */
function run(program: string, args: readonly string[] = [], input = ""): Promise<string> {
  const env = { ...process.env, OPENAI_BASE_URL: `${gateway.origin}/v1`, OPENAI_API_KEY: "sk-local", NO_PROXY: "*" };
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [`examples/${program}`, ...args],
      { env, timeout: 25_000 },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(`${error.message}\n${stdout}\n${stderr}`));
      },
    );
    child.stdin?.end(input);
  });
}

describe("the example", () => {
  it("chat.ts streams an answer for each line and keeps the conversation", async () => {
    const output = await run("chat.ts", [], "Hello!\nCount to 5\n");
    expect(output).toContain("Hello! How can I help you today?\n");
    expect(output).toContain("1, 2, 3, 4, 5.\n");
  });

  it("tool-loop.ts makes the call that the model asks for and prints the answer", async () => {
    const output = await run("tool-loop.ts", ["What is 12.5 multiplied by 8?"]);
    expect(output).toMatch(/^multiply\(\{.*\}\) = 100\n/);
    expect(output.trimEnd().split("\n").at(-1)).toContain("100");
  });

  it("structured-output.ts prints a value that follows the schema", async () => {
    expect(await run("structured-output.ts")).toBe("{ name: 'Ada Lovelace', age: 36 }\n");
  });

  it("embeddings-search.ts ranks the document that speaks of the same thing first", async () => {
    const lines = (await run("embeddings-search.ts")).trimEnd().split("\n");
    expect(lines[0]).toMatch(/^\d\.\d{3} You get your money back/);
    expect(lines).toHaveLength(3);
  });
});

it("every program has a line in the README of the examples", () => {
  const readme = readFileSync("examples/README.md", "utf8");
  const programs = readdirSync("examples").filter((name) => name !== "README.md" && name !== "connection.ts");
  for (const program of programs) expect(readme).toContain(`](${program})`);
});
