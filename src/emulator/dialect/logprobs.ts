import type { RunTask } from "../answer/run-task.ts";
import { BEGINNING, BOUNDARY, languageModel } from "../language/language-model.ts";
import { hashText } from "../language/random.ts";
import type { Token } from "../language/token.ts";

interface TokenLogprob {
  readonly token: string;
  readonly logprob: number;
  readonly bytes: readonly number[];
}

/** The `logprobs` of a choice or of its chunk, null where none were asked for. */
export function toLogprobs(tokens: readonly Token[] | undefined, { topLogprobs }: RunTask): object | null {
  if (topLogprobs === undefined || tokens === undefined || tokens.length === 0) return null;
  return {
    content: tokens.map((token) => {
      const candidates = token.drawnFrom?.candidates ?? nearlyCertain(token.text);
      const total = [...candidates.values()].reduce((sum, probability) => sum + probability, 0);
      const likeliest = [...candidates].toSorted(([, left], [, right]) => right - left).slice(0, topLogprobs);
      return {
        ...describe(token.text, candidates.get(token.drawnFrom?.token ?? token.text) ?? 0, total),
        top_logprobs: likeliest.map(([text, probability]) => describe(text, probability, total)),
      };
    }),
  };
}

// As engines do, in place of minus infinity, which JSON has no word for.
const IMPOSSIBLE = -9999;

function describe(token: string, probability: number, total: number): TokenLogprob {
  const text = token === BOUNDARY ? "\n\n" : token;
  const logprob = probability > 0 ? Math.log(probability / total) : IMPOSSIBLE;
  return { token: text, logprob: Number(logprob.toFixed(6)), bytes: [...new TextEncoder().encode(text)] };
}

const LEAST_CERTAIN = 0.9;
const CERTAINTY_STEPS = 1000;

/** What a model would have held likely that knew what to say: this, and a little of anything else. */
function nearlyCertain(text: string): ReadonlyMap<string, number> {
  const others = [...languageModel().predict(BEGINNING, new Set())].filter(([token]) => token !== text);
  const certain = LEAST_CERTAIN + ((hashText(text) % CERTAINTY_STEPS) / CERTAINTY_STEPS) * (0.999 - LEAST_CERTAIN);
  const total = others.reduce((sum, [, probability]) => sum + probability, 0);
  return new Map([
    [text, certain],
    ...others.map(([token, probability]) => [token, ((1 - certain) * probability) / total] as const),
  ]);
}
