import type { ChatRequest } from "../openai/chat-request.ts";

/** Whether a request names images by URL: only then there is anything to fetch. */
export function namesImages(request: ChatRequest): boolean {
  return request.messages.some(
    (message) =>
      message.role === "user" &&
      typeof message.content !== "string" &&
      message.content.some((part) => part.type === "image_url" && !part.image_url.url.startsWith("data:")),
  );
}
