import type { Context } from "hono";
import type { Config } from "./config/config.ts";
import type { AnalyticsDataset } from "./gateway/analytics.ts";
import type { CapacityMemory } from "./gateway/capacity-memory.ts";
import type { Meter } from "./gateway/meter.ts";
import type { OutcomeSink } from "./gateway/outcome.ts";
import type { Clock } from "./gateway/ports.ts";
import type { ApiKey } from "./keys/api-key.ts";
import type { ApiKeyDirectory } from "./keys/api-key-directory.ts";
import type { KeyGrant, ManagedKeys } from "./keys/managed-keys.ts";
import type { KeyVerifier } from "./keys/verify-key.ts";
import type { ModelDirectory } from "./models/resolve.ts";
import type { ConversationObject } from "./stored-responses/conversation-object.ts";
import type { ResponseObject } from "./stored-responses/response-object.ts";
import type { AiBinding } from "./workers-ai/binding.ts";

/** What the runtime hands to the Worker. Everything but the binding is text that `config/` reads. */
export interface Bindings {
  readonly AI?: AiBinding;
  /** The dataset of Analytics Engine that outcomes are written to. */
  readonly ANALYTICS?: AnalyticsDataset;
  /** Stored responses and conversations; without them nothing is stored. */
  readonly RESPONSES?: DurableObjectNamespace<ResponseObject>;
  readonly CONVERSATIONS?: DurableObjectNamespace<ConversationObject>;
  /** Managed keys, one object each, and the one that knows which there are; without them keys are static. */
  readonly KEYS?: DurableObjectNamespace<ApiKey>;
  readonly KEY_DIRECTORY?: DurableObjectNamespace<ApiKeyDirectory>;
  /** Limits requests without a valid key, by the address that they come from; without it they are not limited. */
  readonly ADDRESS_LIMIT?: RateLimit;
  /** The static files of the web pages. */
  readonly ASSETS?: Pick<Fetcher, "fetch">;
  /** Keeps generated images for an hour; without it they are given as base64 alone. */
  readonly IMAGES?: R2Bucket;
}

/** What follows from the bindings, made once per isolate. */
export interface Settings {
  readonly config: Config;
  /** Replaced when Workers AI's own list of models has been read. */
  directory: ModelDirectory;
  /** When that was last tried, in Unix milliseconds; 0 for never. */
  modelsReadAt: number;
  readonly verifyKey: KeyVerifier;
  readonly managedKeys: ManagedKeys | undefined;
  readonly capacity: CapacityMemory;
  /** What is done with the outcome of each request for a model. */
  readonly sinks: readonly OutcomeSink[];
}

/** Whose protocol the errors of a URL follow. */
export type ErrorForm = "openai" | "anthropic" | "cloudflare";

/** What middleware leaves for those behind it. */
export interface Variables {
  requestId: string;
  settings: Settings;
  /** The model that answered, for the log. */
  model: string;
  /** Whose key the request came with, for the log. */
  keyName: string;
  /** Of this request: its waits share a timer. */
  clock: Clock;
  /** What those behind tell in headers of the answer, whoever makes it. */
  toldHeaders: Headers | undefined;
  /** Of a request for a model: what becomes of it is for the log. */
  meter: Meter;
  /** Keeps the Worker alive until the work is done: `waitUntil`. */
  defer: (work: Promise<unknown>) => void;
  /** OpenAI's where nothing is set. */
  errorForm: ErrorForm | undefined;
  /** The static key that the request came with; it tells what is stored for whom, and goes nowhere else. */
  staticKey: string;
  /** The managed key that the request came with. */
  grant: KeyGrant | undefined;
}

export interface GatewayEnv {
  Bindings: Bindings;
  Variables: Variables;
}

export type GatewayContext = Context<GatewayEnv>;
