import type { Usage } from "../completion/event.ts";
import { addUsage } from "../completion/usage.ts";

/** What the calls of a request used together; unknown where one of them did not tell. */
export function sumUsage(answers: readonly { readonly usage: Usage | undefined }[]): Usage | undefined {
  let sum: Usage | undefined;
  for (const { usage } of answers) {
    if (usage === undefined) return undefined;
    sum = sum === undefined ? usage : addUsage(sum, usage);
  }
  return sum;
}
