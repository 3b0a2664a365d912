import { execFile } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { unstable_readConfig } from "wrangler";
import { isRecord, parseJson } from "../../src/json.ts";
import type { BuiltWorker } from "./build.ts";
import { startChild } from "./children.ts";

/** A Worker in a runtime process of its own, so that the process's CPU time is the Worker's. */
export interface RunningWorker {
  readonly port: number;
  readonly processId: number;
  stop(): Promise<void>;
}

export interface WorkerdOptions {
  /** Where Workers AI would be, and everything else that the Worker may try to reach. */
  readonly upstreamPort: number;
  /** Vars and secrets, as a deployment would set them. */
  readonly vars?: Readonly<Record<string, string>>;
  /** Durable Objects, by binding and class; their databases are files beside the bundle. */
  readonly objects?: Readonly<Record<string, string>>;
  readonly inspectorPort?: number;
}

export const WORKERD = "node_modules/workerd/bin/workerd";

/** Runs a bundle in workerd with the runtime's own `Ai` class, whose calls go to the loopback upstream. */
export async function startWorkerd(worker: BuiltWorker, options: WorkerdOptions): Promise<RunningWorker> {
  const configPath = await writeConfig(worker, options);
  const inspector = options.inspectorPort === undefined ? [] : [`--inspector-addr=127.0.0.1:${options.inspectorPort}`];
  // The access log is part of what a request costs; where it goes is not.
  const child = startChild(
    WORKERD,
    ["serve", "--binary", configPath, "--experimental", "--control-fd=3", ...inspector],
    {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    },
  );
  const port = await readPort(child);
  if (child.pid === undefined) throw new Error("workerd did not start.");
  return {
    port,
    processId: child.pid,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

/**
 * The configuration, as the runtime reads it. It would take a text as well, and compile it when it starts: 4 ms for the
 * modules of the gateway, which are no part of the start of a Worker.
 */
async function writeConfig(worker: BuiltWorker, options: WorkerdOptions): Promise<string> {
  const textPath = join(worker.folder, "workerd.capnp");
  await writeFile(textPath, toConfig(worker, options));
  const compiled = await promisify(execFile)(WORKERD, ["compile", "--config-only", textPath], {
    encoding: "buffer",
    maxBuffer: 64 * 1024 * 1024,
  });
  const path = join(worker.folder, "workerd.bin");
  await writeFile(path, compiled.stdout);
  return path;
}

/** workerd tells on its control channel which port it was given. */
async function readPort(child: ChildProcess): Promise<number> {
  const control = child.stdio[3];
  if (!(control instanceof Readable)) throw new Error("workerd has no control channel.");
  for await (const line of createInterface({ input: control })) {
    const message = parseJson(line);
    if (isRecord(message) && message["event"] === "listen" && typeof message["port"] === "number")
      return message["port"];
  }
  throw new Error("workerd ended before it listened.");
}

function toConfig(worker: BuiltWorker, { upstreamPort, vars = {}, objects = {} }: WorkerdOptions): string {
  const { compatibility_date: date = "", compatibility_flags: flags } = unstable_readConfig({
    config: "wrangler.toml",
  });
  const modules = worker.modules.map((name) => `(name = ${text(name)}, esModule = embed ${text(name)})`);
  const bindings = Object.entries(vars).map(([name, value]) => `(name = ${text(name)}, text = ${text(value)})`);
  bindings.push(
    '(name = "AI", wrapped = (moduleName = "cloudflare-internal:ai-api", ' +
      'innerBindings = [(name = "fetcher", service = "upstream")]))',
  );
  const classes = Object.entries(objects);
  for (const [name, className] of classes) {
    bindings.push(`(name = ${text(name)}, durableObjectNamespace = ${text(className)})`);
  }
  const namespaces = classes.map(
    ([, className]) => `(className = ${text(className)}, uniqueKey = ${text(className)}, enableSql = true)`,
  );
  const disk = `(name = "disk", disk = (path = ${text(worker.folder)}, writable = true)),`;
  const storage =
    classes.length === 0
      ? ""
      : `durableObjectNamespaces = [${namespaces.join(", ")}], durableObjectStorage = (localDisk = "disk"),`;
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "upstream", external = (address = "127.0.0.1:${upstreamPort}", http = ())),
    ${classes.length === 0 ? "" : disk}
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [${modules.join(", ")}],
  compatibilityDate = ${text(date)},
  compatibilityFlags = [${flags.map(text).join(", ")}],
  bindings = [${bindings.join(", ")}],
  globalOutbound = "upstream",
  ${storage}
);
`;
}

function text(value: string): string {
  return JSON.stringify(value);
}
