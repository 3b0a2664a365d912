import { GatewayError } from "../errors.ts";
import type { ResponsesTool } from "../openai/responses-tool.ts";

/**
 * Tools that a request groups under a name, as Codex does with those of its servers. Models know no groups: each tool is
 * offered under a name that begins with that of its group, and a call of it is shown with both names apart.
 */

/** A tool that a model can be offered. */
export type PlainTool = Extract<ResponsesTool, { type: "function" | "custom" }>;

/** A tool as its caller knows it. */
export interface ToolName {
  readonly name: string;
  readonly namespace?: string;
}

/** The name under which the model knows the tool. */
export function toOfferedName({ namespace, name }: { readonly namespace?: string | undefined; readonly name: string }) {
  return namespace === undefined ? name : `${namespace}__${name}`;
}

/** All tools that are served, in one list. Throws where two of them would have one name for the model. */
export function toPlainTools(tools: readonly ResponsesTool[] | undefined): readonly PlainTool[] {
  const plain = (tools ?? []).flatMap((tool) => {
    if (tool.type === "foreign") return [];
    if (tool.type !== "namespace") return [tool];
    return toServedMembers(tool).map((member) => ({
      ...member,
      name: toOfferedName({ ...member, namespace: tool.name }),
    }));
  });
  if (!hasNamespaces(tools)) return plain;
  const names = new Set<string>();
  for (const { name } of plain) {
    if (names.has(name)) {
      const message = `Invalid value for 'tools': two of them would be called '${name.slice(0, 130)}'.`;
      throw new GatewayError("invalid_value", message, { param: "tools" });
    }
    names.add(name);
  }
  return plain;
}

/** The tools in namespaces, by the name under which the model knows them. */
export function toNamespacedNames(tools: readonly ResponsesTool[] | undefined): ReadonlyMap<string, ToolName> {
  const names = new Map<string, ToolName>();
  for (const tool of tools ?? []) {
    if (tool.type !== "namespace") continue;
    for (const { name } of toServedMembers(tool)) {
      const own = { namespace: tool.name, name };
      names.set(toOfferedName(own), own);
    }
  }
  return names;
}

export function hasNamespaces(tools: readonly ResponsesTool[] | undefined): boolean {
  return tools?.some(({ type }) => type === "namespace") === true;
}

export function toServedMembers({ tools }: Extract<ResponsesTool, { type: "namespace" }>): readonly PlainTool[] {
  return tools.filter((tool) => tool.type !== "foreign");
}
