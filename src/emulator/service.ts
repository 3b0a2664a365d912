import type { RunInputs } from "../workers-ai/binding.ts";
import type { Emulator } from "./handler.ts";
import { createEmulator } from "./handler.ts";
import { objectOf, arrayOf, numberOf, parseJson, stringOf, type JsonObject } from "./json-value.ts";
import type { EmulatorOptions } from "./options.ts";
import { listModels } from "./list-models.ts";
import { toRunRequest } from "./to-run-request.ts";

/** What other Workers see of the emulator when it is bound as a service in place of `AI`. */
export interface EmulatorService {
  /** As `env.AI.run`: a value, a stream, a `Response` with `returnRawResponse`, or an error that is thrown. */
  run(model: string, inputs: RunInputs, options?: JsonObject): Promise<unknown>;
  models(): readonly JsonObject[];
}

/** The emulator with the manners of the runtime's `Ai` class. */
export function createEmulatorService(
  options: EmulatorOptions = {},
  emulator: Emulator = createEmulator(options),
): EmulatorService {
  return {
    async run(model, inputs, runOptions = {}) {
      const signal = runOptions.signal instanceof AbortSignal ? runOptions.signal : new AbortController().signal;
      const response = await emulator(toRunRequest(model, inputs, runOptions), signal);
      if (runOptions.returnRawResponse === true) return response;
      if (!response.ok || response.body === null) throw await toThrown(response);
      // Exactly this, as the runtime compares it: with a charset behind it, JSON comes back as a stream.
      return response.headers.get("content-type") === "application/json" ? response.json() : response.body;
    },
    models: () => listModels(options),
  };
}

/** The error that the runtime throws for a refusal: a name and a message, and nothing else. */
async function toThrown(response: Response): Promise<Error> {
  const text = await response.text();
  const body = objectOf(parseJson(text));
  const code = numberOf(body.internalCode);
  if (code !== undefined) {
    return named(stringOf(body.name) ?? "AiError", `${code}: ${stringOf(body.description) ?? ""}`);
  }
  const first = objectOf(arrayOf(body.errors)[0]);
  const listed = numberOf(first.code);
  return named("InferenceUpstreamError", listed === undefined ? text : `${listed}: ${stringOf(first.message) ?? ""}`);
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
