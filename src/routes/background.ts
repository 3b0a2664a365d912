import type { Settings } from "../env.ts";
import { GatewayError } from "../errors.ts";
import type { BackgroundHooks } from "../stored-responses/saved-response.ts";

/** Makes a response whose request has been answered. */
export async function runBackground(
  _job: string,
  _environment: object,
  _settings: Settings,
  _hooks: BackgroundHooks,
): Promise<string> {
  throw new GatewayError("internal", "Background responses cannot be made yet.");
}
