import type * as z from "zod/mini";
import { message } from "../anthropic/content-block.ts";
import { countTokensRequest, messagesRequest } from "../anthropic/messages-request.ts";
import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import { keyChanges, newKey, rotation } from "../keys/key-request.ts";
import { chatMessage } from "../openai/chat-message.ts";
import { chatRequest } from "../openai/chat-request.ts";
import { completionRequest } from "../openai/completion-request.ts";
import { conversationItems, conversationRequest, conversationUpdate } from "../openai/conversation-request.ts";
import { embeddingRequest } from "../openai/embedding-request.ts";
import { imageRequest } from "../openai/image-request.ts";
import { moderationRequest } from "../openai/moderation-request.ts";
import { rerankRequest } from "../openai/rerank-request.ts";
import { inputItem } from "../openai/responses-item.ts";
import { compactRequest, responsesRequest } from "../openai/responses-request.ts";
import { responsesTool, responsesToolChoice } from "../openai/responses-tool.ts";
import { speechRequest } from "../openai/speech-request.ts";
import { functionDefinition, tool, toolChoice } from "../openai/tool-schema.ts";
import { transcriptionRequest, translationRequest } from "../openai/transcription-request.ts";
import { parameterTable } from "../translate/parameter-table.ts";
import { responsesParameterTable } from "../translate/responses-parameter-table.ts";
import { describeMembers } from "./describe-members.ts";
import type { Treatments } from "./describe-members.ts";
import { toComponents, withoutNull } from "./json-schema.ts";
import { speechParameters, transcriptionParameters } from "./parameters/audio.ts";
import { imageParameters } from "./parameters/images.ts";
import { keyFields } from "./parameters/keys.ts";
import { messageParameters } from "./parameters/messages.ts";
import { toTreatments } from "./parameters/parameter-row.ts";
import { embeddingParameters, moderationParameters, rerankParameters } from "./parameters/tasks.ts";

/** What is taken: the very schemas that the routes read requests with, and what happens to each of their members. */

/** Of which others are made. */
const parts: Readonly<Record<string, z.ZodMiniType>> = {
  ChatMessage: chatMessage,
  Tool: tool,
  ToolChoice: toolChoice,
  FunctionDefinition: functionDefinition,
  InputItem: inputItem,
  ResponseTool: responsesTool,
  ResponseToolChoice: responsesToolChoice,
  InputMessage: message,
};

const responseTreatments = toTreatments(responsesParameterTable.map(({ name, treatment }) => [[name], treatment]));
const messageTreatments = toTreatments(messageParameters);
const speechTreatments = toTreatments(transcriptionParameters);
const keyTreatments = toTreatments(keyFields);

const metadata = "up to 16 texts of the caller's own";
const items = "the items that are added, in their order";

/** The recording of a form, which no schema reads. */
const file = { type: "string", format: "binary", contentMediaType: "application/octet-stream" };

/** Bodies of requests, by the names of their components. */
export const bodies: Readonly<Record<string, readonly [z.ZodMiniType, Treatments]>> = {
  ChatCompletionRequest: [chatRequest, ofEndpoint("chat")],
  TextCompletionRequest: [completionRequest, ofEndpoint("completions")],
  ResponseRequest: [responsesRequest, responseTreatments],
  CompactRequest: [compactRequest, only(compactRequest, responseTreatments)],
  ConversationRequest: [conversationRequest, { items, metadata }],
  ConversationUpdate: [conversationUpdate, { metadata: `${metadata}, in place of those before` }],
  ConversationItems: [conversationItems, { items }],
  MessagesRequest: [messagesRequest, messageTreatments],
  CountTokensRequest: [countTokensRequest, only(countTokensRequest, messageTreatments)],
  EmbeddingRequest: [embeddingRequest, toTreatments(embeddingParameters)],
  RerankRequest: [rerankRequest, toTreatments(rerankParameters)],
  ModerationRequest: [moderationRequest, toTreatments(moderationParameters)],
  ImageRequest: [imageRequest, toTreatments(imageParameters)],
  SpeechRequest: [speechRequest, toTreatments(speechParameters)],
  TranscriptionForm: [transcriptionRequest, speechTreatments],
  TranslationForm: [translationRequest, only({ shape: { file, ...translationRequest.shape } }, speechTreatments)],
  NewKey: [newKey, keyTreatments],
  KeyChanges: [keyChanges, keyTreatments],
  Rotation: [rotation, { grace_period: "how long the secret before still works, such as `1h`" }],
};

const forms: ReadonlySet<string> = new Set(["TranscriptionForm", "TranslationForm"]);

export function toRequestComponents(): Record<string, JsonRecord> {
  const schemas = Object.fromEntries(Object.entries(bodies).map(([name, [schema]]) => [name, schema]));
  const components = toComponents({ ...schemas, ...parts }, "input");
  for (const [name, [, treatments]] of Object.entries(bodies)) {
    const component = components[name] ?? {};
    components[name] = describeMembers(name, forms.has(name) ? toForm(component) : component, treatments);
  }
  return components;
}

function ofEndpoint(endpoint: "chat" | "completions"): Treatments {
  const rows = parameterTable.filter(({ endpoints }) => endpoints.includes(endpoint));
  return toTreatments(rows.map(({ name, treatment }) => [[name], treatment]));
}

/** Those of the members that this request has too. */
function only({ shape }: { readonly shape: object }, treatments: Treatments): Treatments {
  return Object.fromEntries(Object.entries(treatments).filter(([name]) => name in shape));
}

function toForm({ properties, required, ...schema }: JsonRecord): JsonRecord {
  const fields = Object.entries(isRecord(properties) ? properties : {}).map(([name, field]) => [
    name,
    isRecord(field) ? withoutNull(field) : field,
  ]);
  return {
    ...schema,
    properties: { file, ...Object.fromEntries(fields) },
    required: ["file", ...(Array.isArray(required) ? required : [])],
  };
}
