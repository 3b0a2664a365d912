import { readdirSync, readFileSync } from "node:fs";

/**
 * CPU time that a process has used, over all of its threads, in nanoseconds. The scheduler's own count: the clock ticks
 * of `/proc/<pid>/stat` are a hundred requests long. `undefined` where the system does not tell.
 */
export function readCpuNanoseconds(processId: number): number | undefined {
  try {
    const threads = readdirSync(`/proc/${processId}/task`);
    return threads.reduce((sum, thread) => sum + readThread(processId, thread), 0);
  } catch {
    return undefined;
  }
}

function readThread(processId: number, thread: string): number {
  const [onCpu = "0"] = readFileSync(`/proc/${processId}/task/${thread}/schedstat`, "utf8").split(" ");
  return Number(onCpu);
}

/** The memory that a process holds, in bytes. `undefined` where the system does not tell. */
export function readResidentBytes(processId: number): number | undefined {
  try {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${processId}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
