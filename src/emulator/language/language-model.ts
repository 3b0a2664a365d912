import { CORPUS } from "./corpus.ts";
import { tokenize } from "./tokenizer.ts";

/** Marks the border between two paragraphs of the corpus, where an answer may start or end. */
export const BOUNDARY = "\u0000";

/** How often each token follows a context. */
type Successors = Map<string, number>;

const COMMON_TOKENS = 150;

/** What the tokens that follow three, two, one and no token before them add to a prediction. */
const WEIGHTS = [0.55, 0.27, 0.14, 0.04] as const;
const LONGEST_CONTEXT = 3;

/** The tokens before the next one, the last one at the end; longer ones are read from their end. */
export type Context = readonly string[];

/** Where a text begins. */
export const BEGINNING: Context = [BOUNDARY, BOUNDARY, BOUNDARY];

/**
 * A model of up to four tokens in a row, interpolated, over the corpus. It is tiny and knows nothing, but its
 * probabilities are real ones, so that a sampler has something to act on.
 */
export interface LanguageModel {
  /** The probability of each likely next token. `topic` words are made likelier. */
  predict(context: Context, topic: ReadonlySet<string>): Map<string, number>;
  /** The contexts in which the corpus begins a sentence that speaks of one of these words. */
  sentencesAbout(topic: ReadonlySet<string>): readonly Context[];
}

let shared: LanguageModel | undefined;

/** The model over the built-in corpus; trained at the first use, some milliseconds. */
export function languageModel(): LanguageModel {
  shared ??= train(CORPUS);
  return shared;
}

interface Tables {
  /** By the tokens of the context, longest contexts first; the last one has the empty context alone. */
  readonly successors: Map<string, Successors>;
  readonly sentences: Map<string, Set<Context>>;
}

function train(paragraphs: readonly string[]): LanguageModel {
  const tables: Tables = { successors: new Map(), sentences: new Map() };
  for (const paragraph of paragraphs) {
    let context = BEGINNING;
    let sentence = BEGINNING;
    // Every paragraph starts like the middle of a text, with a space, so that its words are the same tokens there.
    for (const token of [...tokenize(` ${paragraph.trim().replaceAll(/\s+/g, " ")}`), BOUNDARY]) {
      for (let length = 0; length <= LONGEST_CONTEXT; length++) {
        count(entryOf(tables.successors, contextKey(context, length), newSuccessors), token);
      }
      if (token.startsWith(" ")) entryOf(tables.sentences, token.toLowerCase(), newContexts).add(sentence);
      context = [...context.slice(1), token];
      if (endsSentence(token)) sentence = context;
    }
  }
  return createModel(tables);
}

function createModel({ successors, sentences }: Tables): LanguageModel {
  const common = new Map(
    [...(successors.get("") ?? [])]
      .filter(([token]) => token !== BOUNDARY)
      .toSorted(([, left], [, right]) => right - left)
      .slice(0, COMMON_TOKENS),
  );
  successors.set("", common);
  return {
    predict(context, topic) {
      const probabilities = new Map<string, number>();
      for (const [index, weight] of WEIGHTS.entries()) {
        mix(probabilities, successors.get(contextKey(context, LONGEST_CONTEXT - index)), weight, topic);
      }
      return probabilities;
    },
    sentencesAbout: (topic) => [...topic].flatMap((token) => [...(sentences.get(token.toLowerCase()) ?? [])]),
  };
}

/** Whether a token ends a sentence. */
export function endsSentence(token: string): boolean {
  return /^ ?[.!?]/.test(token);
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

function contextKey(context: Context, length: number): string {
  return length === 0 ? "" : context.slice(-length).join("\u0001");
}

const newSuccessors = (): Successors => new Map();
const newContexts = (): Set<Context> => new Set();

function entryOf<Value>(table: Map<string, Value>, key: string, create: () => Value): Value {
  let value = table.get(key);
  if (value === undefined) {
    value = create();
    table.set(key, value);
  }
  return value;
}

function count(successors: Successors, token: string): void {
  successors.set(token, (successors.get(token) ?? 0) + 1);
}
