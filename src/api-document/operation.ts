import type { ErrorForm } from "../env.ts";
import type { JsonRecord } from "../json.ts";
import type { ErrorStatus } from "../openai/error-envelope.ts";
import type { AnswerHeader } from "./headers.ts";
import { toReference } from "./json-schema.ts";

/** The endpoints as the document's own data: what neither the routes nor the schemas say. */

/** A request that a test sends, and whose answer it holds against the document. */
export interface RequestExample {
  readonly summary: string;
  readonly value: JsonRecord;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly description: string;
  readonly schema: JsonRecord;
  /** A value with which the endpoint answers; where a test has to make one first there is none. */
  readonly example?: unknown;
}

interface RequestBody {
  readonly isOptional?: boolean;
  readonly contents: Contents;
  readonly examples?: Readonly<Record<string, RequestExample>>;
}

/** What a body is, by its content type: the name of a component, or a schema. Examples are of the first. */
export type Contents = Readonly<Record<string, string | JsonRecord>>;

export interface Answer {
  readonly status: 101 | 200 | 201;
  readonly description: string;
  readonly contents?: Contents;
  /** An answer of the first content type. A test holds it to its schema. */
  readonly example?: JsonRecord;
  /** Names of headers beside those that every answer has. */
  readonly headers?: readonly AnswerHeader[];
}

export interface Operation {
  readonly method: "get" | "post" | "delete";
  readonly path: string;
  /** What generated clients call it. */
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: "key" | "admin" | "none";
  /** Names of shared parameters, or parameters of its own. */
  readonly parameters?: readonly (string | Parameter)[];
  readonly body?: RequestBody;
  readonly answer: Answer;
  readonly errors: readonly ErrorStatus[];
  /** OpenAI's where nothing is said. */
  readonly errorForm?: ErrorForm;
}

/** A body of JSON. */
export function jsonBody(schema: string, examples: Readonly<Record<string, RequestExample>>): RequestBody {
  return { contents: { "application/json": schema }, examples };
}

/** What may happen to any request for a model. */
export const modelErrors: readonly ErrorStatus[] = [400, 401, 403, 404, 413, 415, 429, 500, 502, 503, 504];

/** What may happen to a request for what is stored. */
export const storageErrors: readonly ErrorStatus[] = [400, 401, 404, 429, 500, 503];

/** What may happen to any request for the admin API. */
export const adminErrors: readonly ErrorStatus[] = [400, 401, 429, 500, 503];

/** An event stream of which each record is one of these components. */
export function eventStream(description: string, ...components: readonly string[]): JsonRecord {
  const records = components.map((name) => ({ $ref: toReference(name) }));
  return records.length === 1 ? { description, ...records[0] } : { description, anyOf: records };
}
