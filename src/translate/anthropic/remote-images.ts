import type { ContentBlock, ImageBlock, Message } from "../../anthropic/content-block.ts";
import type { MessagesRequest } from "../../anthropic/messages-request.ts";

/** Makes a data URL of the URL of an image; `param` is the member that holds it. */
type Inline = (url: string, param: string) => Promise<string>;

/** Whether a request names images by their URLs. */
export function namesImages({ messages }: MessagesRequest): boolean {
  return messages.some(({ content }) => typeof content !== "string" && content.some(namesImage));
}

function namesImage(block: ContentBlock): boolean {
  if (block.type === "image") return isRemote(block);
  if (block.type !== "tool_result" || typeof block.content !== "object") return false;
  return block.content.some((part) => part.type === "image" && isRemote(part));
}

function isRemote({ source }: ImageBlock): boolean {
  return source.type === "url" && !source.url.startsWith("data:");
}

/** The request with every such image in place of its URL; one after the other, since bounds hold for all together. */
export async function inlineImages(request: MessagesRequest, inline: Inline): Promise<MessagesRequest> {
  const messages: Message[] = [];
  for (const [index, message] of request.messages.entries()) {
    const { content } = message;
    const param = `messages[${index}].content`;
    messages.push(
      typeof content === "string" ? message : { ...message, content: await inlineBlocks(content, param, inline) },
    );
  }
  return { ...request, messages };
}

async function inlineBlocks(blocks: readonly ContentBlock[], param: string, inline: Inline): Promise<ContentBlock[]> {
  const inlined: ContentBlock[] = [];
  for (const [position, block] of blocks.entries()) {
    const path = `${param}[${position}]`;
    if (block.type === "image") inlined.push(await inlineImage(block, path, inline));
    else if (block.type === "tool_result" && typeof block.content === "object") {
      const content = [];
      for (const [place, part] of block.content.entries()) {
        content.push(part.type === "image" ? await inlineImage(part, `${path}.content[${place}]`, inline) : part);
      }
      inlined.push({ ...block, content });
    } else inlined.push(block);
  }
  return inlined;
}

async function inlineImage(image: ImageBlock, path: string, inline: Inline): Promise<ImageBlock> {
  const { source } = image;
  if (source.type !== "url" || !isRemote(image)) return image;
  return { ...image, source: { type: "url", url: await inline(source.url, `${path}.source.url`) } };
}
