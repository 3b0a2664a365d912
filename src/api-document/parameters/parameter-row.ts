/** Parameters, and what happens to them in a few words of Markdown. */
export type ParameterRow = readonly [names: readonly string[], treatment: string];

interface Unserved {
  readonly name: string;
  readonly treatment: "ignored" | "refused";
  readonly reason: string;
}

/** The rows, then those of the parameters that have no effect and no row of their own. */
export function withUnserved(served: readonly ParameterRow[], unserved: readonly Unserved[]): readonly ParameterRow[] {
  const known = new Set(served.flatMap(([names]) => names));
  const others = unserved.filter(({ name }) => !known.has(name));
  return [...served, ...others.map(({ name, treatment, reason }): ParameterRow => [[name], `${treatment}: ${reason}`])];
}

/** The rows as a table of Markdown. */
export function toParameterTable(
  rows: readonly ParameterRow[],
  header: readonly [string, string] = ["parameter", "what happens to it"],
): string {
  const lines = rows.map(([names, treatment]) => `| ${names.map((name) => `\`${name}\``).join(", ")} | ${treatment} |`);
  return [`| ${header.join(" | ")} |`, "| --- | --- |", ...lines].join("\n");
}

/** What happens to each parameter, by its name. */
export function toTreatments(rows: readonly ParameterRow[]): Record<string, string> {
  return Object.fromEntries(rows.flatMap(([names, treatment]) => names.map((name) => [name, treatment] as const)));
}
