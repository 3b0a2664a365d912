import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { firstUsableKey, makeKey, parseStaticKeyNames } from "../../scripts/setup/keys.ts";
import { toPlan } from "../../scripts/setup/plan.ts";
import { readDeployedUrl } from "../../scripts/setup/wrangler.ts";

/** `npm run setup`, with a wrangler in front of the real one that writes down what it is asked. */

const FAKE = `#!/usr/bin/env node
const fs = require("node:fs");
const args = process.argv.slice(2);
const file = args.indexOf("--secrets-file");
const secrets = file === -1 ? undefined : JSON.parse(fs.readFileSync(args[file + 1], "utf8"));
const mode = file === -1 ? undefined : (fs.statSync(args[file + 1]).mode & 0o777).toString(8);
fs.appendFileSync(process.env.FAKE_LOG, JSON.stringify({ args, secrets, mode }) + "\\n");
if (args[0] === "whoami") process.exit(process.env.FAKE_LOGGED_OUT === "1" ? 1 : 0);
if (args[0] === "secret") console.log(process.env.FAKE_SECRETS ?? "[]");
if (args[0] === "deploy") {
  if (process.env.FAKE_BROKEN === "1") process.exit(1);
  console.log("Deployed flaregate triggers\\n  https://flaregate.someone.workers.dev");
}
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "flaregate-setup-test-"));
  await writeFile(join(folder, "wrangler"), FAKE);
  await chmod(join(folder, "wrangler"), 0o755);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Call {
  readonly args: readonly string[];
  readonly secrets?: Readonly<Record<string, string>>;
  readonly mode?: string;
}

async function setup(args: readonly string[], variables: Record<string, string> = {}) {
  const log = join(folder, "log");
  await writeFile(log, "");
  const env = {
    ...process.env,
    ...variables,
    FAKE_LOG: log,
    PATH: [folder, process.env["PATH"] ?? ""].join(delimiter),
  };
  const { code, output } = await new Promise<{ code: number; output: string }>((resolve) => {
    execFile(process.execPath, ["scripts/setup.ts", "--yes", ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr });
    });
  });
  const calls = (await readFile(log, "utf8"))
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Call => JSON.parse(line));
  return { code, output, calls };
}

describe.skipIf(process.platform === "win32")("npm run setup", () => {
  it("makes keys, deploys them with the code, and prints a command that works", async () => {
    const { code, output, calls } = await setup([]);
    const deploy = calls.at(-1);
    expect(calls.map(({ args }) => args[0])).toEqual(["whoami", "secret", "deploy"]);
    expect(deploy?.args.slice(0, 3)).toEqual(["deploy", "--config", "wrangler.toml"]);
    expect(deploy?.mode).toBe("600");
    expect(deploy?.secrets).toEqual({
      API_KEYS: expect.stringMatching(/^first:sk-\w{32}$/),
      ADMIN_KEY: expect.stringMatching(/^sk-\w{32}$/),
    });
    const key = deploy?.secrets?.["API_KEYS"]?.slice("first:".length) ?? "none";
    expect(output).toContain("Base URL  https://flaregate.someone.workers.dev/v1");
    expect(output).toContain(`-H "Authorization: Bearer ${key}"`);
    expect(output).toContain(`npm run smoke -- https://flaregate.someone.workers.dev ${key}`);
    expect(code).toBe(0);
  });

  it("keeps the keys that the Worker has", async () => {
    const present = JSON.stringify([
      { name: "API_KEYS", type: "secret_text" },
      { name: "ADMIN_KEY", type: "secret_text" },
    ]);
    const { output, calls } = await setup([], { FAKE_SECRETS: present });
    expect(calls.at(-1)?.args).toEqual(["deploy", "--config", "wrangler.toml"]);
    expect(output).toContain("The Worker has API_KEYS, ADMIN_KEY");
    expect(output).not.toContain("sk-");
  });

  it("sets what the command line says", async () => {
    const { calls } = await setup([
      "--api-keys",
      "ci:sk-given",
      "--fallbacks",
      "llama-3.3-70b=gemma-4-26b, qwen3-30b",
      "--gateway-id",
      "team",
      "--domain",
      "ai.example.com",
      "--staging",
    ]);
    const deploy = calls.at(-1);
    expect(deploy?.args).toEqual(expect.arrayContaining(["wrangler.staging.toml", "--domain", "ai.example.com"]));
    expect(deploy?.secrets).toMatchObject({
      API_KEYS: "ci:sk-given",
      MODEL_FALLBACKS: '{"llama-3.3-70b":["gemma-4-26b","qwen3-30b"]}',
      AI_GATEWAY_ID: "team",
    });
  });

  it("stops before anything is deployed where nobody is logged in", async () => {
    const { code, output, calls } = await setup([], { FAKE_LOGGED_OUT: "1" });
    expect(calls.map(({ args }) => args[0])).toEqual(["whoami"]);
    expect(output).toContain("npx wrangler login");
    expect(code).toBe(1);
  });

  it("stops where a setting is wrong", async () => {
    const { code, output, calls } = await setup(["--api-keys", "not a key"]);
    expect(calls.map(({ args }) => args[0])).not.toContain("deploy");
    expect(output).toContain("API_KEYS: entry 1 is none of");
    expect(code).toBe(1);
  });

  it("fails where the deployment does", async () => {
    const { code, output } = await setup([], { FAKE_BROKEN: "1" });
    expect(output).toContain("The deployment failed");
    expect(output).not.toContain("sk-");
    expect(code).toBe(1);
  });

  it("asks nothing of Cloudflare in a dry run", async () => {
    const { code, calls } = await setup(["--dry-run"]);
    expect(calls.map(({ args }) => args[0])).toEqual(["deploy"]);
    expect(calls[0]?.args).toContain("--dry-run");
    expect(code).toBe(0);
  });
});

describe("the plan of a deployment", () => {
  it.each([
    [{ fallbacks: "llama" }, "'llama' is no fallback"],
    [{ fallbacks: "a=" }, "'a=' is no fallback"],
    [{ gatewayId: "my gateway" }, "'my gateway' is no id"],
    [{ domain: "https://x" }, "'https://x' is no domain"],
  ])("refuses %j", (answers, message) => {
    expect(() => toPlan(answers, new Set(), makeKey)).toThrow(message);
  });

  it("takes empty answers for none", () => {
    const answers = { apiKeys: "", adminKey: "", fallbacks: "", gatewayId: "", domain: "" };
    expect(toPlan(answers, new Set(["API_KEYS", "ADMIN_KEY"]), makeKey)).toEqual({
      secrets: {},
      made: {},
      domain: undefined,
    });
  });
});

it("a key that is made is one that the Worker takes, and no other", () => {
  expect(parseStaticKeyNames(`first:${makeKey()}`)).toEqual(["first"]);
  expect(makeKey()).not.toBe(makeKey());
});

it("the first key that can be used is found among names and hashes", () => {
  expect(firstUsableKey(`a:sha256:${"0".repeat(64)},b:sk-one,sk-two`)).toBe("sk-one");
  expect(firstUsableKey(`sha256:${"0".repeat(64)}`)).toBeUndefined();
});

it("the address of the Worker is its domain, or what wrangler prints", () => {
  expect(readDeployedUrl("…", "ai.example.com")).toBe("https://ai.example.com");
  expect(readDeployedUrl("Deployed\n  https://a-b.c.workers.dev\n", undefined)).toBe("https://a-b.c.workers.dev");
  expect(readDeployedUrl("none", undefined)).toBeUndefined();
});
