import { toResolutions } from "../gateway/candidates.ts";
import { inlineImages, namesImages } from "../gateway/inline-images.ts";
import { systemClock } from "../gateway/ports.ts";
import type { ChatRequest } from "../openai/chat-request.ts";
import type { Caller } from "./order.ts";

/** The request, with the images that it names by URL fetched where one of its models reads images. */
export async function withInlinedImages(request: ChatRequest, { settings, signal }: Caller): Promise<ChatRequest> {
  if (!namesImages(request)) return request;
  const models = toResolutions(
    [request.model, ...(request.models ?? [])],
    settings.config.MODEL_FALLBACKS,
    settings.directory,
  );
  if (!models.some(({ entry }) => entry.abilities.vision)) return request;
  // The runtime's own `fetch`, called as the global function that it insists on being.
  return inlineImages(request, { fetch: (url, init) => fetch(url, init), clock: systemClock, signal });
}
