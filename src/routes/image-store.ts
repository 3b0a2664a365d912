import type { GatewayContext } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { createImageName } from "../openai/ids.ts";
import type { GeneratedImage } from "../translate/image-calls.ts";

/** How long the URL of an image is good for: as long as OpenAI's. The bucket may keep the image longer. */
const LIFETIME_MS = 60 * 60 * 1000;

/** A name of ours: anything else is no image, and is not asked of the bucket. */
const NAME = /^[0-9A-Za-z]{32}\.(?:png|jpeg|webp|gif)$/;

/** The bucket that keeps images for their URLs. Throws where there is none. */
export function imageBucket(c: GatewayContext): Pick<R2Bucket, "get" | "put"> {
  const { IMAGES: bucket } = c.env;
  if (bucket !== undefined) return bucket;
  const message =
    "Unsupported value for 'response_format': this gateway has no storage for images, so it gives no URLs. Use 'b64_json'.";
  throw new GatewayError("unsupported_parameter", message, { param: "response_format" });
}

/** Puts an image into the bucket. The URL is all that is needed to see it. */
export async function storeImage(c: GatewayContext, { format, toBytes }: GeneratedImage): Promise<string> {
  const name = `${createImageName()}.${format}`;
  await imageBucket(c).put(name, toBytes(), { httpMetadata: { contentType: `image/${format}` } });
  return new URL(`/v1/images/files/${name}`, c.req.url).href;
}

/** `GET /v1/images/files/{name}`, without a key: whoever was given the URL may see the image, for an hour. */
export async function showImage(c: GatewayContext): Promise<Response> {
  const name = c.req.param("name") ?? "";
  const { IMAGES: bucket } = c.env;
  const object = bucket !== undefined && NAME.test(name) ? await bucket.get(name) : null;
  const left = object === null ? 0 : object.uploaded.getTime() + LIFETIME_MS - Date.now();
  if (object === null || left <= 0) {
    await object?.body.cancel();
    throw new GatewayError("unknown_url", "There is no such image, or its URL has expired.");
  }
  return c.body(object.body, 200, {
    "content-type": object.httpMetadata?.contentType ?? "application/octet-stream",
    "cache-control": `private, max-age=${Math.floor(left / 1000)}`,
    "x-content-type-options": "nosniff",
  });
}
