import { defineConfig } from "vitest/config";

/**
 * The tests that mutation testing repeats for each mutant. What they test is free of the platform, so they run in Node,
 * without the start of a workerd each time.
 */
export default defineConfig({
  test: {
    include: ["test/{translate,stream,workers-ai,completion}/**/*.test.ts"],
    // These read the project's own files and have nothing to say of a mutant.
    exclude: ["test/workers-ai/wire-facts.test.ts", "test/translate/parameter-table.test.ts"],
    pool: "threads",
    silent: true,
    // Instrumented code is slow, and nothing here depends on time.
    testTimeout: 60_000,
  },
});
