import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** How often a property is tried, in place of the few times of the suite. */
    fuzzRuns: number | undefined;
    fuzzSeed: number | undefined;
  }
}

/** The parameters of a property: few runs and one seed in the suite; `FUZZ_RUNS` and another seed by hand. */
export function runs(usual: number): { readonly numRuns: number; readonly seed: number } {
  return { numRuns: inject("fuzzRuns") ?? usual, seed: inject("fuzzSeed") ?? 20_261_121 };
}
