import { gatherEvidence } from "../instance/evidence.ts";
import { fillValue } from "../instance/fill-value.ts";
import { resolveSchema, schemaType } from "../instance/resolve-schema.ts";
import { arrayOf, isJsonObject, objectOf, type JsonObject } from "../json-value.ts";
import { lastUserTurn, type Turn } from "../answer/conversation.ts";
import type { ToolCall } from "../answer/plan.ts";
import type { RunTask, ToolOffer } from "../answer/run-task.ts";
import { relevance, RELEVANT } from "./relevance.ts";

/** Decides which tools to call now, and with what: none, one, or several at once. */
export function decideToolCalls(task: RunTask): readonly ToolCall[] {
  const { user, after } = lastUserTurn(task.conversation);
  if (task.tools.length === 0 || task.toolChoice.type === "none" || user === undefined) return [];
  const choice = task.toolChoice;
  if (choice.type === "named") {
    const forced = task.tools.find(({ name }) => name === choice.name);
    return forced === undefined ? [] : callsOf(forced, user.text, { ...task, parallelToolCalls: false });
  }
  const offered = remainingTools(task.tools, after);
  const ranked = offered
    .map((tool) => ({ tool, score: relevance(tool, user.text) }))
    .toSorted((left, right) => right.score - left.score);
  const best = ranked[0];
  if (best === undefined) return [];
  if (best.score < RELEVANT) {
    // `required` is obeyed once; an agent that asks for it again with the results at hand would never end.
    return choice.type === "required" && after.length === 0 ? callsOf(best.tool, user.text, task) : [];
  }
  const chosen = ranked.filter(({ score }) => score >= RELEVANT && score >= best.score / 2);
  // A hand-over goes to one agent, and that agent does the rest.
  const handOver = isHandOver(best.tool.name);
  const wanted = handOver || !task.parallelToolCalls ? [best] : chosen.filter(({ tool }) => !isHandOver(tool.name));
  const inOrder = offered.filter((tool) => wanted.some((candidate) => candidate.tool === tool));
  return inOrder.flatMap((tool) => callsOf(tool, user.text, task));
}

/**
 * The tools that may still be called. After results there are none, so that an agent's loop ends; but after a hand-over
 * the next agent starts with the same message and tools of its own.
 */
function remainingTools(tools: readonly ToolOffer[], after: readonly Turn[]): readonly ToolOffer[] {
  const called = after.flatMap(({ toolCalls }) => toolCalls.map(({ name }) => name));
  if (!after.some(({ role }) => role === "tool")) return tools;
  const last = called.at(-1);
  if (last === undefined || !isHandOver(last)) return [];
  return tools.filter(({ name }) => !called.includes(name) && !isHandOver(name));
}

function isHandOver(name: string): boolean {
  return /^(?:transfer|hand_?off|handover|delegate)_?(?:to)?_/i.test(name);
}

function callsOf(tool: ToolOffer, message: string, task: RunTask): readonly ToolCall[] {
  const evidence = () => gatherEvidence(message, task.now);
  const only = task.parallelToolCalls ? soleNameProperty(tool.parameters) : undefined;
  const names = only === undefined ? [] : evidence().names;
  if (only !== undefined && names.length > 1 && joined(names, message)) {
    return names.map((name) => ({ name: tool.name, arguments: fill(tool, { ...evidence(), names: [name] }) }));
  }
  return [{ name: tool.name, arguments: fill(tool, evidence()) }];
}

function fill(tool: ToolOffer, evidence: ReturnType<typeof gatherEvidence>): JsonObject {
  const schema = { type: "object", ...tool.parameters };
  return objectOf(fillValue(schema, { evidence, root: tool.parameters, complete: false }));
}

/** The one required text of a tool, when it has just one: several names in a message then mean several calls. */
function soleNameProperty(parameters: JsonObject): string | undefined {
  const required = arrayOf(parameters.required).filter((name) => typeof name === "string");
  const names = required.filter((name) => {
    const schema = resolveSchema(objectOf(parameters.properties)[name], parameters);
    return schemaType(schema) === "string" && !isJsonObject(schema.enum);
  });
  const name = names.length === 1 ? names[0] : undefined;
  return name !== undefined &&
    /city|location|place|country|town|name|person|symbol|ticker|subject|topic|address|region/i.test(name)
    ? name
    : undefined;
}

/** Whether the names stand in one enumeration: `Paris, Rome and Oslo`. */
function joined(names: readonly string[], message: string): boolean {
  return names.every((name, index) => {
    const next = names[index + 1];
    if (next === undefined) return true;
    const between = message.slice(
      message.indexOf(name) + name.length,
      message.indexOf(next, message.indexOf(name) + name.length),
    );
    return /^\s*(?:,|and|or|vs\.?|versus|&|,\s*and|,\s*or|and (?:in|for|of|at)|compared (?:to|with))(?: the)?\s*$/i.test(
      between,
    );
  });
}
