import { GatewayError } from "../errors.ts";
import type { ModelEntry } from "./model.ts";
import { printableName } from "./model-name.ts";
import { matchesPattern } from "./model-pattern.ts";
import type { ModelDirectory } from "./resolve.ts";

/**
 * The directory with only the models that a key may use. Each of `patterns` is a model by id or alias, or a pattern of
 * ids or aliases; it is the model that answers which has to be among them, whatever name it was asked for by. Without a
 * pattern it is every model.
 */
export function restrictDirectory(directory: ModelDirectory, patterns: readonly string[]): ModelDirectory {
  if (patterns.length === 0) return directory;
  const wildcards = patterns.filter((pattern) => pattern.includes("*"));
  const ids = new Set(patterns.map((pattern) => findId(directory, pattern)));

  function isAllowed(name: string, entry: ModelEntry): boolean {
    if (ids.has(entry.id)) return true;
    // A retired model's name is not a name of its successor.
    const names = directory.find(name)?.entry.id === entry.id ? [entry.id, name] : [entry.id];
    return wildcards.some((pattern) => names.some((each) => matchesPattern(pattern, each)));
  }

  function allows(name: string): boolean {
    return isAllowed(name, directory.resolve(name).entry);
  }

  return {
    allows,
    resolve(name) {
      const resolution = directory.resolve(name);
      if (isAllowed(name, resolution.entry)) return resolution;
      const message = `Your API key may not use the model '${printableName(name)}'.`;
      throw new GatewayError("model_not_allowed", message, { param: "model" });
    },
    find(name) {
      const listing = directory.find(name);
      return listing !== undefined && isAllowed(name, listing.entry) ? listing : undefined;
    },
    list: () => directory.list().filter(({ name, entry }) => isAllowed(name, entry)),
  };
}

/** The id of the model that a name stands for now; the name itself where there is none, which then allows nothing. */
function findId(directory: ModelDirectory, name: string): string {
  try {
    return directory.resolve(name).entry.id;
  } catch {
    return name;
  }
}
