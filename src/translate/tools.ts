import { GatewayError } from "../errors.ts";
import type { JsonRecord } from "../json.ts";
import type { ModelEntry } from "../models/model.ts";
import type { ChatRequest, FunctionDefinition, ToolChoice, ToolDefinition } from "../openai/chat-request.ts";
import type { ParameterTreatment } from "./parameter-report.ts";

/** The tool part of the inputs, and what the model has to be told where it knows no `tool_choice`. */
export interface ToolInputs {
  readonly inputs: JsonRecord;
  readonly instruction: string | undefined;
}

/** What a request offers, whichever of OpenAI's three generations of members it uses. */
interface Offer {
  readonly tools: readonly ToolDefinition[];
  readonly mode: "none" | "auto" | "required";
  /** The one function that has to be called. */
  readonly named: string | undefined;
}

/** The request speaks the form that `tools` replaced, and expects its answer in that form. */
export function usesLegacyFunctions(request: ChatRequest): boolean {
  return request.functions !== undefined && request.tools === undefined;
}

/**
 * Tools and tool choice as inputs. An empty list is never sent (the upstream refuses it); a choice goes as it is to
 * models with OpenAI's inputs, and is emulated elsewhere: `none` withholds the tools, a named function is offered
 * alone, and what must be called is said in words.
 */
export function toToolInputs(
  request: ChatRequest,
  entry: ModelEntry,
  report: Map<string, ParameterTreatment>,
): ToolInputs {
  const offer = readOffer(request);
  if (offer.tools.length === 0) return { inputs: {}, instruction: undefined };
  const parameter = usesLegacyFunctions(request) ? "functions" : "tools";
  // An unknown model may well call tools; both wire formats take them in this form.
  if (!entry.abilities.tools && entry.wireFormat !== "common") {
    if (offer.mode === "none") return { inputs: {}, instruction: undefined };
    const message = `Unsupported parameter: the model '${entry.id}' does not call tools.`;
    throw new GatewayError("unsupported_parameter", message, { param: parameter });
  }
  if (parameter === "functions") report.set(parameter, "emulated");
  if (entry.wireFormat === "openai") return { inputs: toOpenaiToolInputs(offer, request), instruction: undefined };
  const choiceParameter = parameter === "functions" ? "function_call" : "tool_choice";
  if (offer.mode !== "auto") report.set(choiceParameter, "emulated");
  if (offer.mode === "none") return { inputs: {}, instruction: undefined };
  return { inputs: { tools: offer.tools.map(toTool) }, instruction: toInstruction(offer) };
}

function toOpenaiToolInputs(offer: Offer, request: ChatRequest): JsonRecord {
  const named = offer.named === undefined ? undefined : { type: "function", function: { name: offer.named } };
  return {
    tools: offer.tools.map(toTool),
    tool_choice: named ?? offer.mode,
    ...(request.parallel_tool_calls !== undefined && { parallel_tool_calls: request.parallel_tool_calls }),
  };
}

function toInstruction(offer: Offer): string | undefined {
  if (offer.named !== undefined) return `Answer only by calling the function ${offer.named}; do not answer in text.`;
  return offer.mode === "required"
    ? "Answer only by calling one or more of the functions; do not answer in text."
    : undefined;
}

function readOffer(request: ChatRequest): Offer {
  if (usesLegacyFunctions(request)) {
    const tools = (request.functions ?? []).map((definition) => ({ type: "function" as const, function: definition }));
    const choice = request.function_call;
    if (typeof choice === "object") return withNamed(tools, choice.name, "function_call.name");
    return { tools, mode: choice ?? "auto", named: undefined };
  }
  return withChoice(request.tools ?? [], request.tool_choice);
}

function withChoice(tools: readonly ToolDefinition[], choice: ToolChoice | undefined): Offer {
  if (choice === undefined || typeof choice === "string") return { tools, mode: choice ?? "auto", named: undefined };
  if (choice.type === "function") return withNamed(tools, choice.function.name, "tool_choice.function.name");
  const { mode, tools: allowed } = choice.allowed_tools;
  const names = new Set(allowed.map((tool) => tool.function.name));
  return { tools: tools.filter((tool) => names.has(tool.function.name)), mode, named: undefined };
}

function withNamed(tools: readonly ToolDefinition[], name: string, param: string): Offer {
  const named = tools.filter((tool) => tool.function.name === name);
  if (named.length === 0) {
    const message = `Invalid value for '${param}': no function of that name is among the tools.`;
    throw new GatewayError("invalid_value", message, { param });
  }
  return { tools: named, mode: "required", named: name };
}

/** Every member that a published schema requires is there; one that is not text (`description: false`) never was. */
function toTool({ function: definition }: { readonly function: FunctionDefinition }): JsonRecord {
  return {
    type: "function",
    function: {
      name: definition.name,
      description: definition.description ?? "",
      parameters: { type: "object", properties: {}, ...definition.parameters },
      ...(definition.strict !== undefined && { strict: definition.strict }),
    },
  };
}
