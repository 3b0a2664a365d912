import type { Failure } from "../api/failure.ts";
import { element, type Child } from "./element.ts";

/** An error as the API gave it. */
export function failureView(failure: Failure, ...actions: readonly Child[]): HTMLElement {
  const { status, message, type, code, param, requestId, retryAfter, body } = failure;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["type", type],
    ["code", code],
    ["param", param],
    ["retry after", retryAfter === undefined ? undefined : `${retryAfter} s`],
    ["request id", requestId],
  ];
  return element(
    "div",
    { class: "failure", role: "alert" },
    element(
      "p",
      { class: "failure-message" },
      element("strong", {}, status === undefined ? "Error" : `Error ${status}`),
      ` ${message}`,
    ),
    element(
      "dl",
      { class: "facts" },
      ...facts.flatMap(([name, value]) =>
        value === undefined ? [] : [element("div", {}, element("dt", {}, name), element("dd", {}, value))],
      ),
    ),
    body !== undefined &&
      element(
        "details",
        { class: "raw" },
        element("summary", {}, "As it came"),
        element("pre", { tabindex: 0, "aria-label": "The error as it came" }, body),
      ),
    actions.length > 0 && element("div", { class: "row" }, ...actions),
  );
}
