/**
 * The records of an event stream, as OpenAI writes one: `data: …` on one line and an empty line, nothing else. Not a
 * decoder: what a tolerant decoder would read over is a problem here.
 */
export interface EventStreamReading {
  /** What stands behind `data: ` in each record, `[DONE]` included. */
  readonly data: readonly string[];
  readonly problems: readonly string[];
}

export function readEventStream(text: string): EventStreamReading {
  const problems: string[] = [];
  if (!text.endsWith("\n\n")) problems.push("the stream does not end with an empty line");
  const records = text.split("\n\n").filter((record, position, all) => record !== "" || position < all.length - 1);
  const data = records.flatMap((record, position) => {
    if (/^data: \S[^\n\r]*$/.test(record)) return [record.slice("data: ".length)];
    problems.push(`record ${position} is not one line of data: ${JSON.stringify(record.slice(0, 120))}`);
    return [];
  });
  return { data, problems };
}
