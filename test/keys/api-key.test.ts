import { evictDurableObject, listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { ApiKey } from "../../src/keys/api-key.ts";
import type { Settlement } from "../../src/keys/key-account.ts";
import type { KeyChanges } from "../../src/keys/key-settings.ts";
import { toKeySettings } from "../../src/keys/key-settings.ts";
import { mintKey } from "../../src/keys/key-token.ts";
import { keyBindings } from "../support/key-objects.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

afterEach(() => {
  vi.useRealTimers();
});

/** A clock that stands still until it is set; timers go on, the runtime needs them. */
function freezeTime(iso = "2026-11-26T12:00:00.000Z"): (milliseconds: number) => void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(iso) });
  return (milliseconds) => void vi.setSystemTime(Date.now() + milliseconds);
}

function use(dollars: number | undefined, tokens: number | undefined, model = "@cf/a/b", errors = 0): Settlement {
  const counts = { prompt_tokens: 10, cached_tokens: 2, completion_tokens: 5, cost: dollars ?? 0, neurons: 1 };
  return { tokens, dollars, usage: { model, errors, ...counts } };
}

interface TestKey {
  readonly id: string;
  readonly digest: string;
  readonly object: DurableObjectStub<ApiKey>;
  /** Asks for room, under a new id unless one is given. */
  readonly reserve: (tokens?: number, dollars?: number, id?: string) => Promise<string>;
}

/** A key in an object of its own. A reservation reads `reserved`, or names the limit and the wait in milliseconds. */
async function makeKey(changes: KeyChanges): Promise<TestKey> {
  const { id, digest } = await mintKey();
  const object = keyBindings().KEYS.getByName(id);
  await object.create({ id, digest, settings: toKeySettings({ name: "test", ...changes }) });
  return {
    id,
    digest,
    object,
    async reserve(tokens = 0, dollars = 0, reservation: string = crypto.randomUUID()) {
      const request = { id: reservation, digest, estimate: { tokens, dollars }, lifetimeMs: 10 * MINUTE_MS };
      const reply = await object.reserve(request);
      return reply.status === "refused" ? `${reply.refusal.by} ${reply.refusal.waitMs}` : reply.status;
    },
  };
}

describe("rpm", () => {
  it("lets so many requests through within 60 seconds, wherever a minute begins", async () => {
    const pass = freezeTime("2026-11-26T12:00:50.000Z");
    const { reserve } = await makeKey({ rpm: 2 });
    expect([await reserve(), await reserve()]).toEqual(["reserved", "reserved"]);
    pass(20_000);
    expect(await reserve()).toBe("rpm 40000");
    pass(39_999);
    expect(await reserve()).toBe("rpm 1");
    pass(1);
    expect(await reserve()).toBe("reserved");
  });

  it("is not lost with the object's memory", async () => {
    const { object, reserve } = await makeKey({ rpm: 1 });
    await reserve();
    await evictDurableObject(object);
    expect(await reserve()).toMatch(/^rpm /);
  });
});

describe("tpm", () => {
  it("counts what a request is expected to use, and then what it used", async () => {
    const pass = freezeTime();
    const { object, reserve } = await makeKey({ tpm: 100 });
    await reserve(80, 0, "first");
    expect(await reserve(30)).toBe("tpm 60000");
    await object.settle("first", use(0, 20));
    expect(await reserve(80)).toBe("reserved");
    pass(MINUTE_MS);
    expect(await reserve(100)).toBe("reserved");
  });

  it("counts what was used beyond that when it was used", async () => {
    const pass = freezeTime();
    const { object, reserve } = await makeKey({ tpm: 100 });
    await reserve(10, 0, "first");
    pass(50_000);
    await object.settle("first", use(0, 90));
    pass(10_000);
    expect(await reserve(20)).toBe("reserved");
    expect(await reserve(20)).toBe("tpm 50000");
  });

  it("refuses for ever what is larger than the limit", async () => {
    expect(await (await makeKey({ tpm: 100 })).reserve(101)).toBe("tpm undefined");
  });

  it("lets an estimate stand where nobody knows what was used", async () => {
    const { object, reserve } = await makeKey({ tpm: 100 });
    await reserve(80, 0, "first");
    await object.settle("first", use(0, undefined));
    expect(await reserve(30)).toMatch(/^tpm /);
  });
});

describe("max_parallel_requests", () => {
  it("has room again when a request is settled", async () => {
    const { object, reserve } = await makeKey({ max_parallel_requests: 1 });
    await reserve(0, 0, "first");
    expect(await reserve()).toBe("max_parallel_requests 1000");
    await object.settle("first", use(0, 0));
    expect(await reserve()).toBe("reserved");
  });

  it("has room again when a request that was never settled has expired, also after a restart", async () => {
    const pass = freezeTime();
    const { object, reserve } = await makeKey({ max_parallel_requests: 1 });
    await reserve();
    await evictDurableObject(object);
    pass(10 * MINUTE_MS - 1);
    expect(await reserve()).toBe("max_parallel_requests 1000");
    pass(1);
    expect(await reserve()).toBe("reserved");
  });
});

