import type { ModelEntry } from "../models/model.ts";
import { toMediaParameters } from "./media-parameters.ts";
import { parameterRanges, rangedParameters } from "../models/parameters.ts";

/** The values of a parameter that a model takes, in the words of JSON Schema. */
export interface ParameterSchema {
  readonly type: "number" | "integer" | "string";
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
}

/**
 * The values that `entry` takes, for the parameters whose values depend on the model. `reasoning_effort` names the
 * model's own levels; others are accepted and brought to the nearest of them.
 */
export function toParameterSchemas(entry: ModelEntry): Readonly<Record<string, ParameterSchema>> {
  const schemas: Record<string, ParameterSchema> = {};
  const ranges = parameterRanges(entry);
  for (const name of rangedParameters) {
    const range = ranges[name];
    if (range === undefined) continue;
    const { min, max, integer } = range;
    schemas[name] = {
      type: integer ? "integer" : "number",
      ...(min > Number.MIN_SAFE_INTEGER && { minimum: min }),
      ...(max < Number.MAX_SAFE_INTEGER && { maximum: max }),
    };
  }
  const levels = toReasoningLevels(entry);
  if (levels.length > 0) schemas["reasoning_effort"] = { type: "string", enum: levels };
  for (const [name, schema] of Object.entries(toMediaParameters(entry)))
    if (schema !== undefined) schemas[name] = schema;
  return schemas;
}

function toReasoningLevels({ abilities: { reasoning } }: ModelEntry): readonly string[] {
  if (reasoning === undefined) return [];
  const { levels, switchable } = reasoning;
  return switchable && !levels.includes("none") ? ["none", ...levels] : levels;
}
