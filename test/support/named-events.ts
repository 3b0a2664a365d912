/** A record of an event stream whose records have names: `event: …`, `data: …` and an empty line. */
export interface NamedEvent {
  readonly name: string;
  readonly data: unknown;
}

/** Not a decoder: what a tolerant decoder would read over is an error here. */
export function readNamedEvents(text: string): NamedEvent[] {
  if (text !== "" && !text.endsWith("\n\n")) throw new Error("the stream does not end with an empty line");
  const records = text.split("\n\n").slice(0, -1);
  return records.map((record) => {
    const match = /^event: (\w+)\ndata: (\{[^\n]*\})$/.exec(record);
    if (match?.[1] === undefined || match[2] === undefined) throw new Error(`no named record: ${record}`);
    return { name: match[1], data: JSON.parse(match[2]) as unknown };
  });
}
