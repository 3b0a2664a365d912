import { describe, expect, it, vi } from "vitest";
import type { AiBinding } from "../../src/workers-ai/binding.ts";
import type { UpstreamCall } from "../../src/workers-ai/call.ts";
import { startRawCall } from "../../src/workers-ai/raw-answer.ts";

const call: UpstreamCall = {
  model: "@cf/black-forest-labs/flux-1-schnell",
  inputs: { prompt: "a cat" },
  extraHeaders: { "x-session-affinity": "a" },
  rejectIfBusy: false,
};

/** A binding that answers with these chunks; then the body fails, or ends. */
function createBinding(chunks: readonly Uint8Array[], failure?: Error) {
  const reasons: unknown[] = [];
  const rest = [...chunks];
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = rest.shift();
        if (chunk !== undefined) controller.enqueue(chunk);
        else if (failure === undefined) controller.close();
        else controller.error(failure);
      },
      cancel(reason) {
        reasons.push(reason);
      },
    },
    { highWaterMark: 0 },
  );
  const run = vi.fn<AiBinding["run"]>(async () => new Response(body, { headers: { "content-type": "image/png" } }));
  return { run, reasons };
}

function signalOf(run: ReturnType<typeof createBinding>["run"]): AbortSignal | undefined {
  return run.mock.calls[0]?.[2].signal;
}

describe("a call whose answer is read as bytes", () => {
  it("is made by the first read, once", async () => {
    const { run } = createBinding([Uint8Array.of(1), Uint8Array.of(2, 3)]);
    const raw = startRawCall({ run }, call);
    expect(run).not.toHaveBeenCalled();
    expect(await raw.next()).toEqual(Uint8Array.of(1));
    expect(await raw.next()).toEqual(Uint8Array.of(2, 3));
    expect(await raw.next()).toBeUndefined();
    expect(await raw.next()).toBeUndefined();
    expect(run).toHaveBeenCalledExactlyOnceWith(call.model, call.inputs, {
      returnRawResponse: true,
      signal: expect.any(AbortSignal),
      extraHeaders: call.extraHeaders,
    });
    expect(signalOf(run)?.aborted).toBe(false);
  });

  it("has the headers of its answer, and none before", async () => {
    const raw = startRawCall(createBinding([Uint8Array.of(1)]), call);
    expect([...raw.headers()]).toEqual([]);
    await raw.next();
    expect([...raw.headers()]).toEqual([["content-type", "image/png"]]);
  });

  it("fails with what Workers AI says against it", async () => {
    const body = JSON.stringify({ internalCode: 3030, description: "NSFW" });
    const raw = startRawCall({ run: async () => new Response(body, { status: 400 }) }, call);
    await expect(raw.next()).rejects.toMatchObject({ kind: "content_refused", upstreamCode: 3030 });
    expect([...raw.headers()]).toEqual([]);
  });

  it("fails where the connection is lost, and may be made again", async () => {
    const lost = new Error("lost");
    const { run } = createBinding([Uint8Array.of(1)], lost);
    const raw = startRawCall({ run }, call);
    await raw.next();
    await expect(raw.next()).rejects.toMatchObject({
      kind: "upstream_failed",
      message: "The connection to Workers AI was lost before the answer was complete.",
      retryable: true,
      cause: lost,
    });
    raw.cancel("gone");
    expect(signalOf(run)?.aborted).toBe(true);
  });
});

describe("the cancellation of such a call", () => {
  it("comes before the call", async () => {
    const raw = startRawCall(createBinding([Uint8Array.of(1)]), call);
    expect(() => raw.cancel("gone")).not.toThrow();
    await expect(raw.next()).rejects.toMatchObject({ kind: "client_closed" });
  });

  it("aborts a call that is under way", async () => {
    const run = vi.fn<AiBinding["run"]>(
      (_model, _inputs, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(new Error("aborted")));
        }),
    );
    const raw = startRawCall({ run }, call);
    const pending = raw.next();
    raw.cancel("gone");
    await expect(pending).rejects.toMatchObject({ name: "GatewayError" });
    expect(signalOf(run)?.reason).toBe("gone");
  });

  it("stops an answer that is being read", async () => {
    const { run, reasons } = createBinding([Uint8Array.of(1), Uint8Array.of(2)]);
    const raw = startRawCall({ run }, call);
    await raw.next();
    raw.cancel("gone");
    raw.cancel("gone again");
    expect(reasons).toEqual(["gone"]);
    expect(signalOf(run)?.reason).toBe("gone");
    expect(await raw.next()).toBeUndefined();
  });
});
