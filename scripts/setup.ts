/**
 * `npm run setup`: deploys the gateway for the first time, with the keys and settings that it asks for, and prints a
 * command that works. It may be run again: what the Worker has is kept unless it is replaced.
 *
 *     npm run setup
 *     npm run setup -- --yes --api-keys "ci:sk-…" --fallbacks "llama-3.3-70b=gemma-4" --gateway-id my-gateway --domain ai.example.com
 *     npm run setup -- --staging --dry-run
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { firstUsableKey, makeKey } from "./setup/keys.ts";
import { toPlan } from "./setup/plan.ts";
import type { Answers, Plan } from "./setup/plan.ts";
import { listSecrets, readDeployedUrl, runWrangler } from "./setup/wrangler.ts";

const { values: options } = parseArgs({
  options: {
    yes: { type: "boolean", default: false },
    "dry-run": { type: "boolean", default: false },
    staging: { type: "boolean", default: false },
    "api-keys": { type: "string" },
    "admin-key": { type: "string" },
    fallbacks: { type: "string" },
    "gateway-id": { type: "string" },
    domain: { type: "string" },
  },
});

const config = options.staging ? "wrangler.staging.toml" : "wrangler.toml";
const isDryRun = options["dry-run"];
const given: Answers = {
  apiKeys: options["api-keys"],
  adminKey: options["admin-key"],
  fallbacks: options.fallbacks,
  gatewayId: options["gateway-id"],
  domain: options.domain,
};

async function main(): Promise<void> {
  step(1, "Looking for your Cloudflare account");
  if (isDryRun) console.log("A dry run: nothing is asked of Cloudflare, and nothing changes there.");
  else await requireLogin();
  step(2, "Settings");
  const present = isDryRun ? new Set<string>() : await listSecrets(config);
  if (present.size > 0)
    console.log(`The Worker has ${[...present].join(", ")}; they are kept unless you replace them.`);
  const plan = toPlan(await ask(present), present, makeKey);
  console.log(`Secrets to set: ${Object.keys(plan.secrets).join(", ") || "none"}`);
  step(3, isDryRun ? "Building the Worker" : "Deploying the Worker");
  const url = await deploy(plan);
  step(4, isDryRun ? "Done, but for the deployment" : "Done");
  report(plan, url);
}

function step(number: number, what: string): void {
  console.log(`\n[${number}/4] ${what}`);
}

async function requireLogin(): Promise<void> {
  const { code } = await runWrangler(["whoami", "--json"]);
  if (code === 0) return;
  throw new Error(
    "wrangler is not logged in. Run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN to a token that may edit Workers and use Workers AI.",
  );
}

/** What the command line did not say is asked, where there is somebody to ask. */
async function ask(present: ReadonlySet<string>): Promise<Answers> {
  if (options.yes || !process.stdin.isTTY) return given;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const question = async (answer: string | undefined, text: string): Promise<string> =>
    answer ?? (await terminal.question(`${text}: `)).trim();
  const otherwise = (name: string): string => (present.has(name) ? "Enter keeps what is there" : "Enter makes one");
  try {
    return {
      apiKeys: await question(given.apiKeys, `Client keys, like ci:sk-…,app:sk-… (${otherwise("API_KEYS")})`),
      adminKey: await question(given.adminKey, `Admin key for managed keys (${otherwise("ADMIN_KEY")})`),
      fallbacks: await question(given.fallbacks, "Fallbacks, like llama-3.3-70b=gemma-4-26b;… (Enter for none)"),
      gatewayId: await question(given.gatewayId, "Id of an AI Gateway to route through (Enter for none)"),
      domain: await question(given.domain, "Custom domain of a zone in this account (Enter for workers.dev)"),
    };
  } finally {
    terminal.close();
  }
}

/** Code and secrets go up together: at no time does the Worker answer without its keys. */
async function deploy({ secrets, domain }: Plan): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "flaregate-setup-"));
  const file = join(folder, "secrets.json");
  try {
    await writeFile(file, JSON.stringify(secrets), { mode: 0o600 });
    const { code, output } = await runWrangler(
      [
        "deploy",
        "--config",
        config,
        ...(isDryRun ? ["--dry-run"] : []),
        ...(Object.keys(secrets).length > 0 ? ["--secrets-file", file] : []),
        ...(domain === undefined ? [] : ["--domain", domain]),
      ],
      { show: true },
    );
    if (code !== 0) throw new Error("The deployment failed; wrangler's message above says why.");
    return readDeployedUrl(output, domain);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function report({ secrets, made }: Plan, url = "https://<your worker>"): void {
  const note = isDryRun ? "made for this dry run; the real one will be another" : "shown this once; keep it";
  for (const [name, value] of Object.entries(made)) console.log(`${name}=${value}   (${note})`);
  const key = firstUsableKey(secrets["API_KEYS"] ?? "") ?? "YOUR_KEY";
  console.log(`
Base URL  ${url}/v1

curl ${url}/v1/chat/completions \\
  -H "Authorization: Bearer ${key}" \\
  -H "Content-Type: application/json" \\
  -d '{"model": "@cf/meta/llama-3.3-70b-instruct-fp8-fast", "messages": [{"role": "user", "content": "Hello!"}]}'

npm run smoke -- ${url} ${key}   asks every endpoint once`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
