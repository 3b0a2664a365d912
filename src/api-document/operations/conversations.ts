import { listQuery } from "../../openai/list-query.ts";
import { jsonBody, storageErrors } from "../operation.ts";
import type { Operation, Parameter } from "../operation.ts";
import { pageMembers, toQueryParameters } from "../query.ts";

const tag = "Conversations";
const access = "key";

const id: Parameter = {
  name: "id",
  in: "path",
  description: "The id of a conversation of the same key.",
  schema: { type: "string" },
};

const item: Parameter = {
  name: "item",
  in: "path",
  description: "The id of one of its items.",
  schema: { type: "string" },
};

const items = [{ type: "message", role: "user", content: "Hello!" }];
const conversation = { "application/json": "Conversation" };
const bodyErrors = [...storageErrors, 413, 415] as const;

export const conversationOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/v1/conversations",
    id: "createConversation",
    tag,
    summary: "Makes a conversation",
    description: "Responses that name it continue it, and add to it.",
    access,
    body: {
      isOptional: true,
      ...jsonBody("ConversationRequest", {
        items: { summary: "With an item", value: { items, metadata: { topic: "greetings" } } },
      }),
    },
    answer: { status: 200, description: "The conversation.", contents: conversation },
    errors: bodyErrors,
  },
  {
    method: "get",
    path: "/v1/conversations/{id}",
    id: "retrieveConversation",
    tag,
    summary: "Shows a conversation",
    access,
    parameters: [id],
    answer: { status: 200, description: "The conversation.", contents: conversation },
    errors: storageErrors,
  },
  {
    method: "post",
    path: "/v1/conversations/{id}",
    id: "updateConversation",
    tag,
    summary: "Replaces the metadata of a conversation",
    access,
    parameters: [id],
    body: jsonBody("ConversationUpdate", {
      metadata: { summary: "A topic", value: { metadata: { topic: "weather" } } },
    }),
    answer: { status: 200, description: "The conversation.", contents: conversation },
    errors: bodyErrors,
  },
  {
    method: "delete",
    path: "/v1/conversations/{id}",
    id: "deleteConversation",
    tag,
    summary: "Forgets a conversation and its items",
    access,
    parameters: [id],
    answer: { status: 200, description: "It is gone.", contents: { "application/json": "DeletedConversation" } },
    errors: storageErrors,
  },
  {
    method: "get",
    path: "/v1/conversations/{id}/items",
    id: "listConversationItems",
    tag,
    summary: "Lists the items of a conversation",
    access,
    parameters: [id, ...toQueryParameters(listQuery, pageMembers)],
    answer: { status: 200, description: "A page of them.", contents: { "application/json": "ItemList" } },
    errors: storageErrors,
  },
  {
    method: "post",
    path: "/v1/conversations/{id}/items",
    id: "createConversationItems",
    tag,
    summary: "Adds items to a conversation",
    access,
    parameters: [id],
    body: jsonBody("ConversationItems", { message: { summary: "A message", value: { items } } }),
    answer: { status: 200, description: "The items that were added.", contents: { "application/json": "ItemList" } },
    errors: bodyErrors,
  },
  {
    method: "get",
    path: "/v1/conversations/{id}/items/{item}",
    id: "retrieveConversationItem",
    tag,
    summary: "Shows an item",
    access,
    parameters: [id, item],
    answer: { status: 200, description: "The item.", contents: { "application/json": "Item" } },
    errors: storageErrors,
  },
  {
    method: "delete",
    path: "/v1/conversations/{id}/items/{item}",
    id: "deleteConversationItem",
    tag,
    summary: "Takes an item out of a conversation",
    access,
    parameters: [id, item],
    answer: { status: 200, description: "The conversation without it.", contents: conversation },
    errors: storageErrors,
  },
];
