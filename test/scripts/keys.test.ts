import { execFile, execFileSync, spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCommand, UsageError } from "../../scripts/keys/command-line.ts";
import { toTable } from "../../scripts/keys/table.ts";
import { readTarget } from "../../scripts/keys/target.ts";
import { projectDirectory, readCodeBlocks, readProjectFile } from "../readme/code-blocks.ts";
import { startDevServer } from "../readme/dev-server.ts";
import type { DevServer } from "../readme/dev-server.ts";

const shellBlocks = readCodeBlocks(readProjectFile("docs/keys.md")).map(({ code }) => code);
const hasCurl = spawnSync("curl", ["--version"]).status === 0;

interface Run {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** `npm run --silent keys -- …`, without npm. */
function runKeys(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Run> {
  const options = { cwd: projectDirectory, env: { ...process.env, FLAREGATE_ADMIN_KEY: "", ...environment } };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ["scripts/keys.ts", ...words], options, (_, output, errors) =>
      resolve({ code: child.exitCode ?? -1, output, errors }),
    );
  });
}

function idOf({ output }: Run): string {
  return /^id +(\S+)$/m.exec(output)?.[1] ?? "";
}

describe("npm run keys against the dev server", () => {
  let server: DevServer;

  beforeAll(async () => {
    server = await startDevServer();
  }, 90_000);

  afterAll(async () => {
    await server.stop();
  });

  const run = async (...words: string[]): Promise<Run> => runKeys([...words, "--url", server.origin]);

  async function chat(key: string): Promise<number> {
    const response = await fetch(`${server.origin}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({ model: "llama-3.3-70b", messages: [{ role: "user", content: "Hello" }] }),
    });
    await response.text();
    return response.status;
  }

  it("makes a key with the dev server's own admin key; it works, and is listed", async () => {
    const made = await run("create", "--name", "ci", "--models", "@cf/meta/*", "--rpm", "60", "--max-budget", "10");
    expect(made).toMatchObject({ code: 0, errors: "" });
    expect(made.output).toMatch(/^requests a minute {5}60$/m);
    expect(made.output).toMatch(/^budget {16}\$10$/m);
    const key = /^sk-fg-\S+$/m.exec(made.output)?.[0] ?? "";
    expect(await chat(key)).toBe(200);
    const listed = await run("list");
    const [heading = "", ...rows] = listed.output.trimEnd().split("\n");
    expect(heading).toMatch(/^id +name +status +models +rpm/);
    expect(rows.find((row) => row.includes(" ci "))).toMatch(/active +@cf\/meta\/\* +60 /);
    expect(listed.output).not.toContain(key.slice(-40));
  });

  it("shows, changes, rotates, blocks, lets go on and deletes one; with --json what the API answers", async () => {
    const json = async (...words: string[]): Promise<Record<string, unknown>> => {
      const { code, output } = await run(...words, "--json");
      expect(code).toBe(0);
      return JSON.parse(output);
    };
    const { id, key } = await json("create", "--name", "team-a", "--tpm", "1000", "--metadata", "team=a,room=7");
    const name = String(id);
    expect(await json("get", name)).toMatchObject({ object: "key", id, tpm: 1000, metadata: { team: "a", room: "7" } });
    const changed = await json("update", name, "--tpm", "none", "--max-parallel-requests", "4");
    expect(changed).toMatchObject({ tpm: null, max_parallel_requests: 4 });
    const rotated = await json("rotate", name, "--grace-period", "1h");
    expect([await chat(String(key)), await chat(String(rotated["key"]))]).toEqual([200, 200]);
    expect(await json("block", name)).toMatchObject({ blocked: true });
    expect(await chat(String(key))).toBe(401);
    expect(await json("unblock", name)).toMatchObject({ blocked: false });
    const { output } = await run("usage", name);
    expect(output).toMatch(/^\d{4}-\d\d-\d\d +@cf\/meta\/llama-3\.3-70b-instruct-fp8-fast +2 +0 /m);
    expect(output).toMatch(/^total +2 +0 +38 +0 +18 +\$0\.00005\d$/m);
    expect((await run("usage")).output).toMatch(/^team-a +\d{4}-\d\d-\d\d /m);
    expect(await json("delete", name)).toEqual({ object: "key", id, deleted: true });
    const gone = `There is no key with the id or the name '${name}'`;
    expect(await run("get", name)).toMatchObject({ code: 1, output: "", errors: expect.stringContaining(gone) });
  });

  it("takes the name of a key in place of its id, where one key alone has it", async () => {
    // The server keeps its keys from one run of this test to the next.
    const [name, shared] = [`alone-${Date.now()}`, `twin-${Date.now()}`];
    const alone = idOf(await run("create", "--name", name));
    const twins = [await run("create", "--name", shared), await run("create", "--name", shared)].map(idOf);
    // A name that is the id of another key: the id is what is meant.
    await run("create", "--name", alone);
    expect(idOf(await run("get", name))).toBe(alone);
    expect(idOf(await run("get", alone))).toBe(alone);
    expect(await run("usage", name)).toMatchObject({ code: 0, output: "Nothing was used in these days.\n" });
    const { code, output, errors } = await run("delete", shared);
    expect([code, output]).toEqual([1, ""]);
    expect(errors).toContain(`2 keys have the name '${shared}'`);
    for (const id of twins) expect(errors).toContain(id);
    expect((await run("block", name)).output).toMatch(/^status +blocked$/m);
    expect((await run("delete", name)).output).toBe(`Key ${alone} is deleted.\n`);
  });

  it.runIf(hasCurl)("is what the document's curl line does without it", async () => {
    const [curl = ""] = shellBlocks.filter((block) => block.startsWith("curl "));
    const code = `${curl.trimEnd().replaceAll("http://localhost:8787", server.origin)} --silent --show-error\n`;
    const output = execFileSync("bash", ["-euo", "pipefail", "-s"], { input: code, encoding: "utf8" });
    expect(JSON.parse(output)).toMatchObject({ name: "team-a", rpm: 60, key: expect.stringMatching(/^sk-fg-/) });
  });

  it("says what the gateway refuses, and exits with 1", async () => {
    const { code, errors } = await run("create", "--name", "two words");
    expect([code, errors]).toEqual([1, expect.stringContaining("answered 400: Invalid value for 'name'")]);
    const wrong = await runKeys(["list", "--url", server.origin], { FLAREGATE_ADMIN_KEY: "not-the-admin-key-at-all" });
    expect(wrong).toMatchObject({ code: 1, errors: expect.stringContaining("Incorrect admin key") });
  });
});

describe("npm run keys", () => {
  it("knows every command of the document", () => {
    const lines = shellBlocks
      .flatMap((block) => block.split("\n"))
      .filter((line) => line.startsWith("npm run keys -- "));
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) {
      const words = line.replace("npm run keys -- ", "").split(" ");
      expect(readCommand(words.map((word) => word.replaceAll('"', ""))).name).toBe(words[0]);
    }
  });

  it("says where nothing answers", async () => {
    const { code, errors } = await runKeys(["list", "--url", "http://127.0.0.1:9"]);
    expect([code, errors]).toEqual([1, expect.stringContaining("Nothing answers at http://127.0.0.1:9")]);
  });

  it("explains itself", async () => {
    for (const words of [[], ["help"], ["create", "--help"]]) {
      expect(await runKeys(words)).toMatchObject({ code: 0, output: expect.stringContaining("FLAREGATE_ADMIN_KEY") });
    }
  });

  it.each([
    [["nonsense"], "no command 'nonsense'"],
    [["create"], "--name ci"],
    [["create", "--name", "a", "--rpm", "many"], "--rpm needs a number, not 'many'"],
    [["create", "--name", "a", "--colour", "red"], "--colour"],
    [["get"], "Which key?"],
    [["get", "a", "b"], "no place for 'b'"],
    [["update", "a"], "Nothing is to be changed"],
  ])("exits with 2 where the command line is wrong: %j", async (words, message) => {
    expect(() => readCommand(words)).toThrow(UsageError);
    expect(() => readCommand(words)).toThrow(message);
  });

  it("exits with 2 for these", async () => {
    expect(await runKeys(["nonsense"])).toMatchObject({ code: 2, output: "" });
  });
});

describe("the gateway that a command is for", () => {
  it("is the development server, whose admin key is in its configuration", () => {
    const target = { origin: "http://localhost:8787", adminKey: "sk-admin-local-only" };
    expect(readTarget(undefined, {})).toEqual(target);
    expect(readTarget("http://127.0.0.1:9000/v1", {})).toEqual({ ...target, origin: "http://127.0.0.1:9000" });
  });

  it("is the one of --url, with the key of the environment", () => {
    const environment = { FLAREGATE_ADMIN_KEY: "the-key" };
    expect(readTarget("https://gateway.example.com/v1", environment)).toEqual({
      origin: "https://gateway.example.com",
      adminKey: "the-key",
    });
    expect(readTarget("http://localhost:8787", environment).adminKey).toBe("the-key");
  });

  it.each([
    ["https://gateway.example.com", "set FLAREGATE_ADMIN_KEY"],
    ["http://gateway.example.com", "over https only"],
    ["gateway.example.com", "needs a URL"],
    ["ftp://localhost", "over https only"],
  ])("is never %s without what that needs", (url, message) => {
    expect(() => readTarget(url, {})).toThrow(message);
  });
});

describe("a table", () => {
  it("sets numbers to the right, and shows a dash for nothing", () => {
    const table = toTable(
      ["name", "rpm>"],
      [
        ["ci", 60],
        ["team-a", null],
      ],
    );
    expect(table).toBe("name    rpm\nci       60\nteam-a    -");
  });
});
