import type { DailyUsage } from "../../src/keys/usage-table.ts";
import type { KeyInfo } from "../../src/keys/key-settings.ts";
import { isRecord, parseJson } from "../../src/json.ts";
import type { Settings } from "./command-line.ts";
import type { Target } from "./target.ts";

/** A key as the API shows it; `key` only where it was just made. */
export interface ShownKey extends KeyInfo {
  readonly key?: string;
}

export interface UsageRow extends DailyUsage {
  /** Of all keys: whose it is. */
  readonly key_id?: string;
  readonly key_name?: string;
}

interface List<Item> {
  readonly object: "list";
  readonly data: readonly Item[];
}

interface Page<Item> extends List<Item> {
  readonly has_more: boolean;
  readonly last_id: string | null;
}

type Period = Readonly<Record<string, string>>;

export interface AdminClient {
  create(settings: Settings): Promise<ShownKey>;
  list(): Promise<List<ShownKey>>;
  get(id: string): Promise<ShownKey>;
  /** Whether there is a key of this id. */
  has(id: string): Promise<boolean>;
  update(id: string, settings: Settings): Promise<ShownKey>;
  rotate(id: string, gracePeriod: string | undefined): Promise<ShownKey>;
  post(id: string, action: "block" | "unblock"): Promise<ShownKey>;
  remove(id: string): Promise<{ readonly id: string }>;
  /** Of one key, or of all. */
  usage(id: string | undefined, period: Period): Promise<List<UsageRow>>;
}

export function createAdminClient({ origin, adminKey }: Target): AdminClient {
  /** What the API answers is what its own types say: this program and the gateway are one project. */
  async function ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    return read(await send(method, path, body));
  }

  async function read<Answer>(response: Response): Promise<Answer> {
    const text = await response.text();
    if (response.ok && isRecord(parseJson(text))) return JSON.parse(text);
    throw new Error(`${origin} answered ${response.status}: ${readMessage(text) ?? "this is no gateway's answer."}`);
  }

  async function has(id: string): Promise<boolean> {
    const response = await send("GET", to(id));
    if (response.status === 404) return false;
    await read(response);
    return true;
  }

  async function send(method: string, path: string, body?: object): Promise<Response> {
    const headers = { authorization: `Bearer ${adminKey}`, "content-type": "application/json" };
    try {
      return await fetch(`${origin}/admin${path}`, {
        method,
        headers,
        redirect: "error",
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    } catch (error) {
      const hint = "Start the development server with `npm run dev`, or name a gateway with --url.";
      throw new Error(`Nothing answers at ${origin}. ${hint}`, { cause: error });
    }
  }

  /** All pages, one after the other. */
  async function askAll<Item>(path: string, query: Period): Promise<List<Item>> {
    const data: Item[] = [];
    let after: string | undefined;
    do {
      const parameters = { ...query, order: "asc", limit: "20", ...(after && { after }) };
      const page: Page<Item> = await ask("GET", path + toQuery(parameters));
      for (const item of page.data) data.push(item);
      after = page.has_more ? (page.last_id ?? undefined) : undefined;
    } while (after !== undefined);
    return { object: "list", data };
  }

  return {
    create: (settings) => ask("POST", "/keys", settings),
    list: () => askAll("/keys", {}),
    get: (id) => ask("GET", to(id)),
    has,
    update: (id, settings) => ask("POST", to(id), settings),
    rotate: (id, gracePeriod) => ask("POST", to(id, "/rotate"), { grace_period: gracePeriod }),
    post: (id, action) => ask("POST", to(id, `/${action}`)),
    remove: (id) => ask("DELETE", to(id)),
    usage: (id, period) =>
      id === undefined ? askAll("/usage", period) : ask("GET", to(id, "/usage") + toQuery(period)),
  };
}

function to(id: string, action = ""): string {
  return `/keys/${encodeURIComponent(id)}${action}`;
}

function toQuery(members: Period): string {
  return `?${new URLSearchParams(members).toString()}`;
}

function readMessage(text: string): string | undefined {
  const answer = parseJson(text);
  const error = isRecord(answer) ? answer["error"] : undefined;
  return isRecord(error) && typeof error["message"] === "string" ? error["message"] : undefined;
}
