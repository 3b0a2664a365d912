import { adminChecks } from "./checks/admin.ts";
import { completionChecks } from "./checks/completions.ts";
import { responseChecks } from "./checks/responses.ts";
import { serviceChecks } from "./checks/service.ts";
import { taskChecks } from "./checks/tasks.ts";
import type { Check } from "./check.ts";

/** Every endpoint, in the order in which they are asked; each is asked as briefly as it can be. */
export const checks: readonly Check[] = [
  ...serviceChecks,
  ...completionChecks,
  ...responseChecks,
  ...taskChecks,
  ...adminChecks,
];
