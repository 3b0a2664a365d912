import type { Turn } from "../answer/conversation.ts";
import type { ToolOffer } from "../answer/run-task.ts";
import { readable } from "../instance/evidence.ts";

interface Step {
  readonly tools: readonly ToolOffer[];
  readonly message: string;
}

/**
 * What there is to do now. A message is one step, or several with "then" between them: each round of results leads to the
 * next. After the last there is nothing to call, so that an agent's loop ends; but after a hand-over the next agent
 * starts with the same message and tools of its own.
 */
export function currentStep(tools: readonly ToolOffer[], message: string, after: readonly Turn[]): Step {
  const rounds = after.filter(({ toolCalls }) => toolCalls.length > 0);
  const called = rounds.flatMap(({ toolCalls }) => toolCalls.map(({ name }) => name));
  const last = called.at(-1);
  if (last !== undefined && isHandOver(last)) {
    return { tools: tools.filter(({ name }) => !called.includes(name) && !isHandOver(name)), message };
  }
  const steps = message.split(/[,;.?!]?\s+(?:and\s+)?(?:then|after that|afterwards)[,\s]+/i);
  if (!after.some(({ role }) => role === "tool")) return { tools, message: steps[0] ?? message };
  const next = steps[rounds.length];
  if (next === undefined) return { tools: [], message };
  const results = after.filter(({ role }) => role === "tool").map(({ text }) => text);
  return { tools, message: readable([next, ...results].join("\n")) };
}

/** Whether calling the tool passes the conversation on to another agent. */
export function isHandOver(name: string): boolean {
  return /^(?:transfer|hand_?off|handover|delegate)_?(?:to)?_/i.test(name);
}
