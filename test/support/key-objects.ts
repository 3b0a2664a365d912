import { env } from "cloudflare:workers";
import * as z from "zod";
import type { Bindings } from "../../src/env.ts";
import { createTestGateway } from "./gateway.ts";
import type { TestGateway, TestGatewayOptions } from "./gateway.ts";

/** Of the gateways that are made here. */
export const ADMIN_KEY = "sk-admin-of-the-tests";

export const LLAMA = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";

export type KeyBindings = Required<Pick<Bindings, "KEYS" | "KEY_DIRECTORY">>;

/** The bindings that hold the objects of the development Worker, in which these tests run. */
export function keyBindings(): KeyBindings {
  const { KEYS, KEY_DIRECTORY } = env as Bindings;
  if (KEYS === undefined || KEY_DIRECTORY === undefined) throw new Error("no keys in the test's Worker");
  return { KEYS, KEY_DIRECTORY };
}

export interface MadeKey {
  readonly id: string;
  readonly key: string;
  /** What a request with the key says. */
  readonly headers: { readonly authorization: string };
}

export interface KeyGateway extends TestGateway {
  /** Calls the admin API: GET, or POST where there is a body, with the admin key unless `init` says otherwise. */
  admin(path: string, body?: unknown, init?: RequestInit): Promise<Response>;
  createKey(settings?: object): Promise<MadeKey>;
  /** Says hello to a model with the key. */
  chat(key: MadeKey, request?: object): Promise<Response>;
}

const madeKey = z.object({ id: z.string(), key: z.string() });

/** The whole app with managed keys in real objects. */
export function createKeyGateway(options: TestGatewayOptions = {}): KeyGateway {
  const gateway = createTestGateway({ ...options, vars: { ...keyBindings(), ADMIN_KEY, ...options.vars } });

  async function admin(path: string, body?: unknown, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (!headers.has("authorization")) headers.set("authorization", `Bearer ${ADMIN_KEY}`);
    const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    return gateway.request(`/admin${path}`, { ...sent, ...init, headers });
  }

  return {
    ...gateway,
    admin,
    async createKey(settings = {}) {
      const response = await admin("/keys", { name: "test", ...settings });
      const { id, key } = madeKey.parse(await response.json());
      return { id, key, headers: { authorization: `Bearer ${key}` } };
    },
    chat({ headers }, request = {}) {
      const messages = [{ role: "user", content: "Hello" }];
      return gateway.post("/v1/chat/completions", { model: LLAMA, messages, ...request }, headers);
    },
  };
}
