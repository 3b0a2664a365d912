import { isReady, type Column } from "./column.ts";
import { findProblem } from "./request.ts";
import type { Settings } from "./settings.ts";

/** Why nothing can be sent now, in a sentence. An answer that is running is no obstacle: it can be stopped. */
export function findObstacle(columns: readonly Column[], settings: Settings): string | undefined {
  const waits = columns.some((column) => column.running === undefined && !isReady(column));
  return waits ? "A tool call waits for its result." : findProblem(settings);
}
