import { parseJson } from "../../json.ts";
import type { ToolCall } from "../chat/answer.ts";
import type { ToolResultTurn } from "../chat/turn.ts";
import { element, uniqueId } from "./element.ts";

/** The calls of an answer, to be read. */
export function toolCallView({ name, arguments: text }: ToolCall): HTMLElement {
  const parsed = parseJson(text);
  return element(
    "div",
    { class: "tool-call" },
    element("p", { class: "tool-name" }, element("span", { class: "tag" }, "tool call"), " ", name),
    element(
      "pre",
      { tabindex: 0, "aria-label": `Arguments of ${name}` },
      parsed === undefined ? text : JSON.stringify(parsed, undefined, 2),
    ),
  );
}

/** Asks the person to be the tools: a result for each call, and on. */
export function toolResultForm(
  calls: readonly ToolCall[],
  onResults: (results: readonly ToolResultTurn[]) => void,
): HTMLFormElement {
  const fields = calls.map(({ id, name }) => {
    const fieldId = uniqueId("result");
    const field = element("textarea", { id: fieldId, class: "code", rows: 2, placeholder: '{"temperature": 18}' });
    return { id, field, label: element("label", { for: fieldId }, `Result of ${name}`) };
  });
  const form = element(
    "form",
    { class: "tool-results" },
    ...fields.flatMap(({ field, label }) => [label, field]),
    element(
      "div",
      { class: "row end" },
      element(
        "button",
        { type: "submit", class: "button primary" },
        calls.length > 1 ? "Send the results" : "Send the result",
      ),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onResults(fields.map(({ id, field }) => ({ kind: "tool-result", callId: id, content: field.value })));
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) form.requestSubmit();
  });
  return form;
}
