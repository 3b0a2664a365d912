import { gatherEvidence, readable } from "../instance/evidence.ts";
import { createInstance } from "../instance/fill-value.ts";
import { resolveSchema, schemaType } from "../instance/resolve-schema.ts";
import { arrayOf, objectOf, type JsonObject } from "../json-value.ts";
import { lastUserTurn } from "../answer/conversation.ts";
import type { ToolCall } from "../answer/plan.ts";
import type { RunTask, ToolOffer } from "../answer/run-task.ts";
import { isToldToCall } from "../answer/worded-request.ts";
import { relevance, RELEVANT } from "./relevance.ts";
import { currentStep, isHandOver } from "./steps.ts";

/** Decides which tools to call now, and with what: none, one, or several at once. */
export function decideToolCalls(task: RunTask): readonly ToolCall[] {
  const { user, after } = lastUserTurn(task.conversation);
  const message = readable(user?.text ?? "");
  if (task.tools.length === 0 || task.toolChoice.type === "none" || user === undefined) return [];
  const choice = task.toolChoice;
  if (choice.type === "named") {
    const forced = task.tools.find(({ name }) => name === choice.name);
    return forced === undefined ? [] : [{ name: forced.name, arguments: fill(forced, message, message, task) }];
  }
  const step = currentStep(task.tools, message, after);
  const chosen = chooseTools(step.tools, step.message, task.parallelToolCalls);
  if (chosen.length > 0)
    return limit(
      chosen.flatMap((tool) => callsOf(tool, step.message, task, chosen.length > 1 ? FINE_CLAUSES : CLAUSES)),
      task,
    );
  // `required` is obeyed once; an agent that asks for it again with the results at hand would never end.
  const required = choice.type === "required" || isToldToCall(task.conversation);
  const best = required && after.length === 0 ? byRelevance(step.tools, step.message)[0] : undefined;
  return best === undefined ? [] : limit(callsOf(best.tool, step.message, task), task);
}

function limit(calls: readonly ToolCall[], task: RunTask): readonly ToolCall[] {
  return task.parallelToolCalls ? calls : calls.slice(0, 1);
}

function chooseTools(tools: readonly ToolOffer[], message: string, parallel: boolean): readonly ToolOffer[] {
  const ranked = byRelevance(tools, message).filter(({ score }) => score >= RELEVANT);
  const best = ranked[0];
  if (best === undefined) return [];
  // A hand-over goes to one agent, and that agent does the rest.
  if (isHandOver(best.tool.name) || !parallel) return [best.tool];
  const wanted = ranked.filter(({ tool, score }) => score >= best.score / 2 && !isHandOver(tool.name));
  return tools.filter((tool) => wanted.some((candidate) => candidate.tool === tool));
}

function byRelevance(tools: readonly ToolOffer[], message: string) {
  return tools
    .map((tool) => ({ tool, score: relevance(tool, message) }))
    .toSorted((left, right) => right.score - left.score);
}

const CLAUSES =
  /(?<=[.?!;])\s+|,?\s+and\s+(?:also\s+)?(?=(?:what|how|where|when|who|tell|get|find|send|add|multiply|divide|subtract|book|check|search|create|set|turn|show|calculate|look|give|email|remind)\b)/i;

// With several tools in play `the weather in Paris and the time in Tokyo` is two wishes.
const FINE_CLAUSES = new RegExp(String.raw`${CLAUSES.source}|,?\s+and\s+(?:also\s+)?(?=(?:the|a|an|my|its)\b)`, "i");

// So many calls of one tool at once, and no more.
const MOST_PARALLEL = 8;

/** The calls of one tool: one for each clause that asks for it, or for each name that an enumeration gives it. */
function callsOf(tool: ToolOffer, message: string, task: RunTask, border = CLAUSES): readonly ToolCall[] {
  const clauses = message.split(border).filter((clause) => relevance(tool, clause) >= RELEVANT);
  const calls = (clauses.length === 0 ? [message] : clauses).flatMap((clause) => {
    const names = hasSoleName(tool.parameters) ? gatherEvidence(clause, task.now).names : [];
    if (names.length < 2 || names.length > MOST_PARALLEL || !joined(names, clause))
      return [fill(tool, clause, message, task)];
    return names.map((name) => fill(tool, clause, message, task, name));
  });
  const distinct = new Map(calls.map((values) => [JSON.stringify(values), values]));
  return [...distinct.values()].map((values) => ({ name: tool.name, arguments: values }));
}

/** Fills a tool's arguments from its clause; what the clause does not say, the rest of the message may. */
function fill(tool: ToolOffer, clause: string, message: string, task: RunTask, name?: string): JsonObject {
  const own = gatherEvidence(clause, task.now);
  const whole = gatherEvidence(message, task.now);
  const evidence = {
    ...own,
    names: name === undefined ? orElse(own.names, whole.names) : [name],
    emails: orElse(own.emails, whole.emails),
    numbers: orElse(own.numbers, whole.numbers),
    dates: orElse(own.dates, whole.dates),
    quoted: orElse(own.quoted, whole.quoted),
  };
  const schema = { type: "object", ...tool.parameters };
  return objectOf(createInstance(schema, { evidence, root: tool.parameters, complete: false }));
}

function orElse<Item>(first: Item[], second: Item[]): Item[] {
  return first.length > 0 ? first : second;
}

/** Whether a tool takes just one name: several names in a message then mean several calls. */
function hasSoleName(parameters: JsonObject): boolean {
  const required = arrayOf(parameters.required).filter((name) => typeof name === "string");
  const names = required.filter((name) => {
    const schema = resolveSchema(objectOf(parameters.properties)[name], parameters);
    return schemaType(schema) === "string" && !Array.isArray(schema.enum);
  });
  const name = names.length === 1 ? names[0] : undefined;
  return (
    name !== undefined &&
    /city|location|place|country|town|name|person|symbol|ticker|subject|topic|address|region/i.test(name)
  );
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
