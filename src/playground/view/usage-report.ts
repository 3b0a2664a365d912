import { formatCount, formatDollars } from "../chat/figures.ts";
import type { UsageRow } from "../usage/rows.ts";
import { groupBy, measures, tokensOf, toSeries, total, type MeasureName } from "../usage/summary.ts";
import { barChart } from "./bar-chart.ts";
import { element, fill } from "./element.ts";
import { segments } from "./segments.ts";
import { usageTable } from "./usage-table.ts";

/** How the chart is cut. */
export interface ReportView {
  measure: MeasureName;
  dimension: "key" | "model";
}

/** The usage of these days: its sums, a chart, and tables by key, model and day. */
export function usageReport(
  rows: readonly UsageRow[],
  days: readonly string[],
  view: ReportView,
): readonly HTMLElement[] {
  const chart = element("div", {});
  function draw(): void {
    const { label } = measures[view.measure];
    const format = view.measure === "cost" ? formatDollars : formatCount;
    fill(chart, barChart({ title: label, days, series: toSeries(rows, days, view.dimension, view.measure), format }));
  }
  draw();
  const measureChoice = segments(
    "Shown",
    Object.entries(measures).map(([name, { label }]) => [name, label]),
    view.measure,
    (name) => {
      const found = (["cost", "tokens", "requests", "errors"] as const).find((measure) => measure === name);
      view.measure = found ?? "cost";
      draw();
    },
  );
  const dimensionChoice = segments(
    "By",
    [
      ["model", "By model"],
      ["key", "By key"],
    ],
    view.dimension,
    (name) => {
      view.dimension = name === "key" ? "key" : "model";
      draw();
    },
  );
  return [
    totals(rows),
    element(
      "section",
      { class: "panel", "aria-label": "Usage by day" },
      element("div", { class: "row between" }, measureChoice, dimensionChoice),
      chart,
    ),
    usageTable("By key", "Key", groupBy(rows, "key")),
    usageTable("By model", "Model", groupBy(rows, "model")),
    usageTable("By day", "Day", groupBy(rows, "day")),
  ];
}

function totals(rows: readonly UsageRow[]): HTMLElement {
  const sum = total(rows);
  const rate = sum.requests === 0 ? 0 : (100 * sum.errors) / sum.requests;
  const facts: readonly (readonly [string, string, string])[] = [
    ["Cost", formatDollars(sum.cost), `${formatDollars(sum.requests === 0 ? 0 : sum.cost / sum.requests)} a request`],
    [
      "Tokens",
      formatCount(tokensOf(sum)),
      `${formatCount(sum.promptTokens)} in, ${formatCount(sum.completionTokens)} out`,
    ],
    [
      "Requests",
      formatCount(sum.requests),
      `${groupBy(rows, "key").length} keys, ${groupBy(rows, "model").length} models`,
    ],
    ["Errors", formatCount(sum.errors), `${rate.toFixed(rate < 10 ? 1 : 0)} % of the requests`],
  ];
  return element(
    "dl",
    { class: "totals" },
    ...facts.map(([name, value, note]) =>
      element("div", {}, element("dt", {}, name), element("dd", {}, value), element("dd", { class: "note" }, note)),
    ),
  );
}
