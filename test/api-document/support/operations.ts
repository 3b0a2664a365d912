import * as z from "zod";
import document from "../../../docs/openapi.json";
import type { JsonRecord } from "../../../src/json.ts";

/** The part of the document that tests read. */

const record = z.record(z.string(), z.unknown());
const reference = z.object({ $ref: z.string() });
const content = z.record(z.string(), z.object({ schema: record, example: record.optional() }));
const answerObject = z.object({ headers: z.record(z.string(), reference), content: content.optional() });

const requestContent = z.object({
  schema: record,
  examples: z.record(z.string(), z.object({ value: record })).optional(),
});

const parameterObject = z.object({ name: z.string(), in: z.string(), example: z.string().optional() });

const operationObject = z.object({
  operationId: z.string(),
  security: z.array(record),
  parameters: z.array(z.union([reference, parameterObject])).default([]),
  requestBody: z.object({ content: z.record(z.string(), requestContent) }).optional(),
  responses: z.record(z.string(), z.union([reference, answerObject])),
});

export type AnswerObject = z.infer<typeof answerObject>;

export interface Operation extends z.infer<typeof operationObject> {
  readonly method: string;
  readonly path: string;
}

export const operations: readonly Operation[] = Object.entries(
  z.record(z.string(), z.record(z.string(), operationObject)).parse(document.paths),
).flatMap(([path, methods]) => Object.entries(methods).map(([method, members]) => ({ method, path, ...members })));

export function operationOf(id: string): Operation {
  const operation = operations.find(({ operationId }) => operationId === id);
  if (operation === undefined) throw new Error(`no operation ${id}`);
  return operation;
}

/** Answers that many operations have, by their names. */
export const shared: Readonly<Record<string, AnswerObject>> = z
  .record(z.string(), answerObject)
  .parse(document.components.responses);

/** What the document says of an answer with this status; `undefined` where it says nothing. */
export function describedAnswer({ responses }: Operation, status: number): AnswerObject | undefined {
  const described = responses[status];
  return described !== undefined && "$ref" in described
    ? shared[described.$ref.replace("#/components/responses/", "")]
    : described;
}

/** A request of the document's own: a body, or none where the operation takes none. */
export interface Example {
  readonly name: string;
  readonly operation: Operation;
  readonly body: JsonRecord | undefined;
  readonly contentType: string;
}

export function examplesOf(operation: Operation): readonly Example[] {
  const { operationId: name, requestBody } = operation;
  if (requestBody === undefined) return [{ name, operation, body: undefined, contentType: "" }];
  return Object.entries(requestBody.content).flatMap(([contentType, { examples = {} }]) =>
    Object.entries(examples).map(([title, { value }]) => ({
      name: `${name}: ${title}`,
      operation,
      body: value,
      contentType,
    })),
  );
}

/** The path with the values of its parameters: those that are given, else the document's examples of them. */
export function fillPath({ path, parameters }: Operation, values: Readonly<Record<string, string>> = {}): string {
  const examples = parameters.flatMap((parameter) =>
    "$ref" in parameter || parameter.example === undefined ? [] : [[parameter.name, parameter.example] as const],
  );
  const known = new Map([...examples, ...Object.entries(values)]);
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = known.get(name);
    if (value === undefined) throw new Error(`${path}: no value for ${name}`);
    return encodeURIComponent(value);
  });
}

/** Whether all that its path needs is in the document. */
export function isComplete(operation: Operation): boolean {
  try {
    fillPath(operation);
    return true;
  } catch {
    return false;
  }
}
