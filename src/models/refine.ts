import { isRecord } from "../json.ts";
import { reasoningWithoutKnob, unknownEmbeddingModel, unknownTextModel } from "./catalogue/entry.ts";
import type { ModelAbilities, ModelEntry, ModelPrice } from "./model.ts";
import { isWorkersAiModelId } from "./model-name.ts";
import { taskTraits } from "./task.ts";

/**
 * A catalogue, refined by the list that Workers AI itself publishes (`AI.models()`): windows, prices, shutdown dates and
 * abilities that have changed since this version, and models of text and embeddings that are new. The list is not documented, so it is
 * read member by member; whatever cannot be read leaves the entry as it was. Abilities are only ever added: a missing
 * property says nothing.
 */
export function refineCatalogue(entries: readonly ModelEntry[], published: unknown): readonly ModelEntry[] {
  if (!Array.isArray(published)) return entries;
  const listed = new Map(published.filter(isRecord).map((model) => [model["name"], model]));
  const refined = entries.map((entry) => {
    const model = listed.get(entry.id);
    return model === undefined || entry.retired !== undefined ? entry : refineEntry(entry, readProperties(model));
  });
  const known = new Set<unknown>(entries.map(({ id }) => id));
  const added = [...listed.entries()].flatMap(([name, model]) => {
    if (known.has(name) || typeof name !== "string" || !isWorkersAiModelId(name)) return [];
    const listedEntry = toListedEntry(name, model);
    if (listedEntry === undefined) return [];
    const entry = refineEntry(listedEntry, readProperties(model));
    const { description } = model;
    if (typeof description !== "string") return [entry];
    return [{ ...entry, details: { description: description.slice(0, 500), created: 0 } }];
  });
  return [...refined, ...added];
}

function refineEntry(entry: ModelEntry, properties: ReadonlyMap<string, unknown>): ModelEntry {
  return {
    ...entry,
    contextWindow: readCount(properties.get("context_window")) ?? entry.contextWindow,
    price: readPrice(properties.get("price")) ?? entry.price,
    plannedShutdown: readDay(properties.get("planned_deprecation_date")) ?? entry.plannedShutdown,
    abilities: refineAbilities(entry.abilities, properties),
  };
}

function refineAbilities(abilities: ModelAbilities, properties: ReadonlyMap<string, unknown>): ModelAbilities {
  return {
    ...abilities,
    tools: abilities.tools || isTrue(properties.get("function_calling")),
    vision: abilities.vision || isTrue(properties.get("vision")),
    lora: abilities.lora || isTrue(properties.get("lora")),
    reasoning: abilities.reasoning ?? (isTrue(properties.get("reasoning")) ? reasoningWithoutKnob : undefined),
  };
}

function readProperties(model: Record<string, unknown>): ReadonlyMap<string, unknown> {
  const { properties } = model;
  if (!Array.isArray(properties)) return new Map();
  return new Map(
    properties.flatMap((property) =>
      isRecord(property) && typeof property["property_id"] === "string"
        ? [[property["property_id"], property["value"]] as const]
        : [],
    ),
  );
}

/** `[{unit: "per M input tokens", price: 0.29, currency: "USD"}, …]` */
function readPrice(value: unknown): ModelPrice | undefined {
  if (!Array.isArray(value)) return undefined;
  const dollars = (unit: RegExp): number | undefined => {
    const price: unknown = value.find((item) => isRecord(item) && unit.test(String(item["unit"])));
    const isDollars = isRecord(price) && (price["currency"] ?? "USD") === "USD";
    return isDollars && typeof price["price"] === "number" && price["price"] >= 0 ? price["price"] : undefined;
  };
  const input = dollars(/^per M input tokens$/i);
  if (input === undefined) return undefined;
  return { input, output: dollars(/^per M output tokens$/i), cachedInput: dollars(/^per M cached input tokens$/i) };
}

/** A number, or the text of one: both are seen. */
function readCount(value: unknown): number | undefined {
  const count = typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof count === "number" && Number.isSafeInteger(count) && count > 0 ? count : undefined;
}

function readDay(value: unknown): string | undefined {
  return typeof value === "string" ? /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] : undefined;
}

function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

/** A model that is new, where it is of a task whose inputs are alike for all models. */
function toListedEntry(name: string, { task }: Record<string, unknown>): ModelEntry | undefined {
  switch (isRecord(task) ? task["name"] : undefined) {
    case taskTraits["text-generation"].publishedName:
      return unknownTextModel(name);
    case taskTraits["text-embeddings"].publishedName:
      return unknownEmbeddingModel(name);
    default:
      return undefined;
  }
}
