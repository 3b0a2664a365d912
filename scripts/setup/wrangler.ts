import { spawn } from "node:child_process";
import { delimiter, dirname, resolve } from "node:path";

export interface WranglerResult {
  readonly code: number;
  readonly output: string;
}

/** Runs the project's wrangler, or the one that stands before it on the path. With `show` its output is seen as it comes. */
export function runWrangler(args: readonly string[], { show = false } = {}): Promise<WranglerResult> {
  // This process is the project's own Node, which wrangler needs too.
  const path = [dirname(process.execPath), process.env["PATH"] ?? "", resolve("node_modules/.bin")].join(delimiter);
  return new Promise((done, fail) => {
    const child = spawn("wrangler", args, {
      env: { ...process.env, PATH: path, WRANGLER_HIDE_BANNER: "true" },
      // The terminal stays wrangler's own while it shows something: it may ask which account is meant.
      stdio: [show ? "inherit" : "ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    let output = "";
    for (const [stream, target] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const) {
      stream.on("data", (data: Buffer) => {
        output += data.toString();
        if (show) target.write(data);
      });
    }
    child.on("error", fail);
    child.on("close", (code) => done({ code: code ?? 1, output }));
  });
}

/** The names of the secrets that the Worker has; none where it was never deployed. */
export async function listSecrets(config: string): Promise<ReadonlySet<string>> {
  const { code, output } = await runWrangler(["secret", "list", "--config", config]);
  if (code !== 0) return new Set();
  return new Set([...output.matchAll(/"name":\s*"([A-Z0-9_]+)"/g)].map(([, name = ""]) => name));
}

/** Where wrangler says that the Worker is reached: the domain if it has one, else its address under workers.dev. */
export function readDeployedUrl(output: string, domain: string | undefined): string | undefined {
  if (domain !== undefined) return `https://${domain}`;
  return /https:\/\/[a-z0-9.-]+\.workers\.dev/i.exec(output)?.[0];
}
