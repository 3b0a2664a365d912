import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unstable_readConfig } from "wrangler";
import { readBundle, runWranglerBuild } from "../production/build.ts";
import { developmentBundle } from "../production/production-worker.ts";

/** examples/worker, bundled as it is deployed, beside the gateway that its service binding names. */

const CONFIG = "examples/worker/wrangler.toml";

let miniflare: Miniflare;
let folder: string;

function toModules(modules: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(modules).map(([name, contents]) => [name, { type: "esm" as const, contents }]),
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "flaregate-example-"));
  await runWranglerBuild(CONFIG, folder);
  const { modules } = await readBundle(folder);
  const caller = unstable_readConfig({ config: CONFIG });
  const gateway = unstable_readConfig({ config: "wrangler.dev.toml" });
  const [binding] = caller.services ?? [];
  miniflare = new Miniflare({
    host: "127.0.0.1",
    cf: false,
    workers: [
      {
        config: {
          name: "caller",
          compatibilityDate: caller.compatibility_date ?? "",
          manifest: { mainModule: "index.js", modules: toModules(modules) },
          env: {
            [binding?.binding ?? ""]: { type: "worker" as const, worker: binding?.service ?? "" },
            FLAREGATE_KEY: { type: "text" as const, value: "sk-example" },
          },
        },
      },
      {
        config: {
          // The name under which `npm run deploy` publishes the gateway.
          name: unstable_readConfig({ config: "wrangler.toml" }).name ?? "",
          compatibilityDate: gateway.compatibility_date ?? "",
          compatibilityFlags: gateway.compatibility_flags,
          manifest: { mainModule: "dev.js", modules: toModules((await developmentBundle()).modules) },
          env: { API_KEYS: { type: "text" as const, value: "example:sk-example" } },
        },
      },
    ],
  });
  await miniflare.ready;
}, 90_000);

afterAll(async () => {
  await miniflare.dispose();
  await rm(folder, { recursive: true, force: true });
});

describe("a Worker that binds the gateway as a service", () => {
  it("streams the model's text", async () => {
    const response = await miniflare.dispatchFetch("http://caller.test/?q=Count%20to%205");
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(await response.text()).toBe("1, 2, 3, 4, 5.");
  });

  it("asks for a question where there is none", async () => {
    expect((await miniflare.dispatchFetch("http://caller.test/")).status).toBe(400);
  });
});