describe("max_budget", () => {
  it("is spent by what requests cost, and survives a restart", async () => {
    const { object, reserve } = await makeKey({ max_budget: 1 });
    await reserve(0, 0.5, "first");
    await object.settle("first", use(0.7, 0));
    await evictDurableObject(object);
    expect(await object.read()).toMatchObject({ spend: 0.7 });
    expect(await reserve(0, 0.4)).toBe("max_budget undefined");
    expect(await reserve(0, 0.3)).toBe("reserved");
  });

  it("keeps what requests under way are expected to cost", async () => {
    const { object, reserve } = await makeKey({ max_budget: 1 });
    await reserve(0, 0.8, "first");
    expect(await reserve(0, 0.4)).toBe("max_budget 1000");
    await object.settle("first", use(0.1, 0));
    expect(await reserve(0, 0.4)).toBe("reserved");
  });

  it("gives back what a request that was never settled was expected to cost", async () => {
    const pass = freezeTime();
    const { object, reserve } = await makeKey({ max_budget: 1 });
    await reserve(0, 0.8);
    pass(10 * MINUTE_MS);
    expect(await reserve(0, 0.8)).toBe("reserved");
    expect(await object.read()).toMatchObject({ spend: 0 });
  });

  it("begins anew after each budget_duration", async () => {
    const pass = freezeTime();
    const { object, reserve } = await makeKey({ max_budget: 1, budget_duration: "1d" });
    await reserve(0, 1, "first");
    await object.settle("first", use(1, 0));
    expect(await reserve(0, 0.1)).toBe(`max_budget ${DAY_MS}`);
    pass(2.5 * DAY_MS);
    expect(await object.read()).toMatchObject({ spend: 0, budget_reset_at: "2026-11-29T12:00:00.000Z" });
    expect(await reserve(0, 0.1)).toBe("reserved");
  });

  it("of 0 lets nothing through, not even what costs nothing", async () => {
    expect(await (await makeKey({ max_budget: 0 })).reserve(0, 0)).toBe("max_budget undefined");
  });

  it("refuses what has no known price", async () => {
    const { object, digest } = await makeKey({ max_budget: 1 });
    const estimate = { tokens: 1, dollars: undefined };
    const reply = await object.reserve({ id: "first", digest, estimate, lifetimeMs: 1000 });
    expect(reply).toMatchObject({ status: "refused", refusal: { by: "price" } });
  });

  it("charges the estimate where nobody knows what was used", async () => {
    const { object, reserve } = await makeKey({ max_budget: 1 });
    await reserve(0, 0.6, "first");
    await object.settle("first", use(undefined, 0));
    expect(await object.read()).toMatchObject({ spend: 0.6 });
  });
});

describe("a reservation", () => {
  it("that is asked for twice is made once", async () => {
    const { object, digest, reserve } = await makeKey({ rpm: 1, max_parallel_requests: 1 });
    expect([await reserve(0, 0, "same"), await reserve(0, 0, "same")]).toEqual(["reserved", "reserved"]);
    const reply = await object.reserve({ id: "b", digest, estimate: { tokens: 0, dollars: 0 }, lifetimeMs: 1 });
    expect(reply).toMatchObject({ status: "refused", requests: { limit: 1, remaining: 0 } });
  });

  it("that is settled twice counts once, and one that never was counts nothing", async () => {
    const { object, reserve } = await makeKey({});
    await reserve(0, 0, "first");
    for (const id of ["first", "first", "never"]) await object.settle(id, use(0.5, 0));
    expect(await object.read()).toMatchObject({ spend: 0.5 });
  });

  it("that is settled after it expired still counts", async () => {
    const pass = freezeTime();
    const { object, reserve } = await makeKey({ max_budget: 1 });
    await reserve(0, 0.1, "first");
    pass(20 * MINUTE_MS);
    await reserve(0, 0.1, "second");
    await object.settle("first", use(0.5, 0));
    expect(await object.read()).toMatchObject({ spend: 0.5 });
  });

  it("is refused without the secret, and says no more than that to whoever lacks it", async () => {
    const { object } = await makeKey({ blocked: true });
    const { digest } = await mintKey();
    const estimate = { tokens: 0, dollars: 0 };
    expect(await object.reserve({ id: "a", digest, estimate, lifetimeMs: 1 })).toEqual({ status: "unknown" });
    expect(await object.check(digest)).toEqual({ status: "unknown" });
  });

  it("tells how much of the limits is left", async () => {
    freezeTime();
    const { object, digest } = await makeKey({ rpm: 3, tpm: 100 });
    const reply = await object.reserve({ id: "a", digest, estimate: { tokens: 40, dollars: 0 }, lifetimeMs: 1000 });
    expect(reply).toMatchObject({
      status: "reserved",
      requests: { limit: 3, remaining: 2, resetMs: MINUTE_MS },
      tokens: { limit: 100, remaining: 60, resetMs: MINUTE_MS },
    });
  });
});

