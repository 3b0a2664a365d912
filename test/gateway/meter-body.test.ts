import { describe, expect, it } from "vitest";
import { GatewayError } from "../../src/errors.ts";
import { meterBody } from "../../src/gateway/meter-body.ts";
import { createMeter } from "../../src/gateway/meter.ts";
import type { Outcome } from "../../src/gateway/outcome.ts";
import { collectBytes } from "../../src/stream/byte-source.ts";
import type { ByteSource } from "../../src/stream/byte-source.ts";
import { createFakeClock } from "../support/fake-clock.ts";

interface MeteredBody {
  readonly body: ByteSource;
  readonly outcomes: readonly Outcome[];
  readonly isCancelled: () => boolean;
}

/** A body of these chunks, the last of which may be an error, behind a meter that has begun. */
function createBody(...chunks: readonly (Uint8Array | GatewayError)[]): MeteredBody {
  const outcomes: Outcome[] = [];
  let isCancelled = false;
  const meter = createMeter(
    { requestId: "req_1", route: "/v1/audio/speech", key: "test", isStreamed: true },
    {
      clock: createFakeClock(),
      limitMs: 1000,
      sink: (outcome) => void outcomes.push(outcome),
      defer: () => undefined,
      signal: new AbortController().signal,
    },
  );
  meter.begin();
  const left = [...chunks];
  const source: ByteSource = {
    async next() {
      const chunk = left.shift();
      if (chunk instanceof GatewayError) throw chunk;
      return chunk;
    },
    cancel: () => (isCancelled = true),
  };
  return { body: meterBody(source, meter), outcomes, isCancelled: () => isCancelled };
}

const chunk = new Uint8Array([1, 2]);

describe("a body behind a meter", () => {
  it("is complete when it was read to its end", async () => {
    const { body, outcomes } = createBody(chunk, chunk);
    expect(await collectBytes(body, 10)).toEqual(new Uint8Array([1, 2, 1, 2]));
    expect(outcomes.map(({ ending }) => ending)).toEqual(["complete"]);
  });

  it("is broken when it fails", async () => {
    const { body, outcomes } = createBody(chunk, new GatewayError("upstream_failed", "lost"));
    await expect(collectBytes(body, 10)).rejects.toThrow("lost");
    expect(outcomes).toMatchObject([{ ending: "broken", error: "upstream_failed" }]);
  });

  it("was left when its reader cancels it", async () => {
    const { body, outcomes, isCancelled } = createBody(chunk, chunk);
    await body.next();
    body.cancel();
    await Promise.resolve();
    expect(outcomes.map(({ ending }) => ending)).toEqual(["left"]);
    expect(isCancelled()).toBe(true);
  });
});
