import type { Model } from "../api/model-list.ts";
import { findWait, type Column } from "./column.ts";
import { findProblem } from "./request.ts";
import type { Settings } from "./settings.ts";
import { toTaskHint } from "./task-request.ts";

/** What the composer has to know of the columns and the settings. */
export interface ComposerState {
  readonly isRunning: boolean;
  /** Why nothing can be sent now, in a sentence; wrong is what the person has to mend first. */
  readonly obstacle: string | undefined;
  readonly isWrong: boolean;
  /** What the models that are shown do with a message, where that is not to answer it. */
  readonly hint: string | undefined;
  /** The ids of the models that read no images. */
  readonly blind: readonly string[];
}

export function toComposerState(columns: readonly Column[], settings: Settings): ComposerState {
  const models = columns.map(({ model }) => model);
  const [wait, problem] = [findWait(columns), findProblem(settings)];
  return {
    isRunning: columns.some(({ running }) => running !== undefined),
    obstacle: wait ?? problem,
    isWrong: wait === undefined && problem !== undefined,
    hint: toHint(models),
    blind: models.filter(({ readsImages }) => !readsImages).map(({ id }) => id),
  };
}

function toHint(models: readonly Model[]): string | undefined {
  const hints = new Set(models.flatMap((model) => toTaskHint(model) ?? []));
  return hints.size > 0 ? [...hints].join(" ") : undefined;
}
