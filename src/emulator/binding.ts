import type { AiBinding } from "../workers-ai/binding.ts";
import { createEmulator, type Emulator } from "./handler.ts";
import type { EmulatorOptions } from "./options.ts";

/** The emulator in place of the `AI` binding: the same request as the runtime's `Ai` class makes, without a network. */
export function createEmulatorBinding(options: EmulatorOptions = {}): AiBinding {
  return toBinding(createEmulator(options));
}

/** Any backend of the binding, as the port. */
function toBinding(emulator: Emulator): AiBinding {
  return {
    async run(model, inputs, options) {
      const { signal, extraHeaders, returnRawResponse: _, gateway, ...rest } = options;
      signal.throwIfAborted();
      const request = new Request(
        `https://workers-binding.ai/${gateway === undefined ? "" : "ai-gateway/"}run?version=3`,
        {
          method: "POST",
          headers: {
            ...extraHeaders,
            "content-type": "application/json",
            "cf-consn-sdk-version": "2.0.0",
            "cf-consn-model-id": model,
          },
          body: JSON.stringify({ inputs, options: gateway === undefined ? rest : { ...rest, gateway } }),
        },
      );
      return emulator(request, signal);
    },
  };
}
