import type { Model, ValueSchema } from "../api/model-list.ts";

/** The numbers that a person can set, in the order in which the page shows them. */
export const sampling = [
  { name: "temperature", label: "Temperature", hint: "Higher is more varied." },
  { name: "top_p", label: "Top P", hint: "Share of the likeliest tokens to draw from." },
  { name: "top_k", label: "Top K", hint: "Number of the likeliest tokens to draw from." },
  { name: "max_completion_tokens", label: "Max tokens", hint: "The longest answer, reasoning included." },
  { name: "frequency_penalty", label: "Frequency penalty", hint: "Against tokens by how often they came." },
  { name: "presence_penalty", label: "Presence penalty", hint: "Against tokens that came at all." },
  { name: "repetition_penalty", label: "Repetition penalty", hint: "Workers AI's own; 1 is none." },
  { name: "seed", label: "Seed", hint: "Equal seeds give equal answers where the model can." },
] as const;
export type SamplingName = (typeof sampling)[number]["name"];

/** What the models that are side by side take for one parameter. */
export interface ParameterRange {
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly isInteger: boolean;
  /** The ids of the models that do not have the parameter. */
  readonly lackedBy: readonly string[];
}

/** The catalogue knows the limit of an answer under Workers AI's name. */
export function schemaOf(model: Model, name: SamplingName): ValueSchema | undefined {
  return model.schemas[name === "max_completion_tokens" ? "max_tokens" : name];
}

/** The values that all of the models take that have the parameter; `undefined` where none has it. */
export function commonRange(models: readonly Model[], name: SamplingName): ParameterRange | undefined {
  const schemas = models.flatMap((model) => schemaOf(model, name) ?? []);
  if (schemas.length === 0) return undefined;
  const minima = schemas.flatMap(({ minimum }) => minimum ?? []);
  const maxima = schemas.flatMap(({ maximum }) => maximum ?? []);
  return {
    minimum: minima.length > 0 ? Math.max(...minima) : undefined,
    maximum: maxima.length > 0 ? Math.min(...maxima) : undefined,
    isInteger: schemas.some(({ type }) => type === "integer"),
    lackedBy: models.filter((model) => schemaOf(model, name) === undefined).map(({ id }) => id),
  };
}

/** The levels of reasoning of any of the models, from least to most. */
export function reasoningLevels(models: readonly Model[]): readonly string[] {
  const order = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];
  const known = new Set(models.flatMap((model) => model.schemas["reasoning_effort"]?.enum ?? []));
  return [...known].toSorted((first, second) => order.indexOf(first) - order.indexOf(second));
}
