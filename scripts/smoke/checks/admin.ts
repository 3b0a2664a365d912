import { FEW_TOKENS, get, has, is, keeping, MODEL, post, remove } from "../check.ts";
import type { Check } from "../check.ts";

const admin = { as: "admin" } as const;
const chat = { model: MODEL, messages: [{ role: "user", content: "Say hello." }], max_completion_tokens: FEW_TOKENS };

/** The life of a managed key. It may do next to nothing, and is deleted at the end. */
export const adminChecks: readonly Check[] = [
  get("admin, with a client's key", "/admin/keys", has("error", "message"), { status: 401 }),
  post("key, made", "/admin/keys", { name: "smoke-test", models: [MODEL], rpm: 10, expires: "1h" }, has("key"), {
    ...admin,
    status: 201,
    keep: keeping({ id: ["id"], key: ["key"] }),
  }),
  get("keys", "/admin/keys", has("data"), admin),
  get("key", "/admin/keys/{id}", is("smoke-test", "name"), admin),
  post("key, used", "/v1/chat/completions", chat, has("choices", 0, "message", "content"), { as: "made" }),
  get("key, what it used", "/admin/keys/{id}/usage", is("list", "object"), admin),
  get("keys, what they used", "/admin/usage?limit=1", is("list", "object"), admin),
  post("key, changed", "/admin/keys/{id}", { rpm: 5 }, is(5, "rpm"), admin),
  post("key, blocked", "/admin/keys/{id}/block", {}, is(true, "blocked"), admin),
  post("key, refused", "/v1/chat/completions", chat, is("invalid_api_key", "error", "code"), {
    as: "made",
    status: 401,
  }),
  post("key, unblocked", "/admin/keys/{id}/unblock", {}, is(false, "blocked"), admin),
  post("key, rotated", "/admin/keys/{id}/rotate", {}, has("key"), admin),
  remove("key, deleted", "/admin/keys/{id}", admin),
];
