import { catalogue } from "../models/catalogue.ts";
import { detailsOf } from "../models/details.ts";
import type { ModelAbilities, ModelEntry, ModelPrice } from "../models/model.ts";
import { taskTraits } from "../models/task.ts";
import { randomUuid } from "./error-body.ts";
import { faultModels } from "./faults/fault-table.ts";
import { objectOf, type JsonObject } from "./json-value.ts";
import { createRandom, hashText } from "./language/random.ts";
import type { ModelSearch } from "../workers-ai/binding.ts";
import type { EmulatorOptions } from "./options.ts";

/** The catalogue in the form of `env.AI.models()`: the callable id is `name`, and values are texts but for the price. */
export function listModels(options: EmulatorOptions): readonly JsonObject[] {
  const live = (options.catalogue ?? catalogue).filter(({ retired }) => retired === undefined);
  return [...live, ...faultModels].map(toListed);
}

/** The part of a list that the search of Cloudflare's API would give. */
export function searchModels(models: readonly JsonObject[], search: ModelSearch): readonly JsonObject[] {
  const { author, task, search: text = "", page = 1, per_page: size = models.length } = search;
  const found = models.filter(
    ({ name, description, task: filed }) =>
      (author === undefined || String(name).split("/")[1] === author) &&
      (task === undefined || objectOf(filed).name === task) &&
      `${String(name)} ${String(description)}`.toLowerCase().includes(text.toLowerCase()),
  );
  return found.slice((page - 1) * size, page * size);
}

function toListed(entry: ModelEntry): JsonObject {
  const { description, created } = detailsOf(entry);
  return {
    id: stableUuid(entry.id),
    source: 1,
    name: entry.id,
    description,
    task: {
      id: stableUuid(taskTraits[entry.task].publishedName),
      name: taskTraits[entry.task].publishedName,
      description: "",
    },
    created_at: new Date(created * 1000).toISOString().replace("T", " ").slice(0, 23),
    tags: [],
    properties: Object.entries({
      ...(entry.contextWindow !== undefined && { context_window: String(entry.contextWindow) }),
      ...(entry.price !== undefined && { price: toPrices(entry.price) }),
      ...toFlags(entry.abilities),
      ...(entry.plannedShutdown !== undefined && { planned_deprecation_date: entry.plannedShutdown }),
    }).map(([property_id, value]) => ({ property_id, value })),
  };
}

function toFlags({ tools, vision, lora, reasoning }: ModelAbilities): JsonObject {
  return {
    ...(tools && { function_calling: "true" }),
    ...(vision && { vision: "true" }),
    ...(lora && { lora: "true" }),
    ...(reasoning !== undefined && { reasoning: "true" }),
  };
}

function toPrices({ input, output, cachedInput }: ModelPrice): readonly JsonObject[] {
  const prices = {
    "per M input tokens": input,
    "per M output tokens": output,
    "per M cached input tokens": cachedInput,
  };
  return Object.entries(prices).flatMap(([unit, price]) =>
    price === undefined ? [] : [{ unit, price, currency: "USD" }],
  );
}

/** Equal names have equal ids, on every machine. */
function stableUuid(name: string): string {
  return randomUuid(createRandom(hashText(name)));
}
