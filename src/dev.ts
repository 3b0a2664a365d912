import { createApp, createBackgroundRunner } from "./app.ts";
import { createEmulatorBinding } from "./emulator/binding.ts";
import { toEmulatorOptions } from "./emulator/environment.ts";
import type { EmulatorEnvironment } from "./emulator/environment.ts";
import { faultModels } from "./emulator/faults/fault-table.ts";
import type { Bindings } from "./env.ts";
import { ApiKey } from "./keys/api-key.ts";
import { ApiKeyDirectory } from "./keys/api-key-directory.ts";
import { ConversationObject } from "./stored-responses/conversation-object.ts";
import { ResponseObject } from "./stored-responses/response-object.ts";
import type { BackgroundHooks, BackgroundResponse } from "./stored-responses/saved-response.ts";

/** The Worker of `npm run dev`: the whole API offline, with the emulator where the AI binding would be. */

const app = createApp({ publicKey: "sk-local", extraEntries: faultModels });
const runner = createBackgroundRunner({ extraEntries: faultModels });

/** One object per isolate, as in production: what is derived from the bindings is derived once. */
let bindings: Bindings | undefined;

export default {
  fetch(request, environment, context) {
    bindings ??= withEmulator(environment);
    return app.fetch(request, bindings, context);
  },
} satisfies ExportedHandler<Bindings & EmulatorEnvironment>;

export class StoredResponse extends ResponseObject {
  protected override readonly runner = {
    ...runner,
    run: (background: BackgroundResponse, environment: object, hooks: BackgroundHooks) =>
      runner.run(background, withEmulator(environment), hooks),
  };
}

export class StoredConversation extends ConversationObject {}

export { ApiKey, ApiKeyDirectory };

function withEmulator(environment: Bindings & EmulatorEnvironment): Bindings {
  return { ...environment, AI: createEmulatorBinding(toEmulatorOptions(environment)) };
}
