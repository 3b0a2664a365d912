import type { Config } from "../config/config.ts";
import type { ModelDirectory } from "../models/resolve.ts";
import type { CapacityMemory } from "./capacity-memory.ts";

/** What every order is run under. */
export interface GatewaySettings {
  readonly config: Config;
  readonly directory: ModelDirectory;
  readonly capacity: CapacityMemory;
}
