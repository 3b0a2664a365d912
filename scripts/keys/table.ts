export type Cell = string | number | null;

/** Columns with their names; those that end in `>` hold numbers and are set to the right. */
export function toTable(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const names = columns.map((column) => column.replace(/>$/, ""));
  const lines = [names, ...rows.map((row) => row.map((cell) => (cell === null ? "-" : String(cell))))];
  const widths = names.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, index) => {
          const width = widths[index] ?? 0;
          return columns[index]?.endsWith(">") === true ? cell.padStart(width) : cell.padEnd(width);
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
