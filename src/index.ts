import { createApp, createBackgroundRunner } from "./app.ts";
import { ApiKey } from "./keys/api-key.ts";
import { ApiKeyDirectory } from "./keys/api-key-directory.ts";
import { ConversationObject } from "./stored-responses/conversation-object.ts";
import { ResponseObject } from "./stored-responses/response-object.ts";

/** The deployed Worker. */
export default createApp();

/** A stored response; one that is made in the background is made by the same code as any other. */
export class StoredResponse extends ResponseObject {
  protected override readonly runner = createBackgroundRunner();
}

export class StoredConversation extends ConversationObject {}

export { ApiKey, ApiKeyDirectory };
