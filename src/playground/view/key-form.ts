import type { StoredKey } from "../api/stored-key.ts";
import { button } from "./button.ts";
import { element, uniqueId } from "./element.ts";

/** Asks for the key. `onChange` hears when it was given or forgotten. */
export function keyForm(stored: StoredKey, purpose: string, onChange: () => void): HTMLFormElement {
  const [fieldId, keepId, noteId] = [uniqueId("key"), uniqueId("keep"), uniqueId("note")];
  const field = element("input", {
    id: fieldId,
    type: "password",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: "sk-…",
    value: stored.read() ?? "",
    "aria-describedby": noteId,
  });
  const keep = element("input", { id: keepId, type: "checkbox", checked: stored.isKept() });
  const form = element(
    "form",
    { class: "key-form" },
    element("label", { for: fieldId }, purpose),
    field,
    element("div", { class: "check" }, keep, element("label", { for: keepId }, "Keep it on this device")),
    element(
      "p",
      { id: noteId, class: "note" },
      "The key stays in this browser, until the tab is closed. It is sent to this gateway and nowhere else.",
    ),
    element(
      "div",
      { class: "row end" },
      stored.read() !== undefined &&
        button("Forget the key", () => {
          stored.forget();
          onChange();
        }),
      element("button", { type: "submit", class: "button primary" }, "Use this key"),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const key = field.value.trim();
    if (key === "") stored.forget();
    else stored.write(key, keep.checked);
    onChange();
  });
  return form;
}
