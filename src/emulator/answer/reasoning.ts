import { contentWords } from "../language/words.ts";
import { lastUserTurn } from "./conversation.ts";
import type { RunTask } from "./run-task.ts";

const STEPS = [
  "I should give a short and plain answer.",
  "First I look at what is given, then at what is asked.",
  "A tool may help, so I check which tools are offered.",
  "Let me make sure that nothing of the question is left out.",
  "I could answer in one way or in another, and the simpler way is better.",
  "Now I check the answer once more before I write it down.",
];

const STEPS_BY_EFFORT: Readonly<Record<string, number>> = { minimal: 0, low: 1, medium: 2, high: 4, xhigh: 5, max: 6 };

/** What a reasoning model says to itself before it answers: longer with more effort. */
export function reasoningText(task: RunTask): string {
  const { user, after } = lastUserTurn(task.conversation);
  const words = contentWords(user?.text ?? "").slice(0, 3);
  const subject = words.length === 0 ? "something" : words.join(", ");
  const results = after.some(({ role }) => role === "tool") ? " The tools have answered already." : "";
  const steps = STEPS.slice(0, STEPS_BY_EFFORT[task.effort ?? "medium"] ?? 2);
  return [`The user asks about ${subject}.${results}`, ...steps].join(" ");
}
