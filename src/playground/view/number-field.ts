import type { ParameterRange, SamplingName } from "../chat/parameters.ts";
import { formatCount } from "../chat/figures.ts";
import { button } from "./button.ts";
import { element, uniqueId } from "./element.ts";
import { shortName } from "./model-text.ts";

export interface NumberFieldOptions {
  readonly name: SamplingName;
  readonly label: string;
  readonly hint: string;
  readonly range: ParameterRange;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}

/** Beyond this many steps a slider cannot be set to a number that one has in mind. */
const MOST_STEPS = 300_000;

/** A number that a model takes: a field, a slider where the range has two ends, and a way back to the default. */
export function numberField({ name, label, hint, range, value, onChange }: NumberFieldOptions): HTMLElement {
  const [fieldId, noteId] = [uniqueId(name), uniqueId("note")];
  const { minimum, maximum } = range;
  const step = range.isInteger ? 1 : 0.01;
  const limits = { min: minimum, max: maximum, step: range.isInteger ? 1 : "any" };
  const field = element("input", {
    id: fieldId,
    type: "number",
    inputmode: "decimal",
    placeholder: "default",
    "aria-describedby": noteId,
    ...limits,
  });
  const slider =
    minimum !== undefined && maximum !== undefined && (maximum - minimum) / step <= MOST_STEPS
      ? element("input", { type: "range", "aria-label": `${label}, slider`, ...limits, step })
      : undefined;
  const reset = button("Default", () => change(undefined), {
    icon: "close",
    iconOnly: true,
    kind: "quiet",
    description: `Back to the model's default ${label.toLowerCase()}`,
  });
  const root = element(
    "div",
    { class: "number-field" },
    element("div", { class: "field-head" }, element("label", { for: fieldId }, label), reset, field),
    slider,
    element("p", { id: noteId, class: "note" }, toNote(hint, range)),
  );

  function show(current: number | undefined): void {
    root.classList.toggle("unset", current === undefined);
    reset.disabled = current === undefined;
    field.setAttribute("aria-invalid", String(current !== undefined && isOutside(current, range)));
    if (slider !== undefined) slider.value = String(current ?? minimum);
  }

  function change(current: number | undefined): void {
    if (current === undefined || field.valueAsNumber !== current)
      field.value = current === undefined ? "" : String(current);
    show(current);
    onChange(current);
  }

  field.addEventListener("input", () => change(Number.isNaN(field.valueAsNumber) ? undefined : field.valueAsNumber));
  slider?.addEventListener("input", () => change(slider.valueAsNumber));
  if (value !== undefined) field.value = String(value);
  show(value);
  return root;
}

/** The gateway has the last word, so a number outside is marked and sent all the same. */
function isOutside(value: number, { minimum = -Infinity, maximum = Infinity }: ParameterRange): boolean {
  return value < minimum || value > maximum;
}

function toNote(hint: string, { minimum, maximum, lackedBy }: ParameterRange): string {
  const ends = [minimum, maximum].map((end) => (end === undefined ? "" : formatCount(end)));
  const range = minimum === undefined && maximum === undefined ? "Any whole number." : `${ends.join(" – ")}.`;
  const lacking = lackedBy.length === 0 ? "" : ` Not sent to ${lackedBy.map(shortName).join(", ")}.`;
  return `${range} ${hint}${lacking}`;
}
