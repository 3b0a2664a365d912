/** A table in the form in which the formatter leaves it. */
export function toMarkdownTable(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const lines = [columns, columns.map(() => "---"), ...rows.map((row) => row.map((cell) => escape(String(cell))))];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** As code, or the word for what is not there. */
export function code(text: string | null): string {
  return text === null ? "null" : `\`${text}\``;
}

function escape(cell: string): string {
  return cell.replaceAll("|", "\\|");
}
