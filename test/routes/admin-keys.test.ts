import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { readError } from "../support/error-answer.ts";
import { ADMIN_KEY, createKeyGateway } from "../support/key-objects.ts";
import { createTestGateway } from "../support/gateway.ts";

const gateway = createKeyGateway();

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const ID = /^[0-9A-Za-z]{12}$/;

async function read(response: Response | Promise<Response>): Promise<Record<string, unknown>> {
  const answered = await response;
  expect(answered.headers.get("cache-control")).toBe("no-store");
  return z.record(z.string(), z.unknown()).parse(await answered.json());
}

/** What a chat with a key is answered. */
async function chat(key: string, model = "llama-3.3-70b"): Promise<Response> {
  const body = { model, messages: [{ role: "user", content: "Hello" }] };
  return gateway.post("/v1/chat/completions", body, { authorization: `Bearer ${key}` });
}

const page = z.object({
  object: z.literal("list"),
  data: z.array(z.looseObject({ id: z.string() })),
  last_id: z.string().nullable(),
  has_more: z.boolean(),
});

describe("POST /admin/keys", () => {
  it("makes a key, which works, and shows its secret", async () => {
    const response = await gateway.admin("/keys", { name: "ci" });
    expect(response.status).toBe(201);
    const made = await read(response);
    expect(made).toEqual({
      object: "key",
      id: expect.stringMatching(ID),
      key: expect.stringMatching(/^sk-fg-[0-9A-Za-z]{12}-[0-9A-Za-z]{40}$/),
      name: "ci",
      models: [],
      rpm: null,
      tpm: null,
      max_parallel_requests: null,
      max_budget: null,
      budget_duration: null,
      expires: null,
      metadata: {},
      blocked: false,
      spend: 0,
      budget_reset_at: null,
      created_at: expect.stringMatching(TIME),
      updated_at: expect.stringMatching(TIME),
      last_used_at: null,
    });
    expect((await chat(String(made["key"]))).status).toBe(200);
  });

  it("takes LiteLLM's fields", async () => {
    const settings = {
      name: "team-a",
      models: ["@cf/meta/*", "gpt-oss-120b"],
      rpm: 60,
      tpm: 100_000,
      max_parallel_requests: 4,
      max_budget: 12.5,
      budget_duration: "30d",
      expires: "2099-01-31T12:00:00Z",
      metadata: { team: "a" },
      blocked: true,
    };
    const made = await read(gateway.admin("/keys", settings));
    expect(made).toMatchObject({ ...settings, expires: "2099-01-31T12:00:00.000Z" });
    const untilReset = Date.parse(String(made["budget_reset_at"])) - Date.parse(String(made["created_at"]));
    expect(untilReset).toBe(30 * 86_400_000);
  });

  it("takes an expiry as how far away it is", async () => {
    const { expires, created_at: created } = await read(gateway.admin("/keys", { name: "ci", expires: "12h" }));
    const length = Date.parse(String(expires)) - Date.parse(String(created));
    expect(Math.abs(length - 12 * 3_600_000)).toBeLessThan(60_000);
  });

  it.each([
    [{}, "name", "missing_required_parameter"],
    [{ name: "" }, "name", "invalid_value"],
    [{ name: "sk-secret" }, "name", "invalid_value"],
    [{ name: "a".repeat(65) }, "name", "invalid_value"],
    [{ name: "two words" }, "name", "invalid_value"],
    [{ name: 7 }, "name", "invalid_type"],
    [{ name: "a", rpm: 0 }, "rpm", "invalid_value"],
    [{ name: "a", rpm: "60" }, "rpm", "invalid_type"],
    [{ name: "a", rpm: 1.5 }, "rpm", "invalid_type"],
    [{ name: "a", tpm: -1 }, "tpm", "invalid_value"],
    [{ name: "a", max_parallel_requests: 1e12 }, "max_parallel_requests", "invalid_value"],
    [{ name: "a", max_budget: -0.01 }, "max_budget", "invalid_value"],
    [{ name: "a", max_budget: "1" }, "max_budget", "invalid_type"],
    [{ name: "a", budget_duration: "1 day" }, "budget_duration", "invalid_value"],
    [{ name: "a", budget_duration: "0d" }, "budget_duration", "invalid_value"],
    [{ name: "a", expires: "tomorrow" }, "expires", "invalid_value"],
    [{ name: "a", expires: "2026-02-30" }, "expires", "invalid_value"],
    [{ name: "a", expires: "2020-01-01" }, "expires", "invalid_value"],
    [{ name: "a", models: "@cf/meta/*" }, "models", "invalid_type"],
    [{ name: "a", models: [""] }, "models[0]", "invalid_value"],
    [{ name: "a", models: ["a b"] }, "models[0]", "invalid_value"],
    [{ name: "a", models: Array.from({ length: 101 }, () => "a") }, "models", "invalid_value"],
    [{ name: "a", metadata: [] }, "metadata", "invalid_type"],
    [{ name: "a", metadata: { team: 1 } }, "metadata.team", "invalid_type"],
    [{ name: "a", metadata: { team: "x".repeat(513) } }, "metadata.team", "invalid_value"],
    [{ name: "a", blocked: "false" }, "blocked", "invalid_type"],
  ])("refuses %j and names the member", async (body, param, code) => {
    const error = await readError(await gateway.admin("/keys", body));
    expect(error).toMatchObject({ status: 400, type: "invalid_request_error", param, code });
  });

  it("refuses a member that it does not know, which would be a limit that nobody set", async () => {
    const error = await readError(await gateway.admin("/keys", { name: "a", rpm_limit: 60 }));
    expect(error).toMatchObject({ status: 400, param: "rpm_limit", code: "unsupported_parameter" });
  });

  it("answers any JSON with a key or a 400", async () => {
    const bodies = fc.oneof(
      fc.jsonValue(),
      fc
        .record({ name: fc.constant("fuzz") })
        .chain((base) =>
          fc
            .tuple(
              fc.constantFrom(
                "models",
                "rpm",
                "tpm",
                "max_budget",
                "budget_duration",
                "expires",
                "metadata",
                "blocked",
              ),
              fc.jsonValue(),
            )
            .map(([member, value]) => ({ ...base, [member]: value })),
        ),
    );
    const property = fc.asyncProperty(bodies, async (body) => {
      const response = await gateway.admin("/keys", body);
      return response.status === 201 || (await readError(response)).status === 400;
    });
    await expect(Promise.resolve(fc.assert(property, { seed: 20_261_126, numRuns: 150 }))).resolves.toBeUndefined();
  });
});

