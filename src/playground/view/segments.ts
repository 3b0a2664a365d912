import { element, uniqueId } from "./element.ts";

/** One of a few, all in sight: radio buttons that look like one bar. */
export function segments(
  label: string,
  options: readonly (readonly [string, string])[],
  value: string,
  onChange: (value: string) => void,
): HTMLElement {
  const name = uniqueId("segments");
  const items = options.map(([option, text]) => {
    const id = uniqueId("segment");
    const radio = element("input", { id, type: "radio", name, value: option, checked: option === value });
    radio.addEventListener("change", () => onChange(option));
    return element("span", { class: "segment" }, radio, element("label", { for: id }, text));
  });
  return element("fieldset", { class: "segments" }, element("legend", { class: "unseen" }, label), ...items);
}
