import { GatewayError } from "../errors.ts";
import type { ChatRequest } from "../openai/chat-request.ts";
import { toBase64 } from "../stream/base64.ts";
import type { Clock } from "./ports.ts";
import { refusePrivateUrl } from "./public-url.ts";

/** What the fetching of images needs of the world outside. */
export interface ImagePorts {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Images are inlined into the inputs, in base64; Workers AI takes no URL. */
const MAX_IMAGE_BYTES = 10 * 1024 * 1024;
const MAX_TOTAL_BYTES = 20 * 1024 * 1024;
const MAX_IMAGES = 16;
const IMAGE_TIMEOUT_MS = 10_000;
const MAX_REDIRECTS = 3;
const IMAGE_TYPE = /^image\/(?:png|jpeg|webp|gif)$/;

/** Fetches an image and writes it as a data URL. `param` is the member of the request that names it. */
export type ImageInliner = (url: string, param: string) => Promise<string>;

/** An inliner for the images of one request, with the bounds that hold for all of them together. */
export function createImageInliner(ports: ImagePorts): ImageInliner {
  let images = 0;
  let bytes = 0;
  return async (url, param) => {
    images += 1;
    if (images > MAX_IMAGES) throw failed(param, `the request names more than ${MAX_IMAGES} images`);
    const image = await fetchImage(url, param, ports);
    bytes += image.bytes.length;
    if (bytes > MAX_TOTAL_BYTES) throw failed(param, `the images are larger than ${MAX_TOTAL_BYTES} bytes together`);
    return `data:${image.type};base64,${toBase64(image.bytes)}`;
  };
}

/**
 * The request with every image that it names by URL fetched and written as a data URL. Only for models that read
 * images: nothing is fetched for a request that will be refused.
 */
export async function inlineImages(request: ChatRequest, ports: ImagePorts): Promise<ChatRequest> {
  const inline = createImageInliner(ports);
  const messages = [];
  for (const [index, message] of request.messages.entries()) {
    if (message.role !== "user" || typeof message.content === "string") {
      messages.push(message);
      continue;
    }
    const content = [];
    for (const [position, part] of message.content.entries()) {
      const isRemote = part.type === "image_url" && !part.image_url.url.startsWith("data:");
      const param = `messages[${index}].content[${position}].image_url.url`;
      // One after the other: the bounds hold for all of them together.
      content.push(
        isRemote ? { ...part, image_url: { ...part.image_url, url: await inline(part.image_url.url, param) } } : part,
      );
    }
    messages.push({ ...message, content });
  }
  return { ...request, messages };
}

interface Image {
  readonly type: string;
  readonly bytes: Uint8Array;
}

async function fetchImage(url: string, param: string, ports: ImagePorts): Promise<Image> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const stop = ports.clock.after(IMAGE_TIMEOUT_MS, abort);
  ports.signal.addEventListener("abort", abort);
  try {
    return await readImage(await follow(url, param, ports, controller.signal), param);
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    throw failed(param, controller.signal.aborted ? "it did not arrive in time" : "it could not be fetched", error);
  } finally {
    stop();
    ports.signal.removeEventListener("abort", abort);
    // Whatever of the body was not read is not wanted.
    controller.abort();
  }
}

/** Follows redirects itself: each may lead to an address that the first did not. */
async function follow(url: string, param: string, ports: ImagePorts, signal: AbortSignal): Promise<Response> {
  let target = refusePrivateUrl(url, param);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    // No header of the caller's goes along, and the runtime's own name nobody.
    const response = await ports.fetch(target.href, { redirect: "manual", signal, headers: { accept: "image/*" } });
    const location = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    target = refusePrivateUrl(new URL(location, target).href, param);
  }
  throw failed(param, `it redirects more than ${MAX_REDIRECTS} times`);
}

async function readImage(response: Response, param: string): Promise<Image> {
  if (!response.ok) throw failed(param, `its server answered ${response.status}`);
  const type = (response.headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (!IMAGE_TYPE.test(type)) throw failed(param, "it is no PNG, JPEG, WebP or GIF image");
  if (response.body === null) throw failed(param, "it is empty");
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body.getReader();
  for (let result = await reader.read(); !result.done; result = await reader.read()) {
    length += result.value.length;
    if (length > MAX_IMAGE_BYTES) throw failed(param, `it is larger than ${MAX_IMAGE_BYTES} bytes`);
    chunks.push(result.value);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return { type, bytes };
}

function failed(param: string, reason: string, cause?: unknown): GatewayError {
  return new GatewayError("invalid_value", `Invalid value for '${param}': the image cannot be used: ${reason}.`, {
    param,
    cause,
  });
}
