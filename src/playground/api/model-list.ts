import { isRecord, type JsonRecord } from "../../json.ts";

/** A model of `GET /v1/models`, as far as the pages use it. What the gateway does not say stays `undefined`. */
export interface Model {
  readonly id: string;
  readonly ownedBy: string;
  readonly description: string;
  /** Where the page calls it, below the base URL. */
  readonly path: ModelPath;
  /** The id behind an alias. */
  readonly canonicalId: string | undefined;
  readonly contextLength: number | undefined;
  readonly readsImages: boolean;
  readonly supports: ReadonlySet<string>;
  readonly schemas: Readonly<Record<string, ValueSchema>>;
  readonly prices: TokenPrices | undefined;
}

/** What the page can call. */
export const modelPaths = [
  "/chat/completions",
  "/embeddings",
  "/images/generations",
  "/audio/speech",
  "/audio/transcriptions",
  "/rerank",
] as const;
export type ModelPath = (typeof modelPaths)[number];

/** The values that a model takes for a parameter. */
export interface ValueSchema {
  readonly type: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
}

/** US dollars a token. */
export interface TokenPrices {
  readonly prompt: number;
  readonly completion: number | undefined;
  readonly cached: number | undefined;
}

/** The models of the list that the page can call, in the gateway's order. */
export function parseModels(list: unknown): readonly Model[] {
  if (!isRecord(list) || !Array.isArray(list["data"])) throw new TypeError("The gateway's list of models has no data.");
  return list["data"].filter(isRecord).flatMap((entry) => {
    const path = toPath(entry);
    return path === undefined ? [] : [toModel(entry, path)];
  });
}

/** The guards judge a conversation, which is said to a moderation endpoint first of all, and to a chat as well. */
function toPath({ endpoint, task }: JsonRecord): ModelPath | undefined {
  if (task === "moderation") return "/chat/completions";
  return modelPaths.find((path) => endpoint === `/v1${path}`);
}

function toModel(entry: JsonRecord, path: ModelPath): Model {
  const architecture = isRecord(entry["architecture"]) ? entry["architecture"] : {};
  return {
    id: String(entry["id"]),
    ownedBy: toText(entry["owned_by"]) ?? "",
    description: toText(entry["description"]) ?? "",
    path,
    canonicalId: toText(entry["canonical_id"]),
    contextLength: toNumber(entry["context_length"]),
    readsImages: toTexts(architecture["input_modalities"]).includes("image"),
    supports: new Set(toTexts(entry["supported_parameters"])),
    schemas: toSchemas(entry["parameter_schemas"]),
    prices: toPrices(entry["pricing"]),
  };
}

function toSchemas(value: unknown): Readonly<Record<string, ValueSchema>> {
  if (!isRecord(value)) return {};
  const schemas: Record<string, ValueSchema> = {};
  for (const [name, schema] of Object.entries(value)) {
    if (!isRecord(schema)) continue;
    const { minimum, maximum } = schema;
    schemas[name] = {
      type: toText(schema["type"]) ?? "number",
      ...(typeof minimum === "number" && { minimum }),
      ...(typeof maximum === "number" && { maximum }),
      ...(Array.isArray(schema["enum"]) && { enum: toTexts(schema["enum"]) }),
    };
  }
  return schemas;
}

function toPrices(value: unknown): TokenPrices | undefined {
  if (!isRecord(value)) return undefined;
  const prompt = toNumber(value["prompt"]);
  if (prompt === undefined) return undefined;
  return { prompt, completion: toNumber(value["completion"]), cached: toNumber(value["input_cache_read"]) };
}

function toText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Prices come as decimal text, so that no digit is lost. */
function toNumber(value: unknown): number | undefined {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

function toTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}
