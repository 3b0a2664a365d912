/** Prints `N passed, M failed` from the JSON report of a vitest run. */
import { readFileSync } from "node:fs";

interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

const report: TestReport = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
// A file that does not load has no tests to count, and is a failure all the same.
const brokenFiles = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
console.log(`${report.numPassedTests} passed, ${report.numFailedTests + brokenFiles.length} failed`);
