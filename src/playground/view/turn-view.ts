import type { ToolResultTurn, UserTurn } from "../chat/turn.ts";
import { attachment } from "./attachment.ts";
import { element, type Child } from "./element.ts";

/** Something that somebody said, in the list of a conversation. */
export function turnItem(role: string, speaker: string, ...content: readonly Child[]): HTMLLIElement {
  return element("li", { class: `turn ${role}` }, element("h3", { class: "speaker" }, speaker), ...content);
}

export function userItem({ text, images }: UserTurn): HTMLLIElement {
  const pictures = images.map((url, position) => attachment(url, `${position + 1} of the message`));
  return turnItem(
    "user",
    "You",
    pictures.length > 0 && element("div", { class: "thumbnails" }, ...pictures),
    text !== "" && element("p", {}, text),
  );
}

export function toolResultItem({ content }: ToolResultTurn): HTMLLIElement {
  return turnItem("tool", "Tool result", element("pre", { tabindex: 0, "aria-label": "Tool result" }, content));
}
