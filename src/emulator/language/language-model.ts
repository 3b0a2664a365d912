import { CORPUS } from "./corpus.ts";
import { tokenize } from "./tokenizer.ts";

/** Marks the border between two paragraphs of the corpus, where an answer may start or end. */
export const BOUNDARY = "\u0000";

/** How often each token follows a context. */
type Successors = Map<string, number>;

const COMMON_TOKENS = 150;
const WEIGHT_TRIGRAM = 0.75;
const WEIGHT_BIGRAM = 0.23;
const WEIGHT_UNIGRAM = 0.02;

/**
 * A trigram model with interpolation over the corpus. It is tiny and knows nothing, but its probabilities are real ones,
 * so that a sampler has something to act on.
 */
export interface LanguageModel {
  /** The probability of each likely next token. `topic` words are made likelier. */
  predict(beforeLast: string, last: string, topic: ReadonlySet<string>): Map<string, number>;
  /** Whether the corpus knows the word. */
  knows(token: string): boolean;
}

let shared: LanguageModel | undefined;

/** The model over the built-in corpus; trained at the first use, some milliseconds. */
export function languageModel(): LanguageModel {
  shared ??= train(CORPUS);
  return shared;
}

function train(paragraphs: readonly string[]): LanguageModel {
  const unigrams: Successors = new Map();
  const bigrams = new Map<string, Successors>();
  const trigrams = new Map<string, Successors>();
  for (const paragraph of paragraphs) {
    let beforeLast = BOUNDARY;
    let last = BOUNDARY;
    // Every paragraph starts like the middle of a text, with a space, so that its words are the same tokens there.
    for (const token of [...tokenize(` ${paragraph.trim().replaceAll(/\s+/g, " ")}`), BOUNDARY]) {
      count(unigrams, token);
      count(successorsOf(bigrams, last), token);
      count(successorsOf(trigrams, contextKey(beforeLast, last)), token);
      beforeLast = last;
      last = token;
    }
  }
  return createModel(unigrams, bigrams, trigrams);
}

function createModel(
  unigrams: Successors,
  bigrams: ReadonlyMap<string, Successors>,
  trigrams: ReadonlyMap<string, Successors>,
): LanguageModel {
  const common = new Map(
    [...unigrams]
      .filter(([token]) => token !== BOUNDARY)
      .toSorted(([, left], [, right]) => right - left)
      .slice(0, COMMON_TOKENS),
  );
  return {
    knows: (token) => unigrams.has(token),
    predict(beforeLast, last, topic) {
      const probabilities = new Map<string, number>();
      mix(probabilities, trigrams.get(contextKey(beforeLast, last)), WEIGHT_TRIGRAM, topic);
      mix(probabilities, bigrams.get(last), WEIGHT_BIGRAM, topic);
      mix(probabilities, common, WEIGHT_UNIGRAM, topic);
      return probabilities;
    },
  };
}

const TOPIC_BOOST = 6;

function mix(into: Map<string, number>, counts: Successors | undefined, weight: number, topic: ReadonlySet<string>) {
  if (counts === undefined) return;
  let total = 0;
  for (const [token, times] of counts) total += topic.has(token) ? times * TOPIC_BOOST : times;
  for (const [token, times] of counts) {
    const share = (topic.has(token) ? times * TOPIC_BOOST : times) / total;
    into.set(token, (into.get(token) ?? 0) + weight * share);
  }
}

function contextKey(beforeLast: string, last: string): string {
  return `${beforeLast}\u0001${last}`;
}

function successorsOf(table: Map<string, Successors>, key: string): Successors {
  let successors = table.get(key);
  if (successors === undefined) {
    successors = new Map();
    table.set(key, successors);
  }
  return successors;
}

function count(successors: Successors, token: string): void {
  successors.set(token, (successors.get(token) ?? 0) + 1);
}
