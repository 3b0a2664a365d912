import { lastUserTurn } from "./conversation.ts";
import type { RunTask } from "./run-task.ts";

/** An answer that tells what the tools found, in their own words. */
export function quoteToolResults(task: RunTask): string {
  const { after } = lastUserTurn(task.conversation);
  const calls = after.flatMap(({ toolCalls }) => toolCalls);
  const results = after.filter(({ role }) => role === "tool");
  return results
    .map((result, index) => {
      const call = calls.find(({ id }) => id !== undefined && id === result.toolCallId) ?? calls[index];
      return `${sentenceStart(index)} ${result.name ?? call?.name ?? "the tool"} found: ${result.text.trim()}`;
    })
    .join("\n");
}

function sentenceStart(index: number): string {
  return index === 0 ? "Here is the answer:" : "And";
}
