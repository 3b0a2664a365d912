import { formatCount, formatDollars } from "../chat/figures.ts";
import type { Figures } from "../usage/rows.ts";
import type { Group } from "../usage/summary.ts";
import { element } from "./element.ts";

const columns: readonly (readonly [string, (figures: Figures) => string])[] = [
  ["Requests", ({ requests }) => formatCount(requests)],
  ["Errors", ({ errors }) => formatCount(errors)],
  ["Tokens in", ({ promptTokens }) => formatCount(promptTokens)],
  ["of them cached", ({ cachedTokens }) => formatCount(cachedTokens)],
  ["Tokens out", ({ completionTokens }) => formatCount(completionTokens)],
  ["Cost", ({ cost }) => formatDollars(cost)],
];

/** The figures of each group, and a bar for its share of the cost. */
export function usageTable(title: string, what: string, groups: readonly Group[]): HTMLElement {
  const id = `table-${what.toLowerCase()}`;
  const most = Math.max(0, ...groups.map(({ figures }) => figures.cost));
  return element(
    "section",
    { class: "table-section" },
    element("h2", { id }, title),
    element(
      "div",
      { class: "table-scroll", tabindex: 0, role: "region", "aria-labelledby": id },
      element(
        "table",
        { "aria-labelledby": id },
        element(
          "thead",
          {},
          element(
            "tr",
            {},
            element("th", { scope: "col" }, what),
            ...columns.map(([name]) => element("th", { scope: "col", class: "number" }, name)),
          ),
        ),
        element("tbody", {}, ...groups.map((group) => toRow(group, most))),
      ),
    ),
  );
}

function toRow({ name, id, figures }: Group, most: number): HTMLElement {
  const share = element("span", { class: "share" });
  share.style.width = `${most > 0 ? (100 * figures.cost) / most : 0}%`;
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, name, name !== id && element("span", { class: "group-id" }, id), share),
    ...columns.map(([, format]) => element("td", { class: "number" }, format(figures))),
  );
}
