import type * as z from "zod/mini";
import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import { chatMessage } from "../openai/chat-message.ts";
import { chatRequest } from "../openai/chat-request.ts";
import { completionRequest } from "../openai/completion-request.ts";
import { functionDefinition, tool, toolChoice } from "../openai/tool-schema.ts";
import { parameterTable } from "../translate/parameter-table.ts";
import * as chat from "./answers/chat.ts";
import * as models from "./answers/models.ts";
import * as service from "./answers/service.ts";
import { toSentence } from "./errors.ts";
import { toComponents } from "./json-schema.ts";

type Schemas = Readonly<Record<string, z.ZodMiniType>>;

/** What is taken: the very schemas that the routes read requests with. */
const requests: Schemas = {
  ChatCompletionRequest: chatRequest,
  ChatMessage: chatMessage,
  Tool: tool,
  ToolChoice: toolChoice,
  FunctionDefinition: functionDefinition,
  TextCompletionRequest: completionRequest,
};

const answers: Schemas = {
  Error: chat.error,
  CompletionUsage: chat.usage,
  ChatCompletion: chat.chatCompletion,
  ChatCompletionChunk: chat.chatCompletionChunk,
  TextCompletion: chat.textCompletion,
  TextCompletionChunk: chat.textCompletionChunk,
  Model: models.model,
  ModelList: models.modelList,
  Health: service.health,
};

/** What happens to each member of a request: half sentences, by member. */
const treatments: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ChatCompletionRequest: toTreatments("chat"),
  TextCompletionRequest: toTreatments("completions"),
};

/** The components `schemas` of the document. */
export function toSchemaComponents(): Record<string, JsonRecord> {
  const taken = toComponents(requests, "input");
  for (const [name, members] of Object.entries(treatments)) describeMembers(name, taken[name], members);
  return { ...taken, ...toComponents(answers, "output") };
}

function toTreatments(endpoint: "chat" | "completions"): Record<string, string> {
  const rows = parameterTable.filter(({ endpoints }) => endpoints.includes(endpoint));
  return Object.fromEntries(rows.map(({ name, treatment }) => [name, treatment]));
}

/** Says of each member what happens to it, in the order of `members`. Throws where one is left over on either side. */
function describeMembers(
  component: string,
  schema: JsonRecord = {},
  members: Readonly<Record<string, string>> = {},
): void {
  const { properties } = schema;
  if (!isRecord(properties)) throw new TypeError(`${component} is no object`);
  const missing = Object.keys(properties).filter((name) => !(name in members));
  const unknown = Object.keys(members).filter((name) => !(name in properties));
  if (missing.length > 0) throw new TypeError(`${component}: nothing is said of ${missing.join(", ")}`);
  if (unknown.length > 0) throw new TypeError(`${component} has no ${unknown.join(", ")}`);
  schema["properties"] = Object.fromEntries(
    Object.entries(members).map(([name, treatment]) => {
      const member = properties[name];
      return [name, { description: toSentence(treatment), ...(isRecord(member) && member) }];
    }),
  );
}
