import type { ModelEntry } from "../models/model.ts";
import { catalogue } from "../models/catalogue.ts";
import type { EmulatorOptions } from "./options.ts";

/** A model of the catalogue, with what the emulator alone needs to know of it. */
export interface EmulatedModel {
  readonly entry: ModelEntry;
  readonly dialect: Dialect;
  readonly thinking: Thinking;
  readonly quirks: boolean;
  /** The name that the upstream gives itself in an answer. */
  readonly upstreamName: string;
}

/**
 * How a model writes its answers. `native`: `response` and flat tool calls. `dual`: OpenAI's fields and a native copy of
 * each. `openai`: chat completions with Workers AI's additions.
 */
export type Dialect = "native" | "dual" | "openai";

/** `in-content` writes its reasoning between `<think>` tags; the others have a field for it. */
export type Thinking = "none" | "in-content" | "on-request" | "by-default" | "always";

/** What cannot be told from the catalogue, by the beginning of the id. */
const PECULIARITIES: readonly {
  readonly id: string;
  readonly dialect?: Dialect;
  /** The documented dialect, for a model that production serves in another. */
  readonly documented?: Dialect;
  readonly thinking?: Thinking;
}[] = [
  { id: "@cf/meta/llama-3.3-70b-instruct-fp8-fast", dialect: "dual", documented: "native" },
  { id: "@cf/meta/llama-4-scout", dialect: "dual", documented: "native" },
  { id: "@cf/qwen/qwen3-30b-a3b-fp8", dialect: "openai", thinking: "by-default" },
  { id: "@cf/qwen/qwq-32b", thinking: "in-content" },
  { id: "@cf/deepseek-ai/deepseek-r1-distill", thinking: "in-content" },
  { id: "@cf/google/gemma-4", thinking: "on-request" },
];

/** Looks a model up as Workers AI would; `undefined` where there is no such model. */
export function findModel(id: string, options: EmulatorOptions): EmulatedModel | undefined {
  const entry = (options.catalogue ?? catalogue).find((candidate) => candidate.id === id);
  return entry === undefined ? undefined : emulateModel(entry, options);
}

function emulateModel(entry: ModelEntry, options: EmulatorOptions): EmulatedModel {
  const quirks = options.quirks ?? true;
  const peculiarity = PECULIARITIES.find((candidate) => entry.id.startsWith(candidate.id));
  const dialect = (quirks ? undefined : peculiarity?.documented) ?? peculiarity?.dialect ?? toDialect(entry);
  return {
    entry,
    dialect,
    thinking: peculiarity?.thinking ?? toThinking(entry, dialect),
    quirks,
    upstreamName: quirks ? toUpstreamName(entry.id, dialect) : entry.id,
  };
}

function toDialect(entry: ModelEntry): Dialect {
  return entry.wireFormat === "openai" ? "openai" : "native";
}

function toThinking(entry: ModelEntry, dialect: Dialect): Thinking {
  const { reasoning } = entry.abilities;
  if (reasoning === undefined) return "none";
  if (dialect !== "openai") return "in-content";
  return reasoning.switchable ? "by-default" : "always";
}

function toUpstreamName(id: string, dialect: Dialect): string {
  return dialect === "dual" ? `${id.replace(/-fp8-fast$/, "")}-sd` : `${id}-external`;
}
