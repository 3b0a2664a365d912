import { parseJson } from "../../../src/json.ts";
import { findBreaks } from "./check-schema.ts";
import { describedAnswer } from "./operations.ts";
import type { Operation } from "./operations.ts";

/** Headers of the gateway's own. The others are HTTP's and the browser's. */
const OWN_HEADER = /^(?:x-(?!content-type-options)|openai-|cf-aig-|deprecation|sunset|retry-after)/;

/** What an answer has that the document does not describe, or the other way round; nothing where they agree. */
export async function findUndescribed(operation: Operation, response: Response): Promise<string[]> {
  const described = describedAnswer(operation, response.status);
  if (described === undefined) return [`status ${response.status}: ${await response.text()}`];
  const headers = [...response.headers.keys()].filter((name) => OWN_HEADER.test(name) && !(name in described.headers));
  const type = (response.headers.get("content-type") ?? "none").replace(/;.*/, "");
  const schema = described.content[type]?.schema;
  if (schema === undefined) return [`content type ${type}`];
  const values = type === "text/event-stream" ? readData(await response.text()) : [await readBody(response, type)];
  return [...headers.map((name) => `header ${name}`), ...values.flatMap((value) => findBreaks(value, schema))];
}

async function readBody(response: Response, type: string): Promise<unknown> {
  const text = await response.text();
  return type === "application/json" ? parseJson(text) : text;
}

/** The data of each record, but for the mark of the end. */
function readData(text: string): unknown[] {
  return [...text.matchAll(/^data: (.*)$/gm)]
    .map(([, data]) => data ?? "")
    .filter((data) => data !== "[DONE]")
    .map(parseJson);
}
