import type { AiBinding } from "../workers-ai/binding.ts";
import { createEmulator } from "./handler.ts";
import { listModels, searchModels } from "./list-models.ts";
import type { EmulatorOptions } from "./options.ts";
import { toRunRequest } from "./to-run-request.ts";

/** The emulator in place of the `AI` binding: the same request as the runtime's `Ai` class makes, without a network. */
export function createEmulatorBinding(options: EmulatorOptions = {}): AiBinding {
  const emulator = createEmulator(options);
  return {
    async run(model, inputs, runOptions) {
      runOptions.signal.throwIfAborted();
      return emulator(toRunRequest(model, inputs, { ...runOptions }), runOptions.signal);
    },
    async models(search = {}) {
      return searchModels(listModels(options), search);
    },
  };
}
