import {
  BEGINNING,
  BOUNDARY,
  endsSentence,
  languageModel,
  type Context,
  type LanguageModel,
} from "./language-model.ts";
import type { Random } from "./random.ts";
import { sample, type SamplingParameters } from "./sampler.ts";
import type { Token } from "./token.ts";
import { isStopWord } from "./words.ts";

export interface Generation {
  /** Where the text ends by itself: at the first of the two. */
  readonly sentences: number;
  readonly words: number;
  /** Tokens that the text is to speak of. */
  readonly topic: ReadonlySet<string>;
  readonly sampling: SamplingParameters;
  readonly random: Random;
  /** What the text goes on from; the start of a sentence on the topic unless given. */
  readonly context?: Context;
  /** What was said before, four tokens at a time, and is better not said again; what this text says is added. */
  readonly said?: Set<string>;
}

// A sentence that has gone on for so many tokens has lost its way.
const LONGEST_SENTENCE = 60;
// How much likelier anything else is than four tokens in a row that were said before.
const SAID_BEFORE = 0.1;

/** Text of the language model, drawn as it is read. Sentences begin with a capital and end with a mark. */
export function* generateText(generation: Generation): Generator<Token, void> {
  const { topic, sampling, random } = generation;
  const model = languageModel();
  const seen = new Map<string, number>();
  const said = generation.said ?? new Set<string>();
  let context = generation.context ?? chooseStart(model, generation);
  let sentences = 0;
  let sentenceTokens = 0;
  let words = 0;
  let opens = generation.context === undefined;
  let opensParagraph = false;
  while (sentences < generation.sentences && (words < generation.words || sentenceTokens > 0)) {
    const candidates = allow(model.predict(context, topic), {
      context,
      said,
      opens,
      mayEnd: seen.size > 0,
      isLate: sentenceTokens >= LONGEST_SENTENCE,
    });
    const token = sample(candidates, seen, sampling, random) ?? BOUNDARY;
    said.add([...context.slice(-3), token].join(""));
    if (token === BOUNDARY) {
      // The corpus' paragraph is over and the answer is not: a new paragraph begins.
      context = BEGINNING;
      if (!opensParagraph) yield { text: "\n\n", drawnFrom: { token, candidates } };
      opensParagraph = true;
      opens = true;
      continue;
    }
    context = [...context.slice(-2), token];
    yield { text: opensParagraph ? token.trimStart() : token, drawnFrom: { token, candidates } };
    opensParagraph = false;
    seen.set(token, (seen.get(token) ?? 0) + 1);
    if (token.startsWith(" ")) words++;
    sentenceTokens++;
    opens = endsSentence(token);
    if (opens) {
      sentences++;
      sentenceTokens = 0;
    }
  }
}

const STARTED = "started:";

/** The start of a sentence on the topic, where the corpus has one. */
function chooseStart(model: LanguageModel, { topic, sampling, random, said }: Generation): Context {
  const starts = model.sentencesAbout(topic).filter((start) => said?.has(STARTED + start.join("")) !== true);
  const start = starts[sampling.temperature === 0 ? 0 : Math.floor(random() * starts.length)];
  if (start !== undefined) said?.add(STARTED + start.join(""));
  return start ?? BEGINNING;
}

// Words that something has to follow.
const LEADS_ON = /^ (?:the|a|an|of|and|or|in|on|at|to|for|with|from|by|is|are|was|that|because)$/i;

/** No word stands twice, no mark behind another, and no sentence ends in `of the`. */
function mayFollow(last: string, token: string): boolean {
  if (/[\p{L}\p{N}]/u.test(token)) return token !== last;
  if (!/[\p{L}\p{N}]$/u.test(last) || LEADS_ON.test(last)) return false;
  return !(endsSentence(token) && isStopWord(last.trim().toLowerCase()));
}

interface Place {
  readonly context: Context;
  readonly said: ReadonlySet<string>;
  readonly opens: boolean;
  /** A paragraph may end here: it has begun. */
  readonly mayEnd: boolean;
  /** The sentence has to end. */
  readonly isLate: boolean;
}

/** What may stand here: a hot sampler would put a comma behind a comma, and begin a sentence with a small letter. */
function allow(
  predicted: ReadonlyMap<string, number>,
  { context, said, opens, mayEnd, isLate }: Place,
): Map<string, number> {
  const last = context.at(-1) ?? BOUNDARY;
  const isStart = opens || last === BOUNDARY;
  if (isLate && /\p{L}$/u.test(last) && !LEADS_ON.test(last)) return new Map([[".", 1]]);
  const before = context.slice(-3).join("");
  const allowed = new Map<string, number>();
  for (const [token, probability] of predicted) {
    if (isStart ? !/^ \p{Lu}/u.test(token) && !(mayEnd && token === BOUNDARY) : token === BOUNDARY) continue;
    if (!isStart && !mayFollow(last, token)) continue;
    allowed.set(token, said.has(before + token) ? probability * SAID_BEFORE : probability);
  }
  return allowed.size > 0 ? allowed : new Map(isStart ? [[BOUNDARY, 1]] : [[".", 1]]);
}
