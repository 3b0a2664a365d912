import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import type { FuzzContext } from "./test/fuzz/runs.ts";

/**
 * What needs Node itself: child processes, sockets, the linter's command line, the built bundle in Miniflare, and
 * clients that are written for it.
 */
const nodeTests = [
  "test/production/**/*.test.ts",
  "test/structure/**/*.test.ts",
  "test/readme/**/*.test.ts",
  "test/clients/**/*.test.ts",
  "test/examples/**/*.test.ts",
  "test/scripts/**/*.test.ts",
];

/** Where `.ci/run` wants the results as JSON, beside what a reader sees. */
const report = process.env["TEST_REPORT"];

/**
 * Properties that are tried hundreds of times, hundreds of requests at once, and builds take a second or two, and ten times that on a
 * small machine that does other things as well. Only what hangs is to fail.
 */
const timeouts = { testTimeout: 30_000, hookTimeout: 60_000 };

const fuzzRuns = process.env["FUZZ_RUNS"];

export default defineConfig({
  test: {
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
    // Tests that start a runtime or a build take this long on a small machine; only slower ones are worth a line.
    slowTestThreshold: 3_000,
    // The Worker logs each request; that is worth reading where a test fails.
    silent: "passed-only",
    projects: [
      {
        // Everything else runs in workerd, the runtime that serves the Worker. The AI binding would need an account,
        // so the development configuration, which binds the emulator, stands for the deployed one.
        plugins: [cloudflareTest({ remoteBindings: false, wrangler: { configPath: "./wrangler.dev.toml" } })],
        test: {
          name: "workers",
          ...timeouts,
          include: ["test/**/*.test.ts"],
          // Those of the web pages need a browser: `npm run test:browser`.
          exclude: [...nodeTests, "test/browser/**"],
          // `FUZZ_RUNS=100000 npx vitest run --project workers test/fuzz` tries other inputs each time, and more of them.
          ...(fuzzRuns !== undefined && {
            provide: {
              fuzzRuns: Number(fuzzRuns),
              fuzzSeed: Number(process.env["FUZZ_SEED"] ?? Date.now() % 2 ** 31),
            } satisfies FuzzContext,
            testTimeout: 3_600_000,
          }),
        },
      },
      {
        test: {
          name: "node",
          ...timeouts,
          include: nodeTests,
          globalSetup: ["test/production/global-setup.ts"],
        },
      },
    ],
  },
});
