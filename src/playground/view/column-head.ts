import type { Model } from "../api/model-list.ts";
import { button } from "./button.ts";
import { element } from "./element.ts";
import { icon } from "./icon.ts";
import { modelFacts, shortName } from "./model-text.ts";

export interface ColumnHeadOptions {
  readonly model: Model;
  readonly onChooseModel: () => void;
  /** Given while an answer is running. */
  readonly onStop: (() => void) | undefined;
  /** Given while there is another column. */
  readonly onRemove: (() => void) | undefined;
}

/** Which model answers here, and what can be done about that. */
export function columnHead({ model, onChooseModel, onStop, onRemove }: ColumnHeadOptions): readonly HTMLElement[] {
  const name = shortName(model.id);
  const choose = element(
    "button",
    { type: "button", class: "model-button", "aria-label": `Model: ${name}. Choose another`, click: onChooseModel },
    element("span", { class: "model-title" }, name),
    icon("down"),
  );
  const stop = onStop && button("Stop", onStop, { icon: "stop", description: `Stop the answer of ${name}` });
  const remove =
    onRemove &&
    button("Remove", onRemove, { icon: "close", iconOnly: true, kind: "quiet", description: `Remove ${name}` });
  return [
    element("div", { class: "row between" }, element("h2", {}, choose), element("div", { class: "row" }, stop, remove)),
    element("p", { class: "model-facts" }, modelFacts(model).join(" · ")),
  ];
}
