import { toBlocks } from "../chat/blocks.ts";
import { element } from "./element.ts";

/** Shows a text that may still be growing: only what has changed is written anew. */
export function updateProse(root: HTMLElement, text: string): void {
  const blocks = toBlocks(text);
  for (const [position, block] of blocks.entries()) {
    const present = root.children[position];
    const tag = block.kind === "code" ? "PRE" : "P";
    if (present?.tagName === tag) {
      if (present.textContent !== block.text) present.textContent = block.text;
    } else {
      const created =
        block.kind === "code"
          ? element("pre", { tabindex: 0, "aria-label": "Code" }, block.text)
          : element("p", {}, block.text);
      if (present === undefined) root.append(created);
      else present.replaceWith(created);
    }
  }
  while (root.children.length > blocks.length) root.lastElementChild?.remove();
}
