import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unstable_readConfig } from "wrangler";
import { readBundle, runWranglerBuild } from "./build.ts";

/** The Worker of `npm run emulator`, bound as `AI` by another Worker that knows nothing of it. */

const CALLER = `export default {
  async fetch(request, env) {
    const { method, args } = await request.json();
    try {
      const result = await env.AI[method](...args);
      if (result instanceof Response || result instanceof ReadableStream) return new Response(result.body ?? result, result);
      return Response.json({ result });
    } catch (error) {
      return Response.json({ name: error.name, message: error.message });
    }
  },
};
`;
const WITH_SIGNAL = `export default {
  async fetch(request, env) {
    const inputs = { messages: [{ role: "user", content: "Hello" }] };
    const options = { signal: new AbortController().signal };
    try {
      return Response.json({ result: await env.AI.run("@cf/meta/llama-3.2-3b-instruct", inputs, options) });
    } catch (error) {
      return Response.json({ name: error.name, message: error.message });
    }
  },
};`;

const LLAMA = "@cf/meta/llama-3.2-3b-instruct";
const HELLO = { messages: [{ role: "user", content: "Say exactly: Hello there" }] };

let miniflare: Miniflare;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "flaregate-emulator-"));
  await runWranglerBuild("wrangler.emulator.toml", folder);
  const { modules } = await readBundle(folder);
  const config = unstable_readConfig({ config: "wrangler.emulator.toml" });
  const { name = "", compatibility_date: compatibilityDate = "", compatibility_flags: compatibilityFlags } = config;
  const caller = (callerName: string, contents: string) => ({
    config: {
      name: callerName,
      compatibilityDate,
      manifest: { mainModule: "index.js", modules: { "index.js": { type: "esm" as const, contents } } },
      env: { AI: { type: "worker" as const, worker: name } },
    },
  });
  miniflare = new Miniflare({
    host: "127.0.0.1",
    cf: false,
    workers: [
      caller("caller", CALLER),
      caller("caller-with-signal", WITH_SIGNAL),
      {
        config: {
          name,
          compatibilityDate,
          compatibilityFlags,
          manifest: {
            mainModule: "worker.js",
            modules: Object.fromEntries(
              Object.entries(modules).map(([module, contents]) => [module, { type: "esm" as const, contents }]),
            ),
          },
          env: { EMULATOR_SEED: { type: "text" as const, value: "1" } },
        },
      },
    ],
  });
  await miniflare.ready;
});

afterAll(async () => {
  await miniflare.dispose();
  await rm(folder, { recursive: true, force: true });
});

async function call(method: string, ...args: readonly unknown[]) {
  return await miniflare.dispatchFetch("http://caller.test/", {
    method: "POST",
    body: JSON.stringify({ method, args }),
  });
}

describe("a Worker that binds the emulator in place of AI", () => {
  it("gets a value from run", async () => {
    expect(await (await call("run", LLAMA, HELLO)).json()).toMatchObject({
      result: { response: "Hello there", usage: { completion_tokens: 2 } },
    });
  });

  it("gets a stream from run with stream: true", async () => {
    const text = await (await call("run", LLAMA, { ...HELLO, stream: true })).text();
    expect(text).toContain('data: {"response":"Hello"');
    expect(text).toMatch(/data: \[DONE\]\n\n$/);
  });

  it("gets the response itself with returnRawResponse, refusals too", async () => {
    const response = await call("run", LLAMA, HELLO, { returnRawResponse: true });
    expect(response.headers.get("cf-ai-req-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(await response.json()).toMatchObject({ response: "Hello there" });
    const refusal = await call("run", "@emulator/out-of-capacity", HELLO, { returnRawResponse: true });
    expect(refusal.status).toBe(429);
    expect(await refusal.json()).toMatchObject({ success: false, errors: [{ code: 3040 }] });
  });

  it("catches the errors that the runtime's own class throws, names and all", async () => {
    expect(await (await call("run", "@cf/nobody/nothing", HELLO)).json()).toEqual({
      name: "AiError",
      message: "5007: No such model @cf/nobody/nothing or task",
    });
    expect(await (await call("run", "@emulator/out-of-capacity", HELLO)).json()).toEqual({
      name: "InferenceUpstreamError",
      message: "3040: Capacity temporarily exceeded, please try again.",
    });
  });

  it("lists the models", async () => {
    expect(await (await call("models")).json()).toMatchObject({
      result: expect.arrayContaining([expect.objectContaining({ name: LLAMA })]),
    });
  });

  it("gets vectors", async () => {
    expect(await (await call("run", "@cf/baai/bge-small-en-v1.5", { text: ["a", "b"] })).json()).toMatchObject({
      result: { shape: [2, 384] },
    });
  });

  it("cannot pass a signal: RPC clones none", async () => {
    const worker = await miniflare.getWorker("caller-with-signal");
    expect(await (await worker.fetch("http://caller.test/")).json()).toEqual({
      name: "DataCloneError",
      message: "AbortSignal serialization is not enabled.",
    });
  });
});
