import type { Image, ImagesResponse } from "openai/resources/images";
import type { GatewayContext } from "../env.ts";
import { imageRequest } from "../openai/image-request.ts";
import { toImageCalls } from "../translate/image-calls.ts";
import { toAnswerHeaders } from "./answer.ts";
import { imageBucket, storeImage } from "./image-store.ts";
import { parseBody } from "./json-body.ts";
import { toCaller } from "./order.ts";
import { runTaskOrder } from "./task.ts";

/** Who makes an image where the caller leaves that open, as OpenAI's API allows. */
const DEFAULT_MODEL = "@cf/black-forest-labs/flux-1-schnell";

/** `POST /v1/images/generations` */
export async function generateImages(c: GatewayContext): Promise<Response> {
  const request = await parseBody(c, imageRequest);
  const wantsUrl = request.response_format === "url";
  // Asked for before an image is made that could not be given.
  if (wantsUrl) imageBucket(c);
  const answer = await runTaskOrder(toCaller(c), {
    models: [request.model ?? DEFAULT_MODEL, ...(request.models ?? [])],
    toCalls: (entry) => toImageCalls(request, entry),
  });
  const images = answer.results;
  const data = await Promise.all(
    images.map(async (image): Promise<Image> =>
      wantsUrl ? { url: await storeImage(c, image) } : { b64_json: image.toBase64() },
    ),
  );
  const [first] = images;
  const body: ImagesResponse = {
    created: Math.floor(Date.now() / 1000),
    data,
    ...(first !== undefined && { output_format: first.format }),
  };
  return c.json(body, 200, toAnswerHeaders(c, answer));
}
