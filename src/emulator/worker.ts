import { WorkerEntrypoint } from "cloudflare:workers";
import type { RunInputs } from "../workers-ai/binding.ts";
import { toEmulatorOptions } from "./environment.ts";
import type { EmulatorEnvironment } from "./environment.ts";
import type { JsonObject } from "./json-value.ts";
import { createRestEmulator } from "./rest.ts";
import { createEmulatorService } from "./service.ts";

/**
 * The Worker of `npm run emulator`: Workers AI alone. Over HTTP it is Cloudflare's API; bound as a service in place of
 * `AI`, its methods are those of the binding.
 */
export default class Emulator extends WorkerEntrypoint<EmulatorEnvironment> {
  readonly #options = toEmulatorOptions(this.env);

  override fetch(request: Request): Promise<Response> {
    return createRestEmulator(this.#options)(request);
  }

  run(model: string, inputs: RunInputs, options?: JsonObject): Promise<unknown> {
    return createEmulatorService(this.#options).run(model, inputs, options);
  }

  models(): readonly JsonObject[] {
    return createEmulatorService(this.#options).models();
  }
}
