import type { Model } from "../api/model-list.ts";
import { openDialog } from "./dialog.ts";
import { element, fill, uniqueId } from "./element.ts";
import { modelFacts, shortName } from "./model-text.ts";

/** Lets the person choose a model: a search field over the list, for pointer and keyboard. */
export function pickModel(models: readonly Model[], current: Model | undefined, onPick: (model: Model) => void): void {
  const listId = uniqueId("models");
  let shown: readonly Model[] = [];
  let active = 0;

  const list = element("ul", { id: listId, role: "listbox", "aria-label": "Models", class: "model-list" });
  const count = element("p", { class: "note", role: "status" });
  const search = element("input", {
    type: "search",
    role: "combobox",
    placeholder: "Search by name, vendor or ability",
    "aria-label": "Search models",
    "aria-expanded": "true",
    "aria-controls": listId,
    "aria-autocomplete": "list",
    autocomplete: "off",
    spellcheck: "false",
  });
  const dialog = openDialog("Choose a model", "picker", search, list, count);

  function choose(model: Model | undefined): void {
    if (model === undefined) return;
    dialog.close();
    onPick(model);
  }

  function activate(position: number): void {
    active = Math.max(0, Math.min(position, shown.length - 1));
    for (const [index, option] of [...list.children].entries()) {
      option.setAttribute("aria-selected", String(index === active));
    }
    const option = list.children[active];
    search.setAttribute("aria-activedescendant", option?.id ?? "");
    option?.scrollIntoView({ block: "nearest" });
  }

  function show(): void {
    shown = matching(models, search.value);
    fill(list, ...shown.map((model) => toOption(model, model.id === current?.id, () => choose(model))));
    count.textContent = shown.length === 0 ? "No model has all of these words." : `${shown.length} models`;
    activate(search.value === "" ? shown.findIndex(({ id }) => id === current?.id) : 0);
  }

  const steps: Readonly<Record<string, () => void>> = {
    ArrowDown: () => activate(active + 1),
    ArrowUp: () => activate(active - 1),
    PageDown: () => activate(active + 8),
    PageUp: () => activate(active - 8),
    Enter: () => choose(shown[active]),
  };
  search.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    step();
  });
  search.addEventListener("input", show);
  show();
  search.focus();
}

/** The models that have all of the words, wherever. */
function matching(models: readonly Model[], query: string): readonly Model[] {
  const words = query.toLowerCase().split(/\s+/);
  return models.filter((model) => {
    const text = [model.id, model.ownedBy, model.description, model.canonicalId, ...modelFacts(model)]
      .join(" ")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function toOption(model: Model, isCurrent: boolean, onChoose: () => void): HTMLLIElement {
  return element(
    "li",
    { id: uniqueId("model"), role: "option", class: "model-option", click: onChoose },
    element(
      "span",
      { class: "model-name" },
      shortName(model.id),
      isCurrent && element("span", { class: "tag" }, "current"),
    ),
    element(
      "span",
      { class: "model-id" },
      model.canonicalId === undefined ? model.id : `alias of ${model.canonicalId}`,
    ),
    element("span", { class: "model-facts" }, modelFacts(model).join(" · ")),
  );
}
