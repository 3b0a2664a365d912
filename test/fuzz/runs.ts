import { inject } from "vitest";

/** What `vitest.config.ts` tells these tests; nothing in the suite. */
export interface FuzzContext {
  /** How often a property is tried, in place of the few times of the suite. */
  readonly fuzzRuns: number;
  readonly fuzzSeed: number;
}

declare module "vitest" {
  interface ProvidedContext extends Partial<FuzzContext> {}
}

/** The parameters of a property: few runs and one seed in the suite; `FUZZ_RUNS` and another seed by hand. */
export function runs(usual: number): { readonly numRuns: number; readonly seed: number } {
  return { numRuns: inject("fuzzRuns") ?? usual, seed: inject("fuzzSeed") ?? 20_261_121 };
}