describe("GET /admin/keys", () => {
  it("lists keys in pages, the newest first, and passes over those that are gone", async () => {
    const made = [];
    for (let count = 0; count < 5; count += 1) made.push((await gateway.createKey()).id);
    const [oldest, , middle, , newest] = made;
    const first = page.parse(await read(gateway.admin("/keys?limit=2")));
    expect(first.data.map(({ id }) => id)).toEqual([newest, made[3]]);
    expect(first).toMatchObject({ has_more: true, last_id: made[3] });
    await gateway.admin(`/keys/${middle}`, undefined, { method: "DELETE" });
    await gateway.admin(`/keys/${made[3]}`, undefined, { method: "DELETE" });
    const second = page.parse(await read(gateway.admin(`/keys?limit=2&after=${first.last_id}`)));
    expect(second.data.map(({ id }) => id)).toEqual([made[1], oldest]);
    const upwards = page.parse(await read(gateway.admin(`/keys?order=asc&after=${oldest}`)));
    expect(upwards.data.map(({ id }) => id)).toEqual([made[1], newest]);
    expect(upwards).toMatchObject({ has_more: false });
  });

  it.each([
    ["limit=0", "limit", 400],
    ["limit=101", "limit", 400],
    ["limit=1e1", "limit", 400],
    ["after=nobody", "after", 400],
    ["after=AAAAAAAAAAAA", "after", 404],
    ["order=newest", "order", 400],
  ])("refuses the query %s", async (query, param, status) => {
    expect(await readError(await gateway.admin(`/keys?${query}`))).toMatchObject({ status, param });
  });

  it("shows no secret and no hash", async () => {
    const { key } = await gateway.createKey();
    const text = await (await gateway.admin("/keys?limit=100")).text();
    expect(text).not.toContain(key.slice(-40));
    expect(text).not.toMatch(/digest|hash|[0-9a-f]{64}/);
  });
});

