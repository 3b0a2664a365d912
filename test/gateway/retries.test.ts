import { describe, expect, it } from "vitest";
import { createTap, refusal, silence, stream, whole } from "./scripted-binding.ts";
import type { Answer } from "./scripted-binding.ts";
import { createGateway, readTexts } from "./support.ts";

/** A connection that breaks before a first event. */
const reset: Answer = () => {
  throw new TypeError("fetch failed");
};

const brokenStream: Answer = () => {
  const tap = createTap();
  tap.fail();
  return tap.response();
};

const emptyBody: Answer = () => new Response(null);

const cut: Answer = () => {
  const tap = createTap();
  tap.say("Hel");
  tap.fail();
  return tap.response();
};

const errorFrame: Answer = () => {
  const tap = createTap();
  tap.frame({ errors: [{ code: 3043, message: "inner" }] });
  return tap.response();
};

describe("before the first event a failure is repeated", () => {
  it.each<[string, Answer]>([
    ["3040, out of capacity", refusal(429, 3040)],
    ["a 429 without a number", () => new Response("slow down", { status: 429 })],
    ["3007, a timeout of the upstream", refusal(408, 3007)],
    ["a 408 without a number", () => new Response("", { status: 408 })],
    ["8008, an internal error", refusal(500, 8008)],
    ["a 500 without a number", () => new Response("<html>", { status: 500 })],
    ["a 503", () => new Response("", { status: 503 })],
    ["a reset connection", reset],
    ["a stream that breaks at once", brokenStream],
    ["an empty body", emptyBody],
    ["an error in the first frame", errorFrame],
    ["an answer that is damaged", () => new Response("{")],
  ])("after %s", async (_fact, failure) => {
    const gateway = createGateway({ answers: [failure, stream("Hello")] });
    const started = gateway.start();
    await gateway.clock.advance(5000);
    const answer = await started.answer;
    expect(answer.attempts).toBe(2);
    expect(await readTexts(answer)).toEqual(["Hello"]);
    expect(gateway.clock.pending).toBe(0);
  });

  it.each<[string, Answer]>([
    ["3036, a spent quota", refusal(429, 3036)],
    ["4006, a spent quota", refusal(429, 4006)],
    ["5006, wrong inputs", refusal(400, 5006)],
    ["5007, no such model", refusal(400, 5007)],
    ["5035, a paid plan", refusal(403, 5035)],
    ["3030, refused content", refusal(400, 3030)],
    ["3006, too large a request", refusal(413, 3006)],
    ["a 400 without a number", () => new Response("", { status: 400 })],
    ["a 401", () => new Response("", { status: 401 })],
  ])("but not after %s", async (_fact, failure) => {
    const gateway = createGateway({ answers: [failure, stream("Hello")] });
    const started = gateway.start();
    await gateway.clock.advance(60_000);
    await started.failure();
    expect(gateway.binding.calls).toHaveLength(1);
    expect(gateway.clock.pending).toBe(0);
  });

  it.each([1, 2, 5])("at most %d times, and the last failure is told", async (attempts) => {
    const gateway = createGateway({ answers: [refusal(429, 3040)], config: { MAX_ATTEMPTS: attempts } });
    const started = gateway.start();
    await gateway.clock.advance(60_000);
    expect(await started.failure()).toMatchObject({ kind: "out_of_capacity", upstreamCode: 3040 });
    expect(gateway.binding.calls).toHaveLength(attempts);
    expect(gateway.clock.pending).toBe(0);
  });

  it("also where the whole answer was cut, as nothing of it was sent", async () => {
    const gateway = createGateway({ answers: [cut, whole("Hello")] });
    const started = gateway.start({}, { stream: false });
    await gateway.clock.advance(5000);
    expect(await readTexts(await started.answer)).toEqual(["Hello"]);
    expect(gateway.binding.calls).toHaveLength(2);
  });

  it("after it nothing is: the stream fails where it is", async () => {
    const tap = createTap();
    tap.say("Hel");
    const gateway = createGateway({ answers: [() => tap.response(), stream("Hello")] });
    const { choices } = await gateway.run();
    expect(await choices.next()).toMatchObject({ events: [{ text: "Hel" }] });
    tap.fail();
    await expect(choices.next()).rejects.toMatchObject({ kind: "upstream_failed" });
    // Reading on does not find an end.
    await expect(choices.next()).rejects.toMatchObject({ kind: "upstream_failed" });
    expect(gateway.binding.calls).toHaveLength(1);
    expect(gateway.clock.pending).toBe(0);
  });

  it("after a first token that did not come in time", async () => {
    const gateway = createGateway({ answers: [silence, stream("Hello")], config: { FIRST_TOKEN_TIMEOUT_MS: 1000 } });
    const started = gateway.start();
    await gateway.clock.advance(5000);
    expect(await readTexts(await started.answer)).toEqual(["Hello"]);
    expect(gateway.binding.calls[0]?.options.signal.aborted).toBe(true);
  });
});

/** The milliseconds after which the attempts of a gateway were made, the first at 0. */
async function attemptTimes(random: number, failure = refusal(429, 3040)): Promise<readonly number[]> {
  const times: number[] = [];
  const gateway = createGateway({
    answers: [
      (call) => {
        times.push(gateway.clock.now());
        return failure(call);
      },
    ],
    config: { MAX_ATTEMPTS: 6 },
    random,
  });
  const started = gateway.start();
  await gateway.clock.advance(60_000);
  await started.failure();
  return times.map((time) => time - (times[0] ?? 0));
}

describe("the wait before a repeat", () => {
  it("may be none at all, by chance", async () => {
    expect(await attemptTimes(0)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("doubles at most, up to 4 seconds", async () => {
    const times = await attemptTimes(1 - Number.EPSILON);
    const waits = times.slice(1).map((time, index) => Math.round(time - (times[index] ?? 0)));
    expect(waits).toEqual([500, 1000, 2000, 4000, 4000]);
  });

  it("is as long as the upstream asks, where that is longer", async () => {
    expect((await attemptTimes(0, refusal(429, 3040, { "retry-after": "3" }))).slice(0, 3)).toEqual([0, 3000, 6000]);
  });

  it("is left to the client where the upstream asks for more than 5 seconds", async () => {
    const gateway = createGateway({ answers: [refusal(429, 3040, { "retry-after": "6" })] });
    expect(await gateway.start().failure()).toMatchObject({ retryAfterSeconds: 6 });
    expect(gateway.binding.calls).toHaveLength(1);
    expect(gateway.clock.pending).toBe(0);
  });

  it("is not begun where the deadline would pass in it", async () => {
    const gateway = createGateway({
      answers: [refusal(429, 3040, { "retry-after": "2" })],
      config: { REQUEST_TIMEOUT_MS: 1500 },
    });
    expect(await gateway.start().failure()).toMatchObject({ kind: "out_of_capacity" });
    expect(gateway.clock.pending).toBe(0);
  });
});