describe("a key", () => {
  it("is refused from its expiry on", async () => {
    const pass = freezeTime();
    const { object, digest, reserve } = await makeKey({ expires: "2026-11-26T13:00:00.000Z" });
    pass(60 * MINUTE_MS - 1);
    expect(await object.check(digest)).toMatchObject({ status: "valid" });
    pass(1);
    expect(await object.check(digest)).toEqual({ status: "expired" });
    expect(await reserve()).toBe("expired");
  });

  it("has its last secret for the grace period of a rotation", async () => {
    const pass = freezeTime();
    const { id, object, digest } = await makeKey({});
    const next = await mintKey(id);
    await object.rotate(next.digest, MINUTE_MS);
    expect([await object.check(digest), await object.check(next.digest)]).toMatchObject([
      { status: "valid" },
      { status: "valid" },
    ]);
    pass(MINUTE_MS);
    expect(await object.check(digest)).toEqual({ status: "unknown" });
    expect(await object.check(next.digest)).toMatchObject({ status: "valid" });
  });

  it("counts what it used by day and model, and how much of that failed", async () => {
    const pass = freezeTime("2026-11-26T23:59:00.000Z");
    const { object, reserve } = await makeKey({});
    const settleOne = async (settlement: Settlement): Promise<void> => {
      const id = crypto.randomUUID();
      await reserve(0, 0, id);
      await object.settle(id, settlement);
    };
    await settleOne(use(0.25, 15, "@cf/a/b"));
    await settleOne(use(0.5, 15, "@cf/a/b", 1));
    await settleOne(use(1, 15, "@cf/c/d"));
    pass(2 * MINUTE_MS);
    await settleOne(use(2, 15, "@cf/a/b"));
    const one = { requests: 1, errors: 0, prompt_tokens: 10, cached_tokens: 2, completion_tokens: 5, neurons: 1 };
    const two = { requests: 2, errors: 1, prompt_tokens: 20, cached_tokens: 4, completion_tokens: 10, neurons: 2 };
    expect(await object.readUsage("2026-11-26", "2026-11-27")).toEqual([
      { day: "2026-11-26", model: "@cf/a/b", ...two, cost: 0.75 },
      { day: "2026-11-26", model: "@cf/c/d", ...one, cost: 1 },
      { day: "2026-11-27", model: "@cf/a/b", ...one, cost: 2 },
    ]);
    expect(await object.readUsage("2026-11-27", "2026-11-30")).toHaveLength(1);
    expect(await object.read()).toMatchObject({ spend: 3.75, last_used_at: "2026-11-27T00:01:00.000Z" });
  });

  it("counts models beyond 200 a day under one name, and forgets days after two years", async () => {
    const pass = freezeTime("2024-01-01T00:00:00.000Z");
    const { object, digest, reserve } = await makeKey({});
    await runInDurableObject(object, async (key) => {
      for (let count = 0; count < 203; count += 1) {
        await key.reserve({ id: "again", digest, estimate: { tokens: 0, dollars: 0 }, lifetimeMs: 1000 });
        await key.settle("again", use(0, 0, `@cf/a/${count}`));
      }
    });
    const rows = (await object.readUsage("2024-01-01", "2024-01-01")) ?? [];
    expect(rows).toHaveLength(201);
    expect(rows.find(({ model }) => model === "other")).toMatchObject({ requests: 3 });
    pass(800 * DAY_MS);
    await reserve(0, 0, "again");
    await object.settle("again", use(0, 0));
    expect(await object.readUsage("2024-01-01", "2030-01-01")).toHaveLength(1);
  });

  it("that nobody has made stores nothing, whatever it is asked", async () => {
    const { id, digest } = await mintKey();
    const object = keyBindings().KEYS.getByName(id);
    expect(await object.check(digest)).toEqual({ status: "unknown" });
    expect(await object.read()).toBeUndefined();
    expect(await object.remove()).toBe(false);
    await object.settle("none", use(1, 1));
    const tables = await runInDurableObject(object, (_, { storage }) =>
      storage.sql.exec("SELECT name FROM sqlite_master").toArray(),
    );
    expect(tables).toEqual([]);
  });

  it("leaves nothing behind when it is removed", async () => {
    const { object, digest } = await makeKey({});
    expect(await object.remove()).toBe(true);
    expect(await object.check(digest)).toEqual({ status: "unknown" });
    expect(await object.readUsage("2026-01-01", "2026-12-31")).toBeUndefined();
  });

  it("has an object of its own", async () => {
    const before = (await listDurableObjectIds(keyBindings().KEYS)).length;
    await makeKey({});
    await makeKey({});
    expect(await listDurableObjectIds(keyBindings().KEYS)).toHaveLength(before + 2);
  });
});
