import { spawn } from "node:child_process";
import type { ChildProcess, SpawnOptions } from "node:child_process";

/** The processes of a run. Whatever happens to the run, none of them outlives it. */
const running = new Set<ChildProcess>();

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export function startChild(command: string, parameters: readonly string[], options: SpawnOptions): ChildProcess {
  return adoptChild(spawn(command, parameters, options));
}

export function adoptChild(child: ChildProcess): ChildProcess {
  watchForTheEnd();
  running.add(child);
  child.on("exit", () => running.delete(child));
  return child;
}

function stopChildren(): void {
  for (const child of running) child.kill("SIGKILL");
}

let isWatching = false;

function watchForTheEnd(): void {
  if (isWatching) return;
  isWatching = true;
  process.on("exit", stopChildren);
  // A signal ends a process without its exit handlers, unless somebody handles it.
  for (const signal of SIGNALS) process.on(signal, () => process.exit(1));
}
