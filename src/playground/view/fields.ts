import { element, uniqueId } from "./element.ts";

/** The plain fields of a form, each with its label. */

export function textField(
  label: string,
  value: string,
  rows: number,
  placeholder: string,
  onChange: (value: string) => void,
): HTMLElement {
  const id = uniqueId("text");
  const field = element("textarea", { id, rows, placeholder }, value);
  field.addEventListener("input", () => onChange(field.value));
  return element("div", { class: "text-field" }, element("label", { for: id }, label), field);
}

export function choice<Value extends string>(
  label: string,
  options: readonly (readonly [Value, string])[],
  value: string,
  onChange: (value: Value) => void,
): HTMLElement {
  const id = uniqueId("choice");
  const select = element(
    "select",
    { id },
    ...options.map(([name, text]) => element("option", { value: name, selected: name === value }, text)),
  );
  select.addEventListener("change", () => {
    const chosen = options[select.selectedIndex];
    if (chosen !== undefined) onChange(chosen[0]);
  });
  return element("div", { class: "text-field" }, element("label", { for: id }, label), select);
}

export function toggle(label: string, value: boolean, onChange: (value: boolean) => void): HTMLElement {
  const id = uniqueId("toggle");
  const box = element("input", { id, type: "checkbox", checked: value });
  box.addEventListener("change", () => onChange(box.checked));
  return element("div", { class: "check" }, box, element("label", { for: id }, label));
}
