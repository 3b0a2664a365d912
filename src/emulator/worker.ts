import { WorkerEntrypoint } from "cloudflare:workers";
import type { RunInputs } from "../workers-ai/binding.ts";
import { toEmulatorOptions } from "./environment.ts";
import type { EmulatorEnvironment } from "./environment.ts";
import { createEmulator } from "./handler.ts";
import type { JsonObject } from "./json-value.ts";
import { createRestEmulator } from "./rest.ts";
import { createEmulatorService, type EmulatorService } from "./service.ts";

interface Sides {
  readonly rest: (request: Request) => Promise<Response>;
  readonly service: EmulatorService;
}

/** One emulator per isolate, and not one per request: it counts the attempts of what fails only at first. */
let shared: Sides | undefined;

function createSides(environment: EmulatorEnvironment): Sides {
  const options = toEmulatorOptions(environment);
  const emulator = createEmulator(options);
  return { rest: createRestEmulator(options, emulator), service: createEmulatorService(options, emulator) };
}

/**
 * The Worker of `npm run emulator`: Workers AI alone. Over HTTP it is Cloudflare's API; bound as a service in place of
 * `AI`, its methods are those of the binding.
 */
export default class Emulator extends WorkerEntrypoint<EmulatorEnvironment> {
  readonly #sides = (shared ??= createSides(this.env));

  override fetch(request: Request): Promise<Response> {
    return this.#sides.rest(request);
  }

  run(model: string, inputs: RunInputs, options?: JsonObject): Promise<unknown> {
    return this.#sides.service.run(model, inputs, options);
  }

  models(): readonly JsonObject[] {
    return this.#sides.service.models();
  }
}
