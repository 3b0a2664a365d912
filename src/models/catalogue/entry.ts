import type { EmbeddingAbility, ModelAbilities, ModelEntry, ModelPrice, ReasoningAbility } from "../model.ts";

/** A catalogue row as it is written: what a row does not say takes the default that is named here. */
interface ModelRow {
  readonly id: string;
  readonly contextWindow?: number;
  readonly maxOutputTokens?: number;
  readonly price?: ModelPrice;
}

export interface TextModelRow extends ModelRow {
  /** Default: `none`, `false`, `undefined` for everything. */
  readonly abilities?: Partial<ModelAbilities>;
}

const noAbilities: ModelAbilities = {
  tools: false,
  needsToolChoice: false,
  jsonSchema: "none",
  vision: false,
  reasoning: undefined,
  lora: false,
  systemFirst: false,
  fillIn: undefined,
  embedding: undefined,
  image: undefined,
  hearing: undefined,
  speech: undefined,
};

export function nativeTextModel(row: TextModelRow): ModelEntry {
  return {
    ...common(row),
    task: "text-generation",
    wireFormat: "native",
    abilities: { ...noAbilities, ...row.abilities },
  };
}

export function openaiTextModel(row: TextModelRow): ModelEntry {
  return { ...nativeTextModel(row), wireFormat: "openai" };
}

/** The most texts of a call that Workers AI's published schemas name: 100, but for Qwen3's 32. */
const TEXTS_PER_CALL = 100;

export function embeddingModel(
  row: ModelRow & { readonly dimensions: number } & Partial<Omit<EmbeddingAbility, "dimensions">>,
): ModelEntry {
  const { dimensions, shorter = [], textsPerCall = TEXTS_PER_CALL } = row;
  return {
    ...common(row),
    task: "text-embeddings",
    wireFormat: "native",
    abilities: { ...noAbilities, embedding: { dimensions, shorter, textsPerCall } },
  };
}

export function rerankingModel(row: ModelRow): ModelEntry {
  return { ...common(row), task: "reranking", wireFormat: "native", abilities: noAbilities };
}

type MediaTask = "text-to-image" | "automatic-speech-recognition" | "text-to-speech";

/** A model of images or of sound. */
export function mediaModel(
  task: MediaTask,
  row: ModelRow,
  ability: Partial<Pick<ModelAbilities, "image" | "hearing" | "speech">>,
): ModelEntry {
  return { ...common(row), task, wireFormat: "native", abilities: { ...noAbilities, ...ability } };
}

export function moderationModel(row: TextModelRow): ModelEntry {
  return { ...nativeTextModel(row), task: "moderation" };
}

/** A text model that Workers AI refuses since `date`; `successor` answers in its place. */
export function retiredTextModel(
  row: TextModelRow & { readonly date: string; readonly successor: string },
): ModelEntry {
  return { ...nativeTextModel(row), retired: { date: row.date, successor: row.successor } };
}

/** The entry of a model that the catalogue does not describe. It is sent only what both dialects accept, and never listed. */
export function unknownTextModel(id: string): ModelEntry {
  return {
    ...common({ id }),
    task: "text-generation",
    wireFormat: "common",
    abilities: noAbilities,
  };
}

/** The same for a model that Workers AI lists as one of embeddings. Nothing is known of its vectors. */
export function unknownEmbeddingModel(id: string): ModelEntry {
  return { ...unknownTextModel(id), task: "text-embeddings", wireFormat: "native" };
}

/** US dollars per million tokens, as on Workers AI's price list. */
export function price(input: number | undefined, output?: number, cachedInput?: number): ModelPrice {
  return { input, output, cachedInput };
}

/** US dollars a unit, for models that are not billed by tokens: `unitPrice({ audioSecond: 0.00045 / 60 })`. */
export function unitPrice(units: NonNullable<ModelPrice["units"]>): ModelPrice {
  return { ...price(undefined), units };
}

export const reasoningWithoutKnob: ReasoningAbility = { levels: [], mapped: {}, switchable: false, inText: false };
export const reasoningWithSwitch: ReasoningAbility = { ...reasoningWithoutKnob, switchable: true };
export const reasoningInText: ReasoningAbility = { ...reasoningWithoutKnob, inText: true };

function common(row: ModelRow): Omit<ModelEntry, "task" | "wireFormat" | "abilities"> {
  return {
    id: row.id,
    ownedBy: row.id.split("/")[1] ?? "cloudflare",
    contextWindow: row.contextWindow,
    maxOutputTokens: row.maxOutputTokens,
    price: row.price,
    retired: undefined,
    plannedShutdown: undefined,
  };
}
