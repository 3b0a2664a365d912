import { element } from "./element.ts";
import { starters } from "./examples.ts";

export type Starter = (typeof starters)[number];

/** What an empty column shows: a few ways to begin. */
export function startersView(onBegin: (starter: Starter) => void): HTMLElement {
  const buttons = starters.map((starter) =>
    element(
      "button",
      { type: "button", class: "starter", click: () => onBegin(starter) },
      element("strong", {}, starter.title),
      element("span", {}, starter.text),
    ),
  );
  return element(
    "div",
    { class: "starters" },
    element("p", {}, "Write a message below, or begin with one of these."),
    element("div", { class: "starter-list" }, ...buttons),
  );
}
