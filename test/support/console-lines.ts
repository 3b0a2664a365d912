import { vi } from "vitest";

/** Everything that is written to the console from now on, whatever the method; `vi.restoreAllMocks` ends it. */
export function captureConsole(): string[] {
  const lines: string[] = [];
  for (const method of ["log", "info", "debug", "warn", "error", "trace"] as const) {
    vi.spyOn(console, method).mockImplementation((...values: unknown[]) => {
      lines.push(values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join(" "));
    });
  }
  return lines;
}
