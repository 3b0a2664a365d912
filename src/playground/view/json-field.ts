import type { Reading } from "../chat/settings.ts";
import { button } from "./button.ts";
import { element, uniqueId } from "./element.ts";

export interface JsonFieldOptions {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly example: string;
  /** What is wrong with the text, if anything is. */
  readonly read: (text: string) => Reading<unknown>;
  readonly onChange: (text: string) => void;
}

/** A text of JSON, with what is wrong with it below. */
export function jsonField({ label, value, placeholder, example, read, onChange }: JsonFieldOptions): HTMLElement {
  const [fieldId, problemId] = [uniqueId("json"), uniqueId("problem")];
  const field = element(
    "textarea",
    { id: fieldId, class: "code", rows: 9, spellcheck: "false", placeholder, "aria-describedby": problemId },
    value,
  );
  const problem = element("p", { id: problemId, class: "problem" });

  function show(): void {
    const wrong = field.value.trim() === "" ? undefined : read(field.value).problem;
    problem.textContent = wrong ?? "";
    field.setAttribute("aria-invalid", String(wrong !== undefined));
  }

  function replace(text: string): void {
    field.value = text;
    show();
    onChange(text);
  }

  function format(): void {
    try {
      replace(JSON.stringify(JSON.parse(field.value), undefined, 2));
    } catch {
      field.focus();
    }
  }

  field.addEventListener("input", () => {
    show();
    onChange(field.value);
  });
  show();
  return element(
    "div",
    { class: "json-field" },
    element(
      "div",
      { class: "field-head" },
      element("label", { for: fieldId }, label),
      button("Example", () => replace(example), { kind: "quiet" }),
      button("Tidy", format, { kind: "quiet", description: `Tidy the JSON of: ${label}` }),
    ),
    field,
    problem,
  );
}
