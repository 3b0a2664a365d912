import { defineConfig } from "vitest/config";

const report = process.env["TEST_REPORT"];

/** `npm run test:browser`: the web pages in a Chromium, against `npm run dev`. Apart, so that `npm test` needs no browser. */
export default defineConfig({
  test: {
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
    include: ["test/browser/**/*.test.ts"],
    globalSetup: ["test/browser/support/dev-server-setup.ts"],
    // One server and a small machine: files one after another.
    fileParallelism: false,
    slowTestThreshold: 5_000,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
