import { parseConfig } from "../../src/config/config.ts";
import type { Config } from "../../src/config/config.ts";
import { GatewayError } from "../../src/errors.ts";
import { createCapacityMemory } from "../../src/gateway/capacity-memory.ts";
import { complete } from "../../src/gateway/complete.ts";
import type { RunningAnswer } from "../../src/gateway/complete.ts";
import type { GatewaySettings } from "../../src/gateway/gateway-settings.ts";
import type { Clock, Ports } from "../../src/gateway/ports.ts";
import type { JsonRecord } from "../../src/json.ts";
import { createModelDirectory } from "../../src/models/resolve.ts";
import { chatRequest } from "../../src/openai/chat-request.ts";
import { toChatCalls } from "../../src/translate/chat-inputs.ts";
import { createConstraints } from "../../src/translate/constraints.ts";
import { createJsonCheck } from "../../src/translate/json-check.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import type { FakeClock } from "../support/fake-clock.ts";
import { createScriptedBinding } from "./scripted-binding.ts";
import type { Answer, ScriptedBinding } from "./scripted-binding.ts";

export const LLAMA = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
export const GEMMA = "@cf/google/gemma-4-26b-a4b-it";
export const SCOUT = "@cf/meta/llama-4-scout-17b-16e-instruct";

export interface GatewayOptions {
  readonly answers: readonly Answer[];
  readonly config?: Partial<Config>;
  /** What `random` gives, always. */
  readonly random?: number;
}

export interface OrderOptions {
  readonly stream?: boolean;
  readonly strict?: boolean;
  readonly models?: readonly string[];
  readonly sessionAffinity?: string;
}

export interface TestGateway {
  readonly clock: FakeClock;
  readonly binding: ScriptedBinding;
  /** The client goes away. */
  leave(): void;
  /** Runs a chat request to its first events. */
  run(body?: JsonRecord, options?: OrderOptions): Promise<RunningAnswer>;
  /** The same, to be awaited after the clock was moved; it may reject in the meantime. */
  start(body?: JsonRecord, options?: OrderOptions): Started;
}

export interface Started {
  readonly answer: Promise<RunningAnswer>;
  /** The error that it ended with; fails the test where it did not. */
  failure(): Promise<GatewayError>;
}

/** The gateway with everything around it in the test's hands: upstream, clock, chance, client. */
export function createGateway({ answers, config = {}, random = 0 }: GatewayOptions): TestGateway {
  const clock = createFakeClock();
  const binding = createScriptedBinding(answers);
  const client = new AbortController();
  let minted = 0;
  const ports: Ports = {
    binding,
    clock,
    random: () => random,
    mintToolCallId: () => `call_${(minted += 1)}`,
  };
  const settings = createSettings(clock, config);

  function run(body: JsonRecord = {}, options: OrderOptions = {}): Promise<RunningAnswer> {
    const { models = [LLAMA], stream = true, strict = false, sessionAffinity } = options;
    const messages = [{ role: "user", content: "Hello" }];
    const request = chatRequest.parse({ model: models[0], messages, stream, ...body });
    const toCalls = (entry: Parameters<typeof toChatCalls>[1]) =>
      toChatCalls(request, entry, createConstraints(createJsonCheck));
    return complete({ models, toCalls, stream, strict, sessionAffinity, signal: client.signal }, settings, ports);
  }

  return {
    clock,
    binding,
    leave: () => client.abort(),
    run,
    start(body, options) {
      const answer = run(body, options);
      // The failure is looked at later; until then it is nobody's.
      answer.catch(() => undefined);
      return { answer, failure: () => failureOf(answer) };
    },
  };
}

function createSettings(clock: Clock, config: Partial<Config>): GatewaySettings {
  return {
    config: { ...parseConfig({}), ...config },
    directory: createModelDirectory({}),
    capacity: createCapacityMemory(clock),
  };
}

/** The error with which something ends. */
export async function failureOf(work: Promise<unknown>): Promise<GatewayError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error("nothing failed");
}

/** The text of each choice, read to the end. */
export async function readTexts({ choices }: RunningAnswer): Promise<readonly string[]> {
  const texts: string[] = [];
  for (let batch = await choices.next(); batch !== undefined; batch = await choices.next()) {
    for (const event of batch.events) {
      texts[batch.choice] = (texts[batch.choice] ?? "") + (event.type === "text-delta" ? event.text : "");
    }
  }
  return texts;
}
