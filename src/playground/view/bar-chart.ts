import { formatDay } from "../usage/period.ts";
import { toAxisEnd, type Series } from "../usage/summary.ts";
import { element, fill } from "./element.ts";

export interface BarChartOptions {
  readonly title: string;
  readonly days: readonly string[];
  readonly series: readonly Series[];
  readonly format: (amount: number) => string;
}

/** A bar for each day, one part for each series. What it shows is in the tables too, for whoever cannot see it. */
export function barChart({ title, days, series, format }: BarChartOptions): HTMLElement {
  const sums = days.map((_day, position) => sumAt(series, position));
  const end = toAxisEnd(Math.max(0, ...sums));
  const readout = element("p", { class: "readout" });
  const bars = days.map((day, position) => {
    const bar = toBar(series, position, end);
    bar.addEventListener("pointerenter", () => showDay(position));
    bar.title = `${formatDay(day)}: ${format(sums[position] ?? 0)}`;
    return bar;
  });

  function showDay(position: number): void {
    const parts = series.flatMap(({ name, amounts }) => {
      const amount = amounts[position] ?? 0;
      return amount > 0 ? [`${name} ${format(amount)}`] : [];
    });
    const day = days[position];
    if (day !== undefined)
      fill(readout, element("strong", {}, `${formatDay(day)}: ${format(sums[position] ?? 0)}`), ` ${parts.join(", ")}`);
  }

  const sum = sums.reduce((before, amount) => before + amount, 0);
  fill(readout, `${format(sum)} in ${days.length} days`);
  return element(
    "figure",
    { class: "chart" },
    element("figcaption", { class: "chart-head" }, legend(series), readout),
    element(
      "div",
      {
        class: "plot",
        role: "img",
        "aria-label": `${title} by day: ${format(sum)} in ${days.length} days, at most ${format(Math.max(0, ...sums))} a day`,
      },
      element("div", { class: "axis" }, ...[1, 0.5, 0].map((share) => element("span", {}, format(end * share)))),
      element("div", { class: "bars" }, ...bars),
      element("div", { class: "days" }, ...toDayMarks(days)),
    ),
  );
}

function sumAt(series: readonly Series[], position: number): number {
  return series.reduce((sum, { amounts }) => sum + (amounts[position] ?? 0), 0);
}

function toBar(series: readonly Series[], position: number, end: number): HTMLElement {
  const parts = series.map(({ amounts }, index) => {
    const part = element("div", { class: `part series-${index}` });
    part.style.height = `${(100 * (amounts[position] ?? 0)) / end}%`;
    return part;
  });
  return element("div", { class: "bar-slot" }, ...parts.toReversed());
}

function legend(series: readonly Series[]): HTMLElement {
  const entries = series.map(({ name }, index) =>
    element("li", {}, element("span", { class: `swatch series-${index}` }), name),
  );
  return element("ul", { class: "legend" }, ...entries);
}

/** The first day, the last, and the one between: more would not fit on a phone. */
function toDayMarks(days: readonly string[]): readonly HTMLElement[] {
  const marks = [days[0], days[Math.floor((days.length - 1) / 2)], days.at(-1)];
  return marks.flatMap((day) => (day === undefined ? [] : [element("span", {}, formatDay(day))]));
}
