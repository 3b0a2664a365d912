import { execFileSync } from "node:child_process";
import { cpus, loadavg, release, totalmem, type } from "node:os";
import type { Machine } from "./report.ts";
import { WORKERD } from "./workerd.ts";

const GIGABYTE = 1024 ** 3;

export function readMachine(): Machine {
  const processors = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    memoryGigabytes: Math.round(totalmem() / GIGABYTE),
    system: `${type()} ${release()}`,
    workerd: execFileSync(WORKERD, ["--version"], { encoding: "utf8" }).trim(),
    node: process.version,
    loadBefore: loadavg()[0] ?? 0,
  };
}
