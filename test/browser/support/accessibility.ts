import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong with the page as it stands, one line each. */
export async function findViolations(page: Page): Promise<readonly string[]> {
  // Through the debugger, which the page's own policy does not bind.
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate<AxeResults>("axe.run(document, { resultTypes: ['violations'] })");
  if (passes.length === 0) throw new Error("axe has looked at nothing.");
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
