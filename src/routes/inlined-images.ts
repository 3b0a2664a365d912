import { toResolutions } from "../gateway/candidates.ts";
import type { ImagePorts } from "../gateway/inline-images.ts";
import { namesImages } from "../gateway/named-images.ts";
import { systemClock } from "../gateway/ports.ts";
import type { ChatRequest } from "../openai/chat-request.ts";
import type { Caller } from "./order.ts";

/** The request, with the images that it names by URL fetched where one of its models reads images. */
export function withInlinedImages(request: ChatRequest, caller: Caller): ChatRequest | Promise<ChatRequest> {
  const ports = namesImages(request) ? toImagePorts(request, caller) : undefined;
  return ports === undefined ? request : inline(request, ports);
}

async function inline(request: ChatRequest, ports: ImagePorts): Promise<ChatRequest> {
  const { inlineImages } = await import("../gateway/inline-images.ts");
  return inlineImages(request, ports);
}

/** With what to fetch the images of a request; `undefined` where none of its models reads images. */
export function toImagePorts(
  { model, models = [] }: Pick<ChatRequest, "model" | "models">,
  { settings, signal }: Caller,
): ImagePorts | undefined {
  const resolutions = toResolutions([model, ...models], settings.config.MODEL_FALLBACKS, settings.directory);
  if (!resolutions.some(({ entry }) => entry.abilities.vision)) return undefined;
  // The runtime's own `fetch`, called as the global function that it insists on being.
  return { fetch: (url, init) => fetch(url, init), clock: systemClock, signal };
}
