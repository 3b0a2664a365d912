import { GatewayError } from "../errors.ts";
import type { UserContent } from "../openai/chat-message.ts";
import type { CallOutput, ContentPart } from "../openai/responses-item.ts";

/** The content of items as the content of chat messages. Texts of one item are parted by line breaks. */

type Content = string | readonly ContentPart[];
type UserPart = Exclude<UserContent, string>[number];
type ImagePart = Extract<ContentPart, { type: "input_image" }>;

/** Text, images, and what chat refuses with the part's name: files and sound. */
export function toUserContent(content: Content, place: string): UserContent {
  if (typeof content === "string") return content;
  return content.map((part, position): UserPart => {
    switch (part.type) {
      case "input_text":
      case "output_text":
      case "text":
        return { type: "text", text: part.text };
      case "refusal":
        return { type: "text", text: part.refusal };
      case "input_image":
        return toImagePart(part, `${place}.content[${position}]`);
      case "input_file":
        return { type: "file" };
      case "input_audio":
        return { type: "input_audio" };
      default:
        return part satisfies never;
    }
  });
}

export function toAssistantText(content: Content, place: string): string {
  return toText(content, `${place}.content`, "an assistant message holds");
}

export function toSystemText(content: Content, place: string): string {
  return toText(content, `${place}.content`, "a system message holds");
}

function toText(content: Content, param: string, holder: string): string {
  if (typeof content === "string") return content;
  return content
    .map((part, position) => {
      if ("text" in part) return part.text;
      if ("refusal" in part) return part.refusal;
      const type = `${param}[${position}].type`;
      throw new GatewayError("invalid_value", `Invalid value for '${type}': ${holder} text only.`, { param: type });
    })
    .join("\n");
}

/** The text of a call's result; its images are shown apart. */
export function toOutputText(output: CallOutput): string {
  if (typeof output === "string") return output;
  return output.flatMap((part) => ("text" in part ? [part.text] : [])).join("\n");
}

/** What of a call's result is no text. */
export function toOutputImages(output: CallOutput, place: string): UserPart[] {
  if (typeof output === "string") return [];
  return output.flatMap((part, position) => {
    if (part.type === "input_image") return [toImagePart(part, `${place}.output[${position}]`)];
    return part.type === "input_file" ? [{ type: "file" } as const] : [];
  });
}

function toImagePart({ image_url: url }: ImagePart, param: string): UserPart {
  if (url !== undefined) return { type: "image_url", image_url: { url, detail: undefined } };
  // There are no files; an image is in the request or at a URL.
  const message = `Missing required parameter: '${param}.image_url'. This gateway keeps no files.`;
  throw new GatewayError("missing_parameter", message, { param: `${param}.image_url` });
}