describe("a key of the admin API", () => {
  it("is shown by its id", async () => {
    const { id } = await gateway.createKey({ name: "shown" });
    expect(await read(gateway.admin(`/keys/${id}`))).toMatchObject({ object: "key", id, name: "shown" });
  });

  it("changes in the members that are sent; null takes a limit away", async () => {
    const { id } = await gateway.createKey({ rpm: 1, tpm: 1000, models: ["@cf/meta/*"], metadata: { a: "b" } });
    const changed = await read(gateway.admin(`/keys/${id}`, { rpm: 5, tpm: null, models: null, name: "other" }));
    expect(changed).toMatchObject({ name: "other", rpm: 5, tpm: null, models: [], metadata: { a: "b" } });
    expect(await read(gateway.admin(`/keys/${id}`))).toEqual(changed);
  });

  it("is blocked and unblocked", async () => {
    const { id, key } = await gateway.createKey();
    expect(await read(gateway.admin(`/keys/${id}/block`, undefined, { method: "POST" }))).toMatchObject({
      blocked: true,
    });
    expect(await readError(await chat(key))).toMatchObject({ status: 401, message: "This API key is blocked." });
    await gateway.admin(`/keys/${id}/unblock`, undefined, { method: "POST" });
    expect((await chat(key)).status).toBe(200);
  });

  it("gets another secret; the one before works no longer", async () => {
    const { id, key } = await gateway.createKey();
    const rotated = await read(gateway.admin(`/keys/${id}/rotate`, undefined, { method: "POST" }));
    expect(rotated["id"]).toBe(id);
    expect(rotated["key"]).not.toBe(key);
    expect((await chat(String(rotated["key"]))).status).toBe(200);
    expect(await readError(await chat(key))).toMatchObject({ status: 401, code: "invalid_api_key" });
  });

  it("gets another secret, and the one before works for the grace period", async () => {
    const { id, key } = await gateway.createKey();
    const rotated = await read(gateway.admin(`/keys/${id}/rotate`, { grace_period: "1h" }));
    for (const each of [key, String(rotated["key"])]) expect((await chat(each)).status).toBe(200);
  });

  it("is deleted, and works no longer", async () => {
    const { id, key } = await gateway.createKey();
    const deleted = await read(gateway.admin(`/keys/${id}`, undefined, { method: "DELETE" }));
    expect(deleted).toEqual({ object: "key", id, deleted: true });
    expect(await readError(await gateway.admin(`/keys/${id}`))).toMatchObject({ status: 404, code: "key_not_found" });
    expect(await readError(await chat(key))).toMatchObject({ status: 401, code: "invalid_api_key" });
  });

  it.each([
    ["GET", ""],
    ["POST", "", {}],
    ["DELETE", ""],
    ["POST", "/block"],
    ["POST", "/rotate"],
    ["GET", "/usage"],
  ])("%s %s of a key that there is not is a 404", async (method, suffix, body?: object) => {
    for (const id of ["AAAAAAAAAAAA", "x", "..%2F..", "%00", "a".repeat(300)]) {
      const response = await gateway.admin(`/keys/${id}${suffix}`, body, { method });
      expect(await readError(response)).toMatchObject({ status: 404, code: "key_not_found" });
    }
  });

  it("refuses other methods and says which there are", async () => {
    const response = await gateway.admin("/keys/AAAAAAAAAAAA", undefined, { method: "PUT" });
    expect(response.headers.get("allow")).toBe("GET, HEAD, POST, DELETE, OPTIONS");
    expect(await readError(response)).toMatchObject({ status: 405 });
  });
});

describe("the admin key", () => {
  it.each([null, "", "Bearer", `Basic ${ADMIN_KEY}`])("is needed: %j is a 401", async (authorization) => {
    const init = { headers: { authorization: authorization ?? "" } };
    const error = await readError(await gateway.admin("/keys", undefined, init));
    expect(error).toMatchObject({ status: 401, code: null });
    expect(error.message).toMatch(/^You didn't provide the admin key\./);
  });

  it.each(["sk-test", `${ADMIN_KEY}x`, ADMIN_KEY.slice(0, -1), ADMIN_KEY.toUpperCase()])(
    "is no other: %s is a 401",
    async (key) => {
      const error = await readError(
        await gateway.admin("/keys", undefined, { headers: { authorization: `Bearer ${key}` } }),
      );
      expect(error).toMatchObject({ status: 401, code: "invalid_api_key" });
    },
  );

  it("is no client's key", async () => {
    expect(await readError(await chat(ADMIN_KEY))).toMatchObject({ status: 401, code: "invalid_api_key" });
  });

  it("turns the admin API on: without it every request is refused", async () => {
    for (const value of [undefined, ""]) {
      const off = createKeyGateway({ vars: { ADMIN_KEY: value } });
      const error = await readError(await off.admin("/keys"));
      expect(error).toMatchObject({ status: 401, code: null });
      expect(error.message).toContain("ADMIN_KEY");
    }
  });

  it("is refused by the configuration where it is short enough to guess", async () => {
    const short = createTestGateway({ vars: { ADMIN_KEY: "admin" } });
    expect(await readError(await short.request("/v1/models"))).toMatchObject({ status: 500 });
  });

  it("without the bindings of the objects is a settings error", async () => {
    const unbound = createKeyGateway({ vars: { KEYS: undefined } });
    expect(await readError(await unbound.admin("/keys"))).toMatchObject({ status: 500 });
  });
});
