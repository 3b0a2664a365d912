import { objectOf, type JsonObject } from "../json-value.ts";
import { changed, changedBody, type Change } from "./change-frames.ts";
import type { Fault } from "./fault.ts";

function changeUsage(id: string, description: string, change: (usage: JsonObject) => unknown): Fault {
  const withUsage = (frame: JsonObject) =>
    frame.usage === undefined ? frame : { ...frame, usage: change(objectOf(frame.usage)) };
  return {
    id: `@emulator/${id}`,
    description,
    dialect: "native",
    stream: changed(withUsage, "native"),
    body: changedBody(withUsage, "native"),
  };
}

/** Running totals on each chunk, and no closing frame in the native form. */
function cumulative(): Change {
  let tokens = 0;
  return (frame) => {
    const choices: readonly unknown[] = Array.isArray(frame.choices) ? frame.choices : [];
    if (choices.length === 0) return undefined;
    const { content } = objectOf(objectOf(choices[0]).delta);
    if (typeof content === "string" && content !== "") tokens++;
    return { ...frame, usage: { prompt_tokens: 9, completion_tokens: tokens, total_tokens: 9 + tokens } };
  };
}

const usageFrame = (frame: JsonObject) => !Array.isArray(frame.choices) || frame.choices.length === 0;
const increments: Change = (frame, position) =>
  usageFrame(frame)
    ? undefined
    : {
        ...frame,
        usage:
          position === 0
            ? { prompt_tokens: 9, completion_tokens: 0, total_tokens: 9 }
            : { prompt_tokens: 0, completion_tokens: position === 1 ? 2 : 1, total_tokens: position === 1 ? 2 : 1 },
      };

/** The ways in which usage is told, or not told. */
export const usageShapes: readonly Fault[] = [
  changeUsage("missing-usage", "An answer without usage.", () => undefined),
  changeUsage("partial-usage", "Usage with the prompt's tokens only.", ({ prompt_tokens }) => ({ prompt_tokens })),
  changeUsage("negative-usage", "Usage with negative numbers.", () => ({
    prompt_tokens: -1,
    completion_tokens: -1,
    total_tokens: -2,
  })),
  changeUsage("text-usage", "Usage with numbers written as text.", (usage) =>
    Object.fromEntries(Object.entries(usage).map(([name, value]) => [name, String(value)])),
  ),
  changeUsage("cached-usage", "Usage with four cached tokens.", (usage) => ({
    ...usage,
    prompt_tokens_details: { cached_tokens: 4 },
  })),
  {
    id: "@emulator/incremental-usage",
    description:
      "Each chunk counts its own tokens and nothing gives the total: 9 for the prompt, 2 for the first text, 1 for each chunk after it.",
    stream: changed(increments),
  },
  {
    id: "@emulator/cumulative-usage",
    description: "Each chunk has the total so far, 9 tokens of prompt included; no closing frame.",
    stream: (call) => changed(cumulative())(call),
  },
];
