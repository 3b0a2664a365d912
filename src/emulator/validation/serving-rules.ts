import { Cabidela } from "@cloudflare/cabidela";
import { parseConversation, type Turn } from "../answer/conversation.ts";
import type { WorkersAiError } from "../error-body.ts";
import { arrayOf, isJsonObject, objectOf, parseJson, stringOf, type JsonObject } from "../json-value.ts";
import type { EmulatedModel } from "../model-table.ts";

type Rule = (model: EmulatedModel, inputs: JsonObject) => WorkersAiError | undefined;

/**
 * What the published schemas do not say and the serving layer refuses all the same. Each rule answers the error of a
 * breach, the first one wins.
 */
const RULES: readonly Rule[] = [
  knownResponseFormat,
  jsonSchemaAbility,
  schemaWithoutNull,
  toolsNotEmpty,
  toolsWellFormed,
  knownToolChoice,
  imagesOnlyForVision,
  systemFirst,
  argumentsAreJson,
  callsAreAnswered,
];

export function servingViolation(model: EmulatedModel, inputs: JsonObject): WorkersAiError | undefined {
  for (const rule of RULES) {
    const error = rule(model, inputs);
    if (error !== undefined) return error;
  }
  return undefined;
}

const RESPONSE_FORMAT = new Cabidela({
  type: "object",
  properties: {
    response_format: { type: "object", properties: { type: { type: "string", enum: ["json_object", "json_schema"] } } },
  },
});

function knownResponseFormat(model: EmulatedModel, inputs: JsonObject): WorkersAiError | undefined {
  if (model.dialect === "openai" || inputs.response_format === undefined) return undefined;
  try {
    RESPONSE_FORMAT.validate(inputs);
    return undefined;
  } catch (error) {
    return refuse(5006, String(error));
  }
}

function jsonSchemaAbility(model: EmulatedModel, inputs: JsonObject): WorkersAiError | undefined {
  const { type } = objectOf(inputs.response_format);
  if (type !== "json_schema" && type !== "json_object") return undefined;
  if (type === "json_schema" && model.entry.abilities.jsonSchema === "none") {
    return refuse(5025, "This model doesn't support JSON Schema.");
  }
  if (type === "json_schema" && inputs.stream === true && model.dialect !== "openai") {
    return refuse(5023, "JSON Schema mode is not supported with stream mode.");
  }
  return undefined;
}

/** The constrained decoder of the native models cannot build a union of types. */
function schemaWithoutNull(model: EmulatedModel, inputs: JsonObject): WorkersAiError | undefined {
  const format = objectOf(inputs.response_format);
  if (model.dialect === "openai" || format.type !== "json_schema" || !hasTypeUnion(format.json_schema))
    return undefined;
  return refuse(5024, "JSON Mode couldn't be met.");
}

function hasTypeUnion(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.some(hasTypeUnion);
  if (!isJsonObject(schema)) return false;
  return Array.isArray(schema.type) || Object.values(schema).some(hasTypeUnion);
}

function toolsNotEmpty(_: EmulatedModel, inputs: JsonObject): WorkersAiError | undefined {
  if (!Array.isArray(inputs.tools) || inputs.tools.length > 0) return undefined;
  return refuse(5006, "Error: '/tools' must not be an empty array");
}

function toolsWellFormed(model: EmulatedModel, inputs: JsonObject): WorkersAiError | undefined {
  for (const tool of arrayOf(inputs.tools)) {
    const fields = objectOf(tool);
    const { description } = isJsonObject(fields.function) ? fields.function : fields;
    if (description !== undefined && description !== null && typeof description !== "string")
      return refuse(8001, "Invalid input");
    if (model.dialect === "openai" && fields.type !== undefined && fields.type !== "function")
      return refuse(8001, "Invalid input");
  }
  return undefined;
}

function knownToolChoice(model: EmulatedModel, inputs: JsonObject): WorkersAiError | undefined {
  const choice = inputs.tool_choice;
  if (model.dialect !== "openai" || choice === undefined || choice === null) return undefined;
  if (typeof choice === "string" && !["auto", "none", "required"].includes(choice))
    return refuse(8001, "Invalid input");
  const name = stringOf(objectOf(objectOf(choice).function).name);
  const names = arrayOf(inputs.tools).map((tool) => objectOf(objectOf(tool).function).name);
  if (name !== undefined && !names.includes(name)) return refuse(8006, "Invalid data for tool_choice");
  return undefined;
}

function imagesOnlyForVision(model: EmulatedModel, inputs: JsonObject): WorkersAiError | undefined {
  if (model.entry.abilities.vision || parseConversation(inputs).turns.every(({ images }) => images === 0))
    return undefined;
  return engineError(`${model.entry.id} is not a multimodal model and takes no images.`);
}

function systemFirst(model: EmulatedModel, inputs: JsonObject): WorkersAiError | undefined {
  if (!model.entry.abilities.systemFirst) return undefined;
  const late = parseConversation(inputs).turns.findIndex(({ role }, index) => index > 0 && role === "system");
  return late === -1 ? undefined : engineError("System message must be at the beginning.");
}

function argumentsAreJson(model: EmulatedModel, inputs: JsonObject): WorkersAiError | undefined {
  if (model.dialect !== "openai") return undefined;
  const calls = parseConversation(inputs).turns.flatMap(({ toolCalls }) => toolCalls);
  if (calls.every((call) => parseJson(call.arguments) !== undefined)) return undefined;
  return engineError("Assistant tool call function.arguments must be valid JSON.");
}

function callsAreAnswered(model: EmulatedModel, inputs: JsonObject): WorkersAiError | undefined {
  if (model.dialect !== "openai") return undefined;
  const { turns } = parseConversation(inputs);
  const answered = new Set(turns.map(({ toolCallId }) => toolCallId));
  const orphan = turns.flatMap(callIds).find((id) => !answered.has(id));
  if (orphan === undefined) return undefined;
  return engineError(
    `The tool call '${orphan}' of an assistant message is not followed by a tool message that answers it.`,
  );
}

function callIds({ toolCalls }: Turn): readonly string[] {
  return toolCalls.flatMap(({ id }) => (id === undefined ? [] : [id]));
}

function refuse(code: number, description: string): WorkersAiError {
  return { code, status: 400, description };
}

/** An error of the engine behind the serving layer comes as JSON inside the description. */
function engineError(message: string): WorkersAiError {
  return refuse(8007, JSON.stringify({ message, code: 400 }));
}
