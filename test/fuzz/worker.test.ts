import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chatRequest } from "../../src/openai/chat-request.ts";
import { completionRequest } from "../../src/openai/completion-request.ts";
import { responsesRequest } from "../../src/openai/responses-request.ts";
import { createBinding } from "../support/binding.ts";
import { createTestGateway } from "../support/gateway.ts";
import { toBody } from "../support/slices.ts";
import { cut } from "../stream/cut.ts";
import { fixture, fixtureNames } from "../workers-ai/fixtures.ts";
import { checkAnswer, checkResponse } from "./check-answer.ts";
import { chatSamples, responseSamples, textSamples } from "./request-samples.ts";
import { mutated } from "./mutate.ts";
import { runs } from "./runs.ts";

const encoder = new TextEncoder();
const models = ["@cf/meta/llama-3.3-70b-instruct-fp8-fast", "@cf/openai/gpt-oss-120b", "@cf/nobody/knows"] as const;
const model = fc.constantFrom(...models);

function toBytes(samples: readonly object[]): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(fc.constantFrom(...samples), model)
    .map(([sample, id]) => encoder.encode(JSON.stringify({ model: id, ...sample })));
}

/** A request as it stands, or damaged. */
function requests(samples: readonly object[]): fc.Arbitrary<Uint8Array> {
  return fc.oneof(toBytes(samples), mutated(toBytes(samples)));
}

const upstreamBytes = fc.oneof(
  fc.constantFrom(...fixtureNames).map(fixture),
  mutated(fc.constantFrom(...fixtureNames).map(fixture)),
);
const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 });
const status = fc.constantFrom(200, 200, 200, 200, 200, 400, 429, 500);

/** Longer than any of these requests takes, far shorter than any limit of the gateway's. */
const HANG_MS = 5000;

async function withoutHang<Value>(work: Promise<Value>): Promise<Value> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error("it hangs")), HANG_MS);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}

describe("the request schemas", () => {
  it.each([
    ["chat", chatSamples, chatRequest],
    ["text", textSamples, completionRequest],
    ["response", responseSamples, responsesRequest],
  ] as const)("take or refuse a damaged %s request, and throw nothing else", (_kind, samples, schema) => {
    fc.assert(
      fc.property(mutated(toBytes(samples)), (bytes) => {
        let value: unknown;
        try {
          value = JSON.parse(new TextDecoder().decode(bytes));
        } catch {
          return;
        }
        const parsed = schema.safeParse(value);
        expect(parsed.success || parsed.error.issues.length > 0).toBe(true);
      }),
      runs(500),
    );
  });
});

describe("the whole Worker", () => {
  it.each([
    ["/v1/chat/completions", chatSamples, checkAnswer],
    ["/v1/completions", textSamples, checkAnswer],
    ["/v1/responses", responseSamples, checkResponse],
  ] as const)(
    "gives one answer of the contract at %s, whatever it is sent by either side",
    async (path, samples, check) => {
      const property = fc.asyncProperty(
        requests(samples),
        upstreamBytes,
        sizes,
        status,
        async (body, upstream, chunkSizes, code) => {
          const binding = createBinding(() => new Response(toBody(cut(upstream, chunkSizes)), { status: code }));
          const gateway = createTestGateway({ binding, vars: { MAX_ATTEMPTS: "1", STREAM_WINDOW_MS: "0" } });
          const init = { method: "POST", body: Uint8Array.from(body) };
          await withoutHang(gateway.request(path, init).then(check));
        },
      );
      await expect(fc.assert(property, runs(200))).resolves.toBeUndefined();
    },
  );
});
