import { parseJson } from "../../../src/json.ts";
import { findBreaksAndMembers } from "./check-schema.ts";
import { describedAnswer } from "./operations.ts";
import type { AnswerObject, Operation } from "./operations.ts";

/** Headers of the gateway's own. The others are HTTP's and the browser's. */
const OWN_HEADER =
  /^(?:x-(?!content-type-options|frame-options)|openai-|request-id|cf-aig-|deprecation|sunset|retry-after)/;

/** What an answer has that the document does not describe, or the other way round; nothing where they agree. */
export async function findUndescribed(operation: Operation, response: Response): Promise<string[]> {
  const described = describedAnswer(operation, response.status);
  if (described === undefined) return [`status ${response.status}: ${await response.text()}`];
  return [...findHeaders(response, described), ...(await findBody(response, described))];
}

function findHeaders({ headers, status }: Response, described: AnswerObject): string[] {
  const undescribed = [...headers.keys()].filter((name) => OWN_HEADER.test(name) && !(name in described.headers));
  // An answer that becomes a WebSocket has no headers of ours.
  const missing = ["x-request-id", "openai-processing-ms"].filter((name) => status !== 101 && !headers.has(name));
  return [...undescribed.map((name) => `header ${name}`), ...missing.map((name) => `no header ${name}`)];
}

async function findBody(response: Response, { content }: AnswerObject): Promise<string[]> {
  if (content === undefined) return response.body === null ? [] : ["a body"];
  const type = (response.headers.get("content-type") ?? "none").replace(/;.*/, "");
  const schema = (content[type] ?? content[type.replace(/\/.*/, "/*")])?.schema;
  if (schema === undefined) return [`content type ${type}`];
  const text = await response.text();
  const values = type === "text/event-stream" ? readData(text) : [type === "application/json" ? parseJson(text) : text];
  return values.flatMap((value) => findBreaksAndMembers(value, schema));
}

/** The data of each record, but for the mark of the end. */
function readData(text: string): unknown[] {
  const lines = text.split("\n").filter((line) => line.startsWith("data: ") && line !== "data: [DONE]");
  return lines.map((line) => parseJson(line.slice("data: ".length)));
}
