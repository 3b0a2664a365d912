import type * as z from "zod/mini";
import type { JsonRecord } from "../json.ts";
import * as chat from "./answers/chat.ts";
import * as conversations from "./answers/conversations.ts";
import * as keys from "./answers/keys.ts";
import * as media from "./answers/media.ts";
import * as messages from "./answers/messages.ts";
import * as models from "./answers/models.ts";
import { responseStreamEvent } from "./answers/response-events.ts";
import * as items from "./answers/response-items.ts";
import * as responses from "./answers/responses.ts";
import * as service from "./answers/service.ts";
import * as tasks from "./answers/tasks.ts";
import * as workersAi from "./answers/workers-ai.ts";
import { toComponents } from "./json-schema.ts";
import { toRequestComponents } from "./requests.ts";

/** What is sent. Those that others are made of have names as well. */
const answers: Readonly<Record<string, z.ZodMiniType>> = {
  Error: chat.error,
  CompletionUsage: chat.usage,
  ChatCompletion: chat.chatCompletion,
  ChatCompletionChunk: chat.chatCompletionChunk,
  TextCompletion: chat.textCompletion,
  TextCompletionChunk: chat.textCompletionChunk,
  Response: responses.response,
  ResponseStreamEvent: responseStreamEvent,
  DeletedResponse: responses.deletedResponse,
  InputTokens: responses.inputTokens,
  CompactedResponse: responses.compactedResponse,
  OutputItem: items.outputItem,
  OutputMessage: items.assistantMessage,
  ReasoningItem: items.reasoningItem,
  FunctionCallItem: items.functionCall,
  CustomToolCallItem: items.customToolCall,
  Item: items.storedItem,
  ItemList: items.itemList,
  Conversation: conversations.conversation,
  DeletedConversation: conversations.deletedConversation,
  Message: messages.message,
  MessageStreamEvent: messages.messageStreamEvent,
  MessagesError: messages.messagesError,
  TokenCount: messages.tokenCount,
  EmbeddingList: tasks.embeddingList,
  Ranking: tasks.ranking,
  ModerationList: tasks.moderations,
  ImageList: media.images,
  Transcription: media.transcription,
  VerboseTranscription: media.verboseTranscription,
  TranscriptionEvent: media.transcriptionEvent,
  Model: models.model,
  ModelList: models.modelList,
  WorkersAiResult: workersAi.workersAiResult,
  WorkersAiError: workersAi.workersAiError,
  Key: keys.key,
  SecretKey: keys.secretKey,
  KeyList: keys.keyList,
  DeletedKey: keys.deletedKey,
  KeyUsage: keys.keyUsage,
  UsageList: keys.usageList,
  Health: service.health,
  ApiDocument: service.apiDocument,
};

/** The components `schemas` of the document. */
export function toSchemaComponents(): Record<string, JsonRecord> {
  return { ...toRequestComponents(), ...toComponents(answers, "output") };
}
