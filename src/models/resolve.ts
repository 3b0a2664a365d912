import { GatewayError } from "../errors.ts";
import { resolveAliases } from "./alias-table.ts";
import { unknownTextModel } from "./catalogue/entry.ts";
import { catalogue } from "./catalogue.ts";
import { retiredWithoutSuccessor } from "./catalogue/retired.ts";
import type { ModelEntry } from "./model.ts";
import { isWorkersAiModelId, printableName } from "./model-name.ts";

/** Who answers a request for a name. */
export interface Resolution {
  /** The model to call; never a retired one. */
  readonly entry: ModelEntry;
  /** The model that the name means, where Workers AI has retired it; `retired.retired` has the day and the successor. */
  readonly retired: ModelEntry | undefined;
}

/** A name that `GET /v1/models` shows: a catalogue id, or an alias of the entry. */
export interface ModelListing {
  readonly name: string;
  readonly entry: ModelEntry;
}

export interface ModelDirectory {
  /**
   * The model behind a client's `model`: an alias, a catalogue id, or an id of Workers AI's form that the catalogue does
   * not know. Throws `model_not_found` for everything else.
   */
  resolve(name: string): Resolution;
  /** Whether the caller may use the model behind a name. Throws as `resolve` does where there is none. */
  allows(name: string): boolean;
  /** Every live model, then every alias of one. */
  list(): readonly ModelListing[];
  /** A model or an alias by name, retired models included and not replaced; `undefined` if the catalogue has none. */
  find(name: string): ModelListing | undefined;
}

/**
 * The catalogue with the built-in aliases and those of `MODEL_ALIASES`, which win. An alias may name another alias once.
 * `extraEntries` are models of the development environment (`@emulator/…`).
 * Throws `misconfigured`, naming every extra alias that leads nowhere.
 */
export function createModelDirectory(
  extraAliases: Readonly<Record<string, string>>,
  extraEntries: readonly ModelEntry[] = [],
  known: readonly ModelEntry[] = catalogue,
): ModelDirectory {
  const entries = new Map([...known, ...extraEntries].map((entry) => [entry.id, entry]));
  const aliases = resolveAliases(extraAliases, (id) => entries.has(id) || isWorkersAiModelId(id));
  const listings = listLive(entries, aliases);

  function find(name: string): ModelListing | undefined {
    const entry = entries.get(aliases.get(name) ?? name);
    return entry && { name, entry };
  }

  function resolve(name: string): Resolution {
    const id = aliases.get(name) ?? name;
    const entry = entries.get(id) ?? entryOfUnknown(id, name);
    if (entry.retired === undefined) return { entry, retired: undefined };
    const successor = entries.get(entry.retired.successor);
    if (successor === undefined) throw retiredModelError(entry);
    return { entry: successor, retired: entry };
  }

  return { resolve, allows: () => true, find, list: () => listings };
}

/** The 404 for a name that no model answers to. */
export function modelNotFoundError(name: string): GatewayError {
  const shown = printableName(name);
  return new GatewayError("model_not_found", `The model '${shown}' does not exist or you do not have access to it.`, {
    param: "model",
  });
}

/** The 404 of strict mode for a retired model: names it, the day and the successor. */
export function retiredModelError(model: ModelEntry): GatewayError {
  const day = model.retired === undefined ? "" : ` on ${model.retired.date}; use '${model.retired.successor}' instead`;
  return new GatewayError("model_not_found", `The model '${model.id}' was retired by Workers AI${day}.`, {
    param: "model",
  });
}

function entryOfUnknown(id: string, name: string): ModelEntry {
  if (Object.hasOwn(retiredWithoutSuccessor, id)) {
    throw new GatewayError(
      "model_not_found",
      `The model '${id}' was retired by Workers AI on ${retiredWithoutSuccessor[id]}.`,
      { param: "model" },
    );
  }
  if (!isWorkersAiModelId(id)) throw modelNotFoundError(name);
  return unknownTextModel(id);
}

function listLive(entries: ReadonlyMap<string, ModelEntry>, aliases: ReadonlyMap<string, string>): ModelListing[] {
  const listings = new Map<string, ModelListing>();
  for (const [name, entry] of entries) if (!aliases.has(name)) listings.set(name, { name, entry });
  for (const [name, id] of aliases) {
    const entry = entries.get(id);
    if (entry !== undefined) listings.set(name, { name, entry });
  }
  return [...listings.values()].filter(({ entry }) => entry.retired === undefined);
}
