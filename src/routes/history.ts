import { GatewayError } from "../errors.ts";
import { isRecord, parseJson } from "../json.ts";
import { printableName } from "../models/model-name.ts";
import { inputItem } from "../openai/responses-item.ts";
import type { InputItem } from "../openai/responses-item.ts";
import { list } from "../openai/schema.ts";
import type { SavedResponse } from "../stored-responses/saved-response.ts";
import { resolveReferences } from "./item-references.ts";
import type { Input } from "./item-references.ts";
import { conversationNotFoundError, storageUnavailableError } from "./storage.ts";
import type { Storage } from "./storage.ts";

/** The items that stand before those of a request. */
export interface History {
  readonly items: readonly InputItem[];
  /** The same as they are kept: a list, as JSON text. */
  readonly json: string;
}

/** What a request says of what it continues. */
interface ContinuingRequest {
  readonly previous_response_id?: string | undefined;
  readonly conversation?: string | undefined;
}

/** Responses that are known without a store, as those of a connection are. */
export type Recall = (responseId: string) => SavedResponse | undefined;

const itemList = list(inputItem);
const none: History = { items: [], json: "[]" };

/** What a request is about: what it continues, and its own items with those that it refers to in their place. */
export async function readContext(
  request: ContinuingRequest & { readonly input: Input },
  storage: Storage | undefined,
  recall?: Recall,
): Promise<{ readonly history: History; readonly input: Input }> {
  const history = await readHistory(request, storage, recall);
  return { history, input: await resolveReferences(request.input, storage?.responses) };
}

/** What a request continues: a response, a conversation, or nothing. Throws where it is not there. */
async function readHistory(
  { previous_response_id: previous, conversation }: ContinuingRequest,
  storage: Storage | undefined,
  recall: Recall = () => undefined,
): Promise<History> {
  if (previous !== undefined && conversation !== undefined) {
    const message = "Only one of 'previous_response_id' and 'conversation' can be given.";
    throw new GatewayError("invalid_value", message, { param: "conversation" });
  }
  if (previous !== undefined) return readResponse(previous, storage, recall);
  return conversation === undefined ? none : readConversation(conversation, storage);
}

async function readResponse(id: string, storage: Storage | undefined, recall: Recall): Promise<History> {
  const saved = recall(id) ?? (await storage?.responses.readAll(id));
  if (saved === undefined) {
    const reason = storage === undefined ? " This gateway stores no responses." : "";
    const message = `Previous response with id '${printableName(id)}' not found.${reason}`;
    throw new GatewayError("previous_response_not_found", message, { param: "previous_response_id" });
  }
  const response = parseJson(saved.response);
  const { status, output } = isRecord(response) ? response : {};
  if (status === "queued" || status === "in_progress") {
    const message = `Previous response with id '${printableName(id)}' is not finished yet.`;
    throw new GatewayError("invalid_value", message, { param: "previous_response_id" });
  }
  return toHistory(JSON.stringify([parseJson(saved.history), parseJson(saved.input), output].flat()));
}

async function readConversation(id: string, storage: Storage | undefined): Promise<History> {
  if (storage === undefined) throw storageUnavailableError("conversation");
  const items = await storage.conversations.readAll(id);
  if (items === undefined) throw conversationNotFoundError(id);
  return toHistory(items);
}

/** `json` is a list of items as they are kept. */
export function toHistory(json: string): History {
  const values = parseJson(json);
  const result = itemList.safeParse(values);
  // Only what has passed the schema was stored.
  if (!result.success) throw new GatewayError("internal", "A stored item could not be read.");
  return { items: result.data, json };
}
