import { describe, expect, it } from "vitest";
import { createFaultGateway, readAnswer, SAID } from "./fault-gateway.ts";
import { createBinding } from "../support/binding.ts";

const MODEL = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";

/** A stream without what is new in each. */
async function plain(response: Response): Promise<string> {
  return (await response.text()).replaceAll(/chatcmpl-\w+|"created":\d+/g, "");
}

describe("many requests", () => {
  it("E2: three hundred at once on a slow upstream get their own answers", async () => {
    const gateway = createFaultGateway({ emulator: { timeToFirstTokenMs: 30 } });
    const asked = Array.from({ length: 300 }, (_, index) => `number-${index}-end`);
    const answers = await Promise.all(
      asked.map(async (text, index) => {
        const messages = [{ role: "user", content: `Say exactly: ${text}` }];
        return readAnswer(await gateway.ask(MODEL, { messages, stream: index % 2 === 0 }));
      }),
    );
    expect(answers.map((answer) => answer.end === "complete" && answer.text)).toEqual(asked);
    expect(gateway.open).toBe(0);
  });

  it("E3: malformed requests beside good streams change nothing in them", async () => {
    const gateway = createFaultGateway();
    const bad = ["", "{", "null", '{"model":5}', "[".repeat(10_000)];
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const body = bad[index % 10];
        const response = await gateway.ask("bursts", {}, body === undefined ? {} : { body });
        const answer = await readAnswer(response);
        return body === undefined ? answer.end === "complete" && answer.text : answer.end;
      }),
    );
    expect(new Set(answers)).toEqual(new Set([SAID, "refused"]));
  });

  it("E4: an upstream that fails half of its calls is called a bounded number of times, and each failure is clean", async () => {
    let calls = 0;
    const binding = createBinding(() => {
      calls += 1;
      if (calls % 2 === 0) return new Response("<html>", { status: 503 });
      return Response.json({ response: "Hi", usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } });
    });
    const gateway = createFaultGateway({ binding, vars: { MAX_ATTEMPTS: "3" } });
    const answers = await Promise.all(
      Array.from({ length: 60 }, async (_, index) =>
        readAnswer(await gateway.ask("no-done", { stream: index % 2 === 0 })),
      ),
    );
    expect(calls).toBeLessThanOrEqual(180);
    const kinds = answers.map((answer) => (answer.end === "refused" ? answer.error.status : answer.text));
    expect(new Set([...kinds, "Hi", 502])).toEqual(new Set(["Hi", 502]));
  });

  it("E4: an upstream that always fails is called MAX_ATTEMPTS times a request, over all models", async () => {
    const binding = createBinding(() => new Response("", { status: 500 }));
    const gateway = createFaultGateway({ binding, vars: { MAX_ATTEMPTS: "3" } });
    await Promise.all(
      Array.from({ length: 20 }, () => gateway.ask("no-done", { models: ["@emulator/crlf-frames", MODEL] })),
    );
    expect(binding.calls).toHaveLength(60);
  });

  it("E5: the first request of a new isolate is answered as any other", async () => {
    const gateway = createFaultGateway({ emulator: { seed: 5 } });
    const [first, second] = [await gateway.ask("crlf-frames"), await gateway.ask("crlf-frames")];
    expect(await plain(first)).toBe(await plain(second));
  });
});
