import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { projectDirectory } from "./code-blocks.ts";

export interface DevServer {
  readonly origin: string;
  /** What npm and wrangler printed. */
  readonly output: () => string;
  /** Ends npm and everything that it started. */
  stop(): Promise<void>;
}

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 8000;
const POLL_MS = 200;

/** `npm run dev -- --port <free port>`, or another script of its kind, answering at the path. */
export async function startDevServer(script = "dev", readyPath = "/healthz"): Promise<DevServer> {
  const port = await findFreePort();
  // A group of its own: whatever npm starts can be ended with it, even where npm itself is gone.
  const npm = spawn("npm", ["run", script, "--", "--port", String(port)], {
    cwd: projectDirectory,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    // wrangler is not to ask anything or anybody, and a proxy must not come between the test and this machine.
    env: { ...process.env, CI: "true", NO_PROXY: "*", no_proxy: "*" },
  });
  const killGroup = (): void => void signalGroup(npm, "SIGKILL");
  process.once("exit", killGroup);
  let text = "";
  for (const stream of [npm.stdout, npm.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk.toString()));

  async function stop(): Promise<void> {
    signalGroup(npm, "SIGTERM");
    await waitUntil(() => !isGroupAlive(npm), STOP_LIMIT_MS);
    killGroup();
    process.off("exit", killGroup);
  }

  const origin = `http://localhost:${port}`;
  const isReady = async () => {
    if (npm.exitCode !== null) throw new Error(`npm run ${script} ended with ${npm.exitCode}:\n${text}`);
    const response = await fetch(`${origin}${readyPath}`).catch(() => undefined);
    return response?.ok === true;
  };
  try {
    if (await waitUntil(isReady, START_LIMIT_MS)) return { origin, output: () => text, stop };
    throw new Error(`npm run ${script} is not ready after ${START_LIMIT_MS} ms:\n${text}`);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}

async function waitUntil(condition: () => boolean | Promise<boolean>, limitMs: number): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  while (Date.now() < deadline) {
    if (await condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return false;
}

/** The negative id is the group's. */
function signalGroup({ pid }: ChildProcess, signal: "SIGTERM" | "SIGKILL" | 0): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(-pid, signal);
  } catch {
    // No process of the group is left.
    return false;
  }
}

function isGroupAlive(child: ChildProcess): boolean {
  return signalGroup(child, 0);
}
