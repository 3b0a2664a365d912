import type { ThinkingForm } from "../completion/think-tags.ts";
import type { JsonRecord } from "../json.ts";
import type { ModelEntry, ReasoningLevel } from "../models/model.ts";
import type { ParameterTreatment } from "./parameter-report.ts";

/** From least to most; a level that a model lacks becomes the nearest one below it, else the lowest it has. */
const levels: readonly ReasoningLevel[] = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

/** `reasoning_effort` in the model's own levels. It belongs in the inputs: among the options it has no effect. */
export function toReasoningInputs(
  effort: ReasoningLevel | undefined,
  entry: ModelEntry,
  report: Map<string, ParameterTreatment>,
): JsonRecord {
  if (effort === undefined) return {};
  const ability = entry.abilities.reasoning;
  if (ability === undefined) {
    // A model that does not reason honours the wish for none.
    if (effort !== "none") report.set("reasoning_effort", "ignored");
    return {};
  }
  if (effort === "none" && ability.switchable) return { chat_template_kwargs: { enable_thinking: false } };
  if (ability.levels.length === 0) {
    report.set("reasoning_effort", "ignored");
    return {};
  }
  const level = ability.mapped[effort] ?? nearest(effort, ability.levels);
  if (level !== effort) report.set("reasoning_effort", "adjusted");
  return { reasoning_effort: level };
}

/**
 * Whether reasoning may stand in the text. Where a model is not known to put it there, and where its answer is JSON,
 * only what is tagged can be told from the answer.
 */
export function toThinkingForm({ abilities, wireFormat }: ModelEntry, isJson: boolean): ThinkingForm {
  if (abilities.reasoning === undefined) return wireFormat === "common" ? "tagged" : "never";
  return abilities.reasoning.inText && !isJson ? "untagged" : "tagged";
}

function nearest(effort: ReasoningLevel, known: readonly ReasoningLevel[]): ReasoningLevel {
  const wanted = levels.indexOf(effort);
  const below = known.filter((level) => levels.indexOf(level) <= wanted);
  const ranked = (below.length > 0 ? below : known).toSorted(
    (first, second) => levels.indexOf(first) - levels.indexOf(second),
  );
  return (below.length > 0 ? ranked.at(-1) : ranked[0]) ?? effort;
}
