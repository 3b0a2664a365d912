import { GatewayError } from "../errors.ts";
import { builtInAliases } from "./aliases.ts";
import { printableName } from "./model-name.ts";

/**
 * The built-in aliases and the operator's, which win, each with the model id that it ends at. `isModelId` says which ids
 * can be called. Throws one `misconfigured` error that names every extra alias at fault.
 */
export function resolveAliases(
  extraAliases: Readonly<Record<string, string>>,
  isModelId: (id: string) => boolean,
): ReadonlyMap<string, string> {
  const targets = new Map([...Object.entries(builtInAliases), ...Object.entries(extraAliases)]);
  const resolved = new Map<string, string>();
  const problems: string[] = [];
  for (const [alias, target] of targets) {
    // One step and no more: a longer chain is hard to read, and a circle is one that never ends.
    const id = targets.get(target) ?? target;
    const problem = alias.trim() === "" ? "is empty" : problemOf(id, targets, isModelId);
    if (problem === undefined) resolved.set(alias, id);
    else problems.push(`'${printableName(alias)}' -> '${printableName(target)}' ${problem}`);
  }
  if (problems.length > 0) throw new GatewayError("misconfigured", `MODEL_ALIASES: ${problems.join("; ")}.`);
  return resolved;
}

function problemOf(
  id: string,
  targets: ReadonlyMap<string, string>,
  isModelId: (id: string) => boolean,
): string | undefined {
  if (targets.has(id)) return "is a chain of more than two aliases, or a circle";
  return isModelId(id) ? undefined : "names no model";
}
