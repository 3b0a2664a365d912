import { BOUNDARY } from "../language/language-model.ts";
import { generateText } from "../language/generate.ts";
import type { Random } from "../language/random.ts";
import type { SamplingParameters } from "../language/sampler.ts";
import { setTokens, type Token } from "../language/token.ts";
import { tokenize } from "../language/tokenizer.ts";
import { contentWords } from "../language/words.ts";
import { answerLength } from "./answer-length.ts";
import { lastUserTurn } from "./conversation.ts";
import type { RunTask } from "./run-task.ts";
import { isInstruction, subjectOf } from "./subject.ts";

const OPENINGS: readonly ((subject: string) => string)[] = [
  (subject) => `You asked about ${subject}.`,
  (subject) => `Here is something about ${subject}.`,
  (subject) => `Let me think about ${subject}.`,
  (subject) => `On ${subject} I can say this.`,
  (subject) => `A few words about ${subject}.`,
  (subject) => `As for ${subject}, this comes to mind.`,
];

/** Answers a conversation in free text that takes up the words of the last message. */
export function* writeProse(task: RunTask, random: Random): Generator<Token, void> {
  const { user } = lastUserTurn(task.conversation);
  const text = user?.text ?? "";
  const sampling = task.sampling;
  const opening = OPENINGS[sampling.temperature === 0 ? 0 : Math.floor(random() * OPENINGS.length)];
  const subject = subjectOf(text);
  const image = (user?.images ?? 0) > 0 ? "I see the image that you sent. " : "";
  yield* setTokens(`${image}${subject === "" || opening === undefined ? "Here is a thought." : opening(subject)}`);
  const length = answerLength(text, sampling, random);
  yield* generateText({ topic: topicOf(text), ...length, sampling, random });
}

/** Goes on from where a text stops. */
export function* continueText(prompt: string, sampling: SamplingParameters, random: Random): Generator<Token, void> {
  const context = [BOUNDARY, BOUNDARY, BOUNDARY, ...tokenize(prompt)].slice(-3);
  yield* generateText({ topic: topicOf(prompt), ...answerLength(prompt, sampling, random), sampling, random, context });
}

/** The tokens that an answer to this text is to speak of. */
export function topicOf(text: string): ReadonlySet<string> {
  const words = contentWords(text).filter((word) => !isInstruction(word) && !/^\d+$/.test(word));
  return new Set(words.flatMap((word) => [` ${word}`, ` ${word.charAt(0).toUpperCase()}${word.slice(1)}`]));
}
