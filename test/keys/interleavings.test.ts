import * as fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { runInDurableObject } from "cloudflare:test";
import { toKeySettings } from "../../src/keys/key-settings.ts";
import { mintKey } from "../../src/keys/key-token.ts";
import { keyBindings } from "../support/key-objects.ts";

/** A request, as it goes: what it is expected to use, what it uses, and when it begins and ends. */
const request = fc.record({
  estimate: fc.integer({ min: 0, max: 50 }),
  /** Mostly no more than that: what the limits may be passed by is what it was more. */
  share: fc.constantFrom(0, 0.5, 1, 1, 1, 1, 1.5),
  begins: fc.integer({ min: 0, max: 200_000 }),
  /** Milliseconds; `undefined` for one that is never settled. */
  takes: fc.option(fc.integer({ min: 0, max: 150_000 }), { nil: undefined, freq: 8 }),
});

/** Each of them is out of reach at times, so that another is the one that holds. */
const limits = fc.record({
  rpm: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant(1000)),
  tpm: fc.oneof(fc.integer({ min: 50, max: 400 }), fc.constant(100_000)),
  max_parallel_requests: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constant(1000)),
  max_budget: fc.oneof(fc.integer({ min: 50, max: 400 }), fc.constant(100_000)),
});

const LIFETIME_MS = 100_000;
const START = Date.parse("2026-11-26T12:00:00.000Z");

type Sample = typeof request extends fc.Arbitrary<infer Value> ? Value : never;
type Request = Sample & { readonly used: number };
type Event = { readonly at: number; readonly index: number; readonly isEnd: boolean };

function toEvents(requests: readonly Request[]): readonly Event[] {
  return requests
    .flatMap(({ begins, takes }, index) => [
      { at: begins, index, isEnd: false },
      ...(takes === undefined ? [] : [{ at: begins + takes, index, isEnd: true }]),
    ])
    .toSorted((first, second) => first.at - second.at);
}

afterEach(() => {
  vi.useRealTimers();
});

describe("requests in any interleaving", () => {
  it("pass no limit by more than what they were expected to use too little", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: START });
    const { id, digest } = await mintKey();
    const object = keyBindings().KEYS.getByName(id);
    const property = fc.asyncProperty(limits, fc.array(request, { maxLength: 40 }), async (limit, samples) => {
      const requests = samples.map((sample) => ({ ...sample, used: Math.round(sample.estimate * sample.share) }));
      await runInDurableObject(object, async (key) => {
        await key.remove();
        await key.create({ id, digest, settings: toKeySettings({ name: "test", ...limit }) });
        const admitted = new Set<number>();
        for (const { at, index, isEnd } of toEvents(requests)) {
          vi.setSystemTime(START + at);
          const { estimate, used } = requests[index] ?? { estimate: 0, used: 0 };
          const name = String(index);
          if (isEnd) {
            const counts = { prompt_tokens: 0, cached_tokens: 0, completion_tokens: 0, cost: 0, neurons: 0, errors: 0 };
            await key.settle(name, { tokens: used, dollars: used, usage: { model: "@cf/a/b", ...counts } });
            continue;
          }
          const expected = { tokens: estimate, dollars: estimate };
          const reply = await key.reserve({ id: name, digest, estimate: expected, lifetimeMs: LIFETIME_MS });
          if (reply.status === "reserved") admitted.add(index);
        }
        vi.setSystemTime(START);
        check(requests, admitted, limit, (await key.read())?.spend ?? 0);
      });
    });
    await expect(Promise.resolve(fc.assert(property, { seed: 20_261_126, numRuns: 100 }))).resolves.toBeUndefined();
  }, 60_000);
});

describe("calls of a key", () => {
  it("run in the order in which they came, also those that came before its code was there", async () => {
    const { id, digest } = await mintKey();
    const object = keyBindings().KEYS.getByName(id);
    const settings = toKeySettings({ name: "test" });
    const answers = [object.read(), object.create({ id, digest, settings }), object.check(digest), object.remove()];
    expect(await Promise.all([...answers, object.read()])).toEqual([
      undefined,
      expect.objectContaining({ id }),
      { status: "valid", settings },
      true,
      undefined,
    ]);
  });
});

interface Limits {
  readonly rpm: number;
  readonly tpm: number;
  readonly max_parallel_requests: number;
  readonly max_budget: number;
}

function check(requests: readonly Request[], admitted: ReadonlySet<number>, limit: Limits, spend: number): void {
  const taken = requests.filter((_, index) => admitted.has(index));
  for (const { begins } of taken) {
    // The second of the limit's clock: 60 of them, the one that begins now included.
    const from = Math.floor(begins / 1000) - 59;
    const within = taken.filter((other) => other.begins <= begins && Math.floor(other.begins / 1000) >= from);
    expect(within.length).toBeLessThanOrEqual(limit.rpm);
    const open = taken.filter(
      (other) => other.begins <= begins && begins < other.begins + Math.min(other.takes ?? LIFETIME_MS, LIFETIME_MS),
    );
    expect(open.length).toBeLessThanOrEqual(limit.max_parallel_requests);
    const tokens = within.reduce((sum, { used, takes }) => sum + (takes === undefined ? 0 : used), 0);
    const tooLittle = within.reduce((sum, { used, estimate }) => sum + Math.max(0, used - estimate), 0);
    expect(tokens).toBeLessThanOrEqual(limit.tpm + tooLittle);
  }
  const settled = taken.filter(({ takes }) => takes !== undefined);
  const tooLittle = settled.reduce((sum, { used, estimate }) => sum + Math.max(0, used - estimate), 0);
  expect(spend).toBe(settled.reduce((sum, { used }) => sum + used, 0));
  // One that expired before it was settled gave its room to others, and is charged all the same.
  const late = settled.filter(({ takes = 0 }) => takes >= LIFETIME_MS).reduce((sum, { used }) => sum + used, 0);
  expect(spend).toBeLessThanOrEqual(limit.max_budget + tooLittle + late);
}
