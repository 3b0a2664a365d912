import { describe, expect, it } from "vitest";
import { collectChoices, toChoiceStream } from "../../src/completion/choices.ts";
import type { CompletionEvent, CompletionStream } from "../../src/completion/event.ts";
import { GatewayError } from "../../src/errors.ts";

interface TestStream extends CompletionStream {
  readonly reads: number;
  readonly cancellations: readonly unknown[];
}

/** A completion of these batches; one that is an error fails the read. */
function streamOf(...batches: readonly (readonly CompletionEvent[] | GatewayError | "never")[]): TestStream {
  const cancellations: unknown[] = [];
  let reads = 0;
  return {
    get reads() {
      return reads;
    },
    cancellations,
    async next() {
      const batch = batches[reads];
      reads += 1;
      if (batch instanceof GatewayError) throw batch;
      return batch === "never" ? new Promise(() => undefined) : batch;
    },
    cancel: (reason) => void cancellations.push(reason),
  };
}

function text(piece: string): readonly CompletionEvent[] {
  return [{ type: "text-delta", text: piece }];
}

const end: readonly CompletionEvent[] = [{ type: "finish", reason: "stop" }];
const broken = new GatewayError("upstream_failed", "It broke.");

async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}

describe("the choices of an answer", () => {
  it("of one are its batches, under number 0", async () => {
    const choices = toChoiceStream([streamOf(text("a"), end)]);
    expect(await choices.next()).toEqual({ choice: 0, events: text("a") });
    expect(await choices.next()).toEqual({ choice: 0, events: end });
    expect(await choices.next()).toBeUndefined();
  });

  it("of several keep the order of each", async () => {
    const choices = toChoiceStream([streamOf(text("a"), text("b"), end), streamOf(text("x"), end)]);
    const seen: string[] = [];
    for (let batch = await choices.next(); batch !== undefined; batch = await choices.next()) {
      const [event] = batch.events;
      seen.push(`${batch.choice}${event?.type === "text-delta" ? event.text : "."}`);
    }
    expect(seen.filter((entry) => entry.startsWith("0"))).toEqual(["0a", "0b", "0."]);
    expect(seen.filter((entry) => entry.startsWith("1"))).toEqual(["1x", "1."]);
  });

  it("are collected under their numbers, whichever comes first", async () => {
    const slow = streamOf(text("a"), text("b"), text("c"), end);
    const completions = await collectChoices(toChoiceStream([slow, streamOf(end), streamOf(text("x"), end)]));
    expect(completions.map((completion) => completion.text)).toEqual(["abc", "", "x"]);
  });

  it("are read one batch ahead, and not before the first read", async () => {
    const streams = [streamOf(text("a"), text("b"), text("c"), end), streamOf("never")];
    const choices = toChoiceStream(streams);
    await settle();
    expect(streams[0]?.reads).toBe(0);
    await choices.next();
    await settle();
    expect(streams[0]?.reads).toBe(2);
    await choices.next();
    await settle();
    expect(streams[0]?.reads).toBe(3);
  });

  it("all fail with the first failure, and all are cancelled with it", async () => {
    const streams = [streamOf(text("a"), "never"), streamOf(broken), streamOf("never")];
    const choices = toChoiceStream(streams);
    await expect(
      (async () => {
        for (;;) if ((await choices.next()) === undefined) return;
      })(),
    ).rejects.toBe(broken);
    for (const stream of streams) expect(stream.cancellations).toEqual([broken]);
    await expect(choices.next()).rejects.toBe(broken);
  });

  it("deliver what arrived before the failure", async () => {
    const choices = toChoiceStream([streamOf(text("a"), broken), streamOf("never")]);
    expect(await choices.next()).toEqual({ choice: 0, events: text("a") });
    await expect(choices.next()).rejects.toBe(broken);
  });

  it("fail a collection, which then is no answer at all", async () => {
    const choices = toChoiceStream([streamOf(text("a"), end), streamOf(text("b"), broken)]);
    await expect(collectChoices(choices)).rejects.toBe(broken);
  });

  it("are all cancelled, also while a read is pending", async () => {
    for (const count of [1, 3]) {
      const streams = Array.from({ length: count }, () => streamOf("never"));
      const choices = toChoiceStream(streams);
      void choices.next();
      choices.cancel("gone");
      choices.cancel("gone");
      for (const stream of streams) expect(stream.cancellations).toEqual(["gone", "gone"]);
    }
  });
});
