/** Mutation testing of the parts that decide what a client reads. Run by hand: `npm run mutation`. */
export default {
  testRunner: "vitest",
  // Stryker would rewrite tsconfig.json through an API that TypeScript 7 no longer has; vitest does not need it.
  tsconfigFile: "dist/none.json",
  vitest: { configFile: "vitest.mutation.config.ts", related: true },
  mutate: ["src/{translate,stream,workers-ai}/**/*.ts"],
  // Messages for a reader are not behaviour that a test should repeat word by word.
  mutator: { excludedMutations: ["StringLiteral"] },
  ignorePatterns: ["bench", "docs", "dist", ".wrangler", "*.log"],
  tempDirName: "dist/stryker",
  reporters: ["clear-text", "json", "progress-append-only"],
  jsonReporter: { fileName: "dist/mutation.json" },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  concurrency: 1,
  timeoutMS: 4_000,
  coverageAnalysis: "perTest",
};
