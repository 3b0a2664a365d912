import type { Model } from "openai/resources/models";
import { DOLLARS_PER_NEURON } from "../models/consumption.ts";
import { detailsOf } from "../models/details.ts";
import type { ModelEntry, ModelPrice, ModelTask } from "../models/model.ts";
import type { ModelListing } from "../models/resolve.ts";
import { writesText } from "../models/parameters.ts";
import { taskTraits } from "../models/task.ts";
import { toDecimal } from "./decimal.ts";
import { toMediaParameters } from "./media-parameters.ts";
import type { ParameterSchema } from "./parameter-schemas.ts";
import { toParameterSchemas } from "./parameter-schemas.ts";
import { supportedParameters } from "./parameter-support.ts";

export interface ModelList {
  readonly object: "list";
  readonly data: readonly ListedModel[];
}

/**
 * A model as `GET /v1/models` shows it: OpenAI's members, and behind them what a client needs to know to use the model,
 * under the names that OpenRouter gave them and that clients look for. What is not known is left out.
 */
export interface ListedModel extends Model {
  readonly description: string;
  readonly task: ModelEntry["task"];
  /** The id behind an alias. */
  readonly canonical_id?: string;
  /** Tokens of prompt and answer together. */
  readonly context_length?: number;
  readonly max_output_tokens?: number;
  /** The length of an embedding. */
  readonly embedding_dimensions?: number;
  /** Where the model is called first of all; other endpoints may take it too. */
  readonly endpoint: string;
  readonly architecture: {
    readonly input_modalities: readonly string[];
    readonly output_modalities: readonly string[];
  };
  readonly supported_parameters: readonly string[];
  /** This gateway's own: which values the model takes, for the parameters where that depends on the model. */
  readonly parameter_schemas: Readonly<Record<string, ParameterSchema>>;
  /** US dollars a token, as decimal text. */
  readonly pricing?: TokenPrices<string>;
  /** Cloudflare's billing unit, a token. */
  readonly neurons?: TokenPrices<number>;
  /** This gateway's own: US dollars for one of each unit that is billed beside tokens, as decimal text. */
  readonly unit_pricing?: Readonly<Record<string, string>>;
}

interface TokenPrices<Amount> {
  readonly prompt: Amount;
  readonly completion?: Amount;
  readonly input_cache_read?: Amount;
}

/** All models in one answer: OpenAI's list is not paged either. */
export function toModelList(listings: readonly ModelListing[]): ModelList {
  return { object: "list", data: listings.map(toListedModel) };
}

export function toListedModel({ name, entry }: ModelListing): ListedModel {
  const { description, created } = detailsOf(entry);
  const { embedding } = entry.abilities;
  const shutdown = entry.retired?.date ?? entry.plannedShutdown;
  return {
    id: name,
    object: "model",
    created,
    owned_by: entry.ownedBy,
    ...(shutdown !== undefined && { shutdown_date: shutdown }),
    ...(name !== entry.id && { canonical_id: entry.id }),
    description,
    task: entry.task,
    ...(entry.contextWindow !== undefined && { context_length: entry.contextWindow }),
    ...(entry.maxOutputTokens !== undefined && { max_output_tokens: entry.maxOutputTokens }),
    ...(embedding !== undefined && { embedding_dimensions: embedding.dimensions }),
    endpoint: taskTraits[entry.task].endpoint,
    architecture: {
      input_modalities: entry.abilities.vision ? ["text", "image"] : [inputModality(entry.task)],
      output_modalities: [outputModality(entry.task)],
    },
    supported_parameters: toSupportedParameters(entry),
    parameter_schemas: toParameterSchemas(entry),
    ...toPriceMembers(entry.price),
  };
}

/** Only tokens have a place in OpenRouter's form; what else a model is billed by has a member of its own. */
function toPriceMembers(price: ModelPrice | undefined): Pick<ListedModel, "pricing" | "neurons" | "unit_pricing"> {
  if (price?.units !== undefined) {
    const units = Object.entries(price.units).map(
      ([unit, dollars]) => [toSnakeCase(unit), toDecimal(dollars)] as const,
    );
    return { unit_pricing: Object.fromEntries(units) };
  }
  if (price?.input === undefined) return {};
  return {
    pricing: mapPrices(price, price.input, toDecimal),
    neurons: mapPrices(price, price.input, (dollars) => roundTo(dollars / DOLLARS_PER_NEURON, 6)),
  };
}

function toSupportedParameters(entry: ModelEntry): readonly string[] {
  if (writesText(entry)) return supportedParameters(entry);
  if (entry.task === "reranking") return ["top_n", "return_documents"];
  const { embedding } = entry.abilities;
  if (embedding === undefined) return Object.keys(toMediaParameters(entry));
  return embedding.shorter.length > 0 ? ["encoding_format", "dimensions"] : ["encoding_format"];
}

function inputModality(task: ModelTask): string {
  return task === "automatic-speech-recognition" ? "audio" : "text";
}

/** OpenRouter's words, where it has one. */
function outputModality(task: ModelTask): string {
  switch (task) {
    case "text-generation":
    case "moderation":
    case "automatic-speech-recognition":
      return "text";
    case "text-embeddings":
      return "embeddings";
    case "reranking":
      return "rerank";
    case "text-to-image":
      return "image";
    case "text-to-speech":
      return "audio";
    default:
      return task satisfies never;
  }
}

/** Prices of a single token, from the price list's dollars a million. */
function mapPrices<Amount>(
  price: ModelPrice,
  input: number,
  map: (dollarsPerToken: number) => Amount,
): TokenPrices<Amount> {
  return {
    prompt: map(input / 1_000_000),
    ...(price.output !== undefined && { completion: map(price.output / 1_000_000) }),
    ...(price.cachedInput !== undefined && { input_cache_read: map(price.cachedInput / 1_000_000) }),
  };
}

function roundTo(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function toSnakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
