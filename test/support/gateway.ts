import { createApp } from "../../src/app.ts";
import { createEmulatorBinding } from "../../src/emulator/binding.ts";
import type { EmulatorOptions } from "../../src/emulator/options.ts";
import type { ModelEntry } from "../../src/models/model.ts";
import type { AiBinding } from "../../src/workers-ai/binding.ts";

export interface TestGatewayOptions {
  /** What stands in for Workers AI; an emulator with `emulator`'s options unless given, null for nothing. */
  readonly binding?: AiBinding | null;
  readonly emulator?: EmulatorOptions;
  readonly extraEntries?: readonly ModelEntry[];
  /** Variables and secrets; without `API_KEYS` the key `sk-test` is configured. */
  readonly vars?: Readonly<Record<string, unknown>>;
  /** The authorization header of requests that bring none of their own; the configured key unless given, null for none. */
  readonly authorization?: string | null;
}

export interface TestGateway {
  /** Requests a path of the gateway with its key, unless `init` brings an authorization header of its own. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Posts a JSON body. */
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

/** The whole app, called in-process. Without quirks and seeded, unless the test asks otherwise. */
export function createTestGateway(options: TestGatewayOptions = {}): TestGateway {
  const { authorization = "Bearer sk-test" } = options;
  const app = createApp({ extraEntries: options.extraEntries ?? [] });
  const emulator = { quirks: false, seed: 1, ...options.emulator };
  const binding = options.binding === undefined ? createEmulatorBinding(emulator) : (options.binding ?? undefined);
  const bindings = {
    API_KEYS: "test:sk-test",
    ...options.vars,
    AI: binding,
  };

  async function request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (!headers.has("authorization") && authorization !== null) headers.set("authorization", authorization);
    return app.fetch(new Request(new URL(path, "https://gateway.test"), { ...init, headers }), bindings);
  }

  return {
    request,
    post: (path, body, headers = {}) => {
      const init = { method: "POST", headers: { "content-type": "application/json", ...headers } };
      return request(path, { ...init, body: JSON.stringify(body) });
    },
  };
}
