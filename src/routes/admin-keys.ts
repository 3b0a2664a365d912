import type * as z from "zod/mini";
import type { GatewayContext } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { parseDuration } from "../keys/duration.ts";
import { createKeyAdministration } from "../keys/key-administration.ts";
import type { KeyAdministration, Page, Period, SecretKey } from "../keys/key-administration.ts";
import { keyChanges, newKey, pageQuery, rotation, usagePageQuery, usageQuery } from "../keys/key-request.ts";
import type { KeyInfo } from "../keys/key-settings.ts";
import { toDay } from "../keys/usage-table.ts";
import { toRequestError } from "../openai/request-error.ts";
import { parseBody } from "./json-body.ts";

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
const MAX_DAYS = 100;

/** `POST /admin/keys` */
export async function createKey(c: GatewayContext): Promise<Response> {
  const changes = await parseBody(c, newKey);
  return answerKey(c, await administration(c).create(changes), 201);
}

/** `GET /admin/keys` */
export async function listKeys(c: GatewayContext): Promise<Response> {
  const page = await administration(c).list(parseQuery(c, pageQuery));
  return answer(c, toList(page, page.items.map(toKeyObject)));
}

/** `GET /admin/keys/{id}` */
export async function retrieveKey(c: GatewayContext): Promise<Response> {
  return answer(c, toKeyObject(await administration(c).retrieve(readId(c))));
}

/** `POST /admin/keys/{id}` */
export async function updateKey(c: GatewayContext): Promise<Response> {
  const changes = await parseBody(c, keyChanges);
  return answer(c, toKeyObject(await administration(c).update(readId(c), changes)));
}

/** `POST /admin/keys/{id}/block` */
export async function blockKey(c: GatewayContext): Promise<Response> {
  return answer(c, toKeyObject(await administration(c).update(readId(c), { blocked: true })));
}

/** `POST /admin/keys/{id}/unblock` */
export async function unblockKey(c: GatewayContext): Promise<Response> {
  return answer(c, toKeyObject(await administration(c).update(readId(c), { blocked: false })));
}

/** `POST /admin/keys/{id}/rotate` */
export async function rotateKey(c: GatewayContext): Promise<Response> {
  const hasBody = c.req.raw.body !== null && c.req.header("content-length") !== "0";
  const { grace_period: grace } = hasBody ? await parseBody(c, rotation) : {};
  const graceMs = grace === undefined ? 0 : (parseDuration(grace) ?? 0);
  return answerKey(c, await administration(c).rotate(readId(c), graceMs), 200);
}

/** `DELETE /admin/keys/{id}` */
export async function deleteKey(c: GatewayContext): Promise<Response> {
  const id = readId(c);
  await administration(c).remove(id);
  return answer(c, { object: "key", id, deleted: true });
}

/** `GET /admin/keys/{id}/usage` */
export async function readKeyUsage(c: GatewayContext): Promise<Response> {
  const period = toPeriod(parseQuery(c, usageQuery));
  const rows = await administration(c).readUsage(readId(c), period);
  return answer(c, { object: "list", ...period, data: rows });
}

/** `GET /admin/usage`: of a page of keys at a time. */
export async function readUsage(c: GatewayContext): Promise<Response> {
  const query = parseQuery(c, usagePageQuery);
  const period = toPeriod(query);
  const page = await administration(c).listUsage(query, period);
  const rows = page.items.flatMap(({ info, rows: own }) =>
    own.map((row) => ({ key_id: info.id, key_name: info.name, ...row })),
  );
  return answer(c, { ...toList(page, rows), ...period });
}

function administration({ env }: GatewayContext): KeyAdministration {
  if (env.KEYS === undefined || env.KEY_DIRECTORY === undefined) {
    throw new GatewayError("misconfigured", "The gateway has no bindings KEYS and KEY_DIRECTORY for managed keys.");
  }
  return createKeyAdministration(env.KEYS, env.KEY_DIRECTORY);
}

function readId(c: GatewayContext): string {
  return c.req.param("id") ?? "";
}

function parseQuery<Schema extends z.ZodMiniType>(c: GatewayContext, schema: Schema): z.output<Schema> {
  const result = schema.safeParse(c.req.query(), { reportInput: true });
  if (!result.success) throw toRequestError(result.error.issues);
  return result.data;
}

/** The last 30 days unless the query says otherwise. */
function toPeriod(query: { readonly start?: string | undefined; readonly end?: string | undefined }): Period {
  const end = query.end ?? toDay(Date.now());
  const start = query.start ?? toDay(Date.parse(end) - (DEFAULT_DAYS - 1) * DAY_MS);
  const days = (Date.parse(end) - Date.parse(start)) / DAY_MS + 1;
  if (days >= 1 && days <= MAX_DAYS) return { start, end };
  const message = `Invalid value for 'start': expected a day before 'end', at most ${MAX_DAYS} days.`;
  throw new GatewayError("invalid_value", message, { param: "start" });
}

function toKeyObject(info: KeyInfo) {
  return { object: "key", ...info } as const;
}

function toList({ lastId, hasMore }: Page<unknown>, data: readonly object[]) {
  return { object: "list", data, last_id: lastId ?? null, has_more: hasMore } as const;
}

function answerKey(c: GatewayContext, { info, key }: SecretKey, status: 200 | 201): Response {
  return c.json({ ...toKeyObject(info), key }, status, noStore);
}

function answer(c: GatewayContext, body: object): Response {
  return c.json(body, 200, noStore);
}

/** Some of these answers hold a secret, and all of them what was true just now. */
const noStore = { "cache-control": "no-store" };
