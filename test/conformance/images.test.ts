import { BadRequestError } from "openai";
import { describe, expect, it } from "vitest";
import { env } from "cloudflare:workers";
import type { Bindings } from "../../src/env.ts";
import { createTestGateway } from "../support/gateway.ts";
import { createTestClient } from "./support/client.ts";
import { createFakeBinding } from "./support/fake-binding.ts";

const FLUX = "@cf/black-forest-labs/flux-1-schnell";
const SDXL = "@cf/stabilityai/stable-diffusion-xl-base-1.0";
const PHOENIX = "@cf/leonardo/phoenix-1.0";
const FLUX_2 = "@cf/black-forest-labs/flux-2-dev";

const { IMAGES } = env as Bindings;

const lighthouse = { model: FLUX, prompt: "A lighthouse at night" };

function decode(base64: string | undefined): Uint8Array {
  return Uint8Array.from(atob(base64 ?? ""), (character) => character.charCodeAt(0));
}

/** The pixels of a side, as PNG and JPEG say it of themselves. */
function sizeOf(image: Uint8Array): string {
  const view = new DataView(image.buffer, image.byteOffset);
  if (image[0] === 0x89) return `png ${view.getUint32(16)}x${view.getUint32(20)}`;
  const frame = image.findIndex((byte, index) => byte === 0xff && image[index + 1] === 0xc0);
  return `jpeg ${view.getUint16(frame + 7)}x${view.getUint16(frame + 5)}`;
}

describe("images.generate", () => {
  it.each([
    [FLUX, undefined, "jpeg 1024x1024"],
    [SDXL, "512x768", "png 512x768"],
    [PHOENIX, "1024x1536", "jpeg 1024x1536"],
    [FLUX_2, "1536x1024", "jpeg 1536x1024"],
    ["@cf/leonardo/lucid-origin", "auto", "jpeg 1024x1024"],
  ])("gives an image in base64, of the size that was asked for: %s", async (model, size, expected) => {
    const { client } = createTestClient();
    const {
      created,
      data,
      output_format: format,
    } = await client.images.generate({ ...lighthouse, model, ...(size !== undefined && { size }) });
    expect(Math.abs(created - Date.now() / 1000)).toBeLessThan(60);
    expect(data?.map((image) => Object.keys(image))).toEqual([["b64_json"]]);
    expect(sizeOf(decode(data?.[0]?.b64_json))).toBe(expected);
    expect(format).toBe(expected.split(" ")[0]);
  });

  it("gives n images, each another one, and the same for the same seed", async () => {
    const { client, exchanges } = createTestClient();
    const request = { ...lighthouse, model: SDXL, n: 3, size: "256x256" as const, seed: 7 };
    const first = await client.images.generate(request);
    const second = await client.images.generate(request);
    expect(first.data).toHaveLength(3);
    expect(new Set(first.data?.map(({ b64_json: image }) => image)).size).toBe(3);
    expect(second.data).toEqual(first.data);
    expect(exchanges[0]?.response.headers.get("x-flaregate-parameters")).toBe("n=emulated");
  });

  it("leaves the model to the gateway where none is named", async () => {
    const { client, exchanges } = createTestClient();
    await client.images.generate({ prompt: "A lighthouse" });
    expect(exchanges[0]?.response.headers.get("x-flaregate-model")).toBe(FLUX);
  });

  it("tells what the image has cost, by its tiles and steps", async () => {
    const { client, exchanges } = createTestClient();
    await client.images.generate({ ...lighthouse, quality: "high" });
    const headers = exchanges[0]?.response.headers;
    expect(headers?.get("x-flaregate-parameters")).toBe("quality=emulated");
    expect(Number(headers?.get("x-flaregate-cost"))).toBeCloseTo(4 * 0.000_052_8 + 8 * 0.000_105_6, 9);
  });

  it("gives a URL where a bucket is bound, that needs no key", async () => {
    const { client } = createTestClient({ vars: { IMAGES } });
    const { data } = await client.images.generate({ ...lighthouse, response_format: "url" });
    const url = data?.[0]?.url ?? "";
    const gateway = createTestGateway({ vars: { IMAGES }, authorization: null });
    const shown = await gateway.request(new URL(url).pathname);
    expect([shown.status, shown.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
    expect(sizeOf(new Uint8Array(await shown.arrayBuffer()))).toBe("jpeg 1024x1024");
    for (const path of ["/v1/images/files/none", `${new URL(url).pathname}x`, "/v1/images/files/../../x"]) {
      expect((await gateway.request(path)).status).toBe(404);
    }
  });

  it("refuses a URL by name where there is no bucket, before an image is made", async () => {
    const binding = createFakeBinding(() => Response.json({ image: "" }));
    const { client } = createTestClient({ binding });
    const error: unknown = await client.images
      .generate({ ...lighthouse, response_format: "url" })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({ param: "response_format", code: "unsupported_parameter" });
    expect(binding.runs).toEqual([]);
  });

  it.each([
    ["prompt", { ...lighthouse, prompt: "" }],
    ["n", { ...lighthouse, n: 11 }],
    ["size", { ...lighthouse, size: "512x512" }],
    ["size", { ...lighthouse, model: SDXL, size: "4096x4096" }],
    ["size", { ...lighthouse, size: "big" }],
    ["background", { ...lighthouse, background: "transparent" }],
    ["model", { ...lighthouse, model: "@cf/meta/llama-3.3-70b-instruct-fp8-fast" }],
    ["prompt", { ...lighthouse, prompt: "x".repeat(2049) }],
  ] as const)("names the parameter at fault: %s", async (param, request) => {
    const { client } = createTestClient();
    const error: unknown = await client.images
      .generate(request as typeof lighthouse)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({ param });
  });

  it.each([
    ["JSON without an image", () => Response.json({ result: {} })],
    ["bytes that are no image", () => new Response("nothing to see")],
    ["nothing", () => new Response("")],
  ])("fails where the upstream sends no image: %s", async (_case, answer) => {
    const { client } = createTestClient({ binding: createFakeBinding(answer), vars: { MAX_ATTEMPTS: 1 } });
    await expect(client.images.generate(lighthouse)).rejects.toMatchObject({ status: 502 });
  });

  it("names what had no effect", async () => {
    const { client, exchanges } = createTestClient();
    await client.images.generate({ ...lighthouse, style: "vivid", output_format: "png", moderation: "low" });
    expect(exchanges[0]?.response.headers.get("x-flaregate-parameters")).toBe(
      "output_format=ignored, style=ignored, moderation=ignored",
    );
  });
});
