import { BOUNDARY, languageModel, type LanguageModel } from "../language/language-model.ts";
import type { Random } from "../language/random.ts";
import { sample, type SamplingParameters } from "../language/sampler.ts";
import { tokenize } from "../language/tokenizer.ts";
import { contentWords } from "../language/words.ts";
import { answerLength, type AnswerLength } from "./answer-length.ts";
import { lastUserTurn } from "./conversation.ts";
import type { RunTask } from "./run-task.ts";

const OPENINGS: readonly ((subject: string) => string)[] = [
  (subject) => `You asked about ${subject}.`,
  (subject) => `Here is something about ${subject}.`,
  (subject) => `Let me think about ${subject}.`,
  (subject) => `On ${subject} I can say this.`,
  (subject) => `A few words about ${subject}.`,
  (subject) => `About ${subject}, then.`,
];

// Words that say what to write, not what about.
const INSTRUCTIONS = new Set([
  "write",
  "tell",
  "explain",
  "describe",
  "long",
  "short",
  "very",
  "detailed",
  "word",
  "words",
  "sentence",
  "sentences",
  "answer",
  "talk",
]);

// A sentence that has gone on for so many tokens has lost its way.
const LONGEST_SENTENCE = 60;

/** Answers a conversation in free text that takes up the words of the last message. */
export function* writeProse(task: RunTask, random: Random): Generator<string, void> {
  const { user } = lastUserTurn(task.conversation);
  const text = user?.text ?? "";
  const words = contentWords(text).filter((word) => !INSTRUCTIONS.has(word) && !/^\d+$/.test(word));
  const sampling = task.sampling;
  const opening = OPENINGS[sampling.temperature === 0 ? 0 : Math.floor(random() * OPENINGS.length)];
  const subject = words.slice(0, 3).join(" and ");
  const image = (user?.images ?? 0) > 0 ? "I see the image that you sent. " : "";
  yield* tokenize(`${image}${subject === "" || opening === undefined ? "Well." : opening(subject)}`);
  yield* generate({ topic: topicTokens(words), length: answerLength(text, sampling, random), sampling, random });
}

/** Goes on from where a text stops. */
export function* continueText(prompt: string, sampling: SamplingParameters, random: Random): Generator<string, void> {
  const before = [...tokenize(prompt)];
  const last = before.at(-1) ?? BOUNDARY;
  const topic = topicTokens(contentWords(prompt));
  const length = answerLength(prompt, sampling, random);
  yield* generate({ topic, length, sampling, random, context: [before.at(-2) ?? BOUNDARY, last] });
}

interface Generation {
  readonly topic: ReadonlySet<string>;
  readonly length: AnswerLength;
  readonly sampling: SamplingParameters;
  readonly random: Random;
  readonly context?: readonly [string, string];
}

function* generate({ topic, length, sampling, random, context }: Generation): Generator<string, void> {
  const model = languageModel();
  const seen = new Map<string, number>();
  let [beforeLast, last] = context ?? [BOUNDARY, BOUNDARY];
  let sentences = 0;
  let sentenceTokens = 0;
  let words = 0;
  let opens = false;
  while (sentences < length.sentences && words < length.words) {
    const token =
      sentenceTokens >= LONGEST_SENTENCE ? "." : nextToken(model, beforeLast, last, { topic, seen, sampling, random });
    beforeLast = last;
    last = token;
    if (token === BOUNDARY) {
      // The corpus' paragraph is over and the answer is not: a new paragraph begins.
      beforeLast = BOUNDARY;
      if (!opens) yield "\n\n";
      opens = true;
      sentenceTokens = 0;
      continue;
    }
    yield opens ? token.trimStart() : token;
    opens = false;
    seen.set(token, (seen.get(token) ?? 0) + 1);
    if (token.startsWith(" ")) words++;
    sentenceTokens++;
    if (/^ ?[.!?]/.test(token)) {
      sentences++;
      sentenceTokens = 0;
    }
  }
}

interface Draw {
  readonly topic: ReadonlySet<string>;
  readonly seen: ReadonlyMap<string, number>;
  readonly sampling: SamplingParameters;
  readonly random: Random;
}

function nextToken(model: LanguageModel, beforeLast: string, last: string, draw: Draw): string {
  return sample(model.predict(beforeLast, last, draw.topic), draw.seen, draw.sampling, draw.random) ?? BOUNDARY;
}

function topicTokens(words: readonly string[]): ReadonlySet<string> {
  return new Set(words.flatMap((word) => [` ${word}`, ` ${word.charAt(0).toUpperCase()}${word.slice(1)}`]));
}
