import * as z from "zod";
import document from "../../../docs/openapi.json";
import type { JsonRecord } from "../../../src/json.ts";

/** The part of the document that tests read. */

const record = z.record(z.string(), z.unknown());
const reference = z.object({ $ref: z.string() });
const content = z.record(z.string(), z.object({ schema: record }));
const response = z.object({ headers: z.record(z.string(), reference), content });

const operationObject = z.object({
  operationId: z.string(),
  security: z.array(record),
  parameters: z
    .array(z.union([reference, z.object({ name: z.string(), in: z.string(), example: z.unknown() })]))
    .default([]),
  requestBody: z
    .object({
      content: z.record(
        z.string(),
        z.object({ schema: record, examples: z.record(z.string(), z.object({ value: record })).optional() }),
      ),
    })
    .optional(),
  responses: z.record(z.string(), z.union([reference, response])),
});

export interface Operation extends z.infer<typeof operationObject> {
  readonly method: string;
  readonly path: string;
}

export const operations: readonly Operation[] = Object.entries(
  z.record(z.string(), z.record(z.string(), operationObject)).parse(document.paths),
).flatMap(([path, methods]) => Object.entries(methods).map(([method, members]) => ({ method, path, ...members })));

const shared: Readonly<Record<string, z.infer<typeof response>>> = z
  .record(z.string(), response)
  .parse(document.components.responses);

/** What the document says of an answer with this status; `undefined` where it says nothing. */
export function describedAnswer({ responses }: Operation, status: number): z.infer<typeof response> | undefined {
  const described = responses[status];
  return described !== undefined && "$ref" in described
    ? shared[described.$ref.replace("#/components/responses/", "")]
    : described;
}

/** A request of the document's own: an example of a body, or parameters with their examples. */
export interface Example {
  readonly name: string;
  readonly operation: Operation;
  readonly path: string;
  readonly body?: JsonRecord;
}

export function examplesOf(operation: Operation): readonly Example[] {
  const { parameters, requestBody } = operation;
  let path = operation.path;
  for (const parameter of parameters) {
    if ("$ref" in parameter || parameter.in !== "path") continue;
    path = path.replace(`{${parameter.name}}`, encodeURIComponent(String(parameter.example)));
  }
  const name = operation.operationId;
  if (requestBody === undefined) return [{ name, operation, path }];
  const bodies = Object.values(requestBody.content).flatMap(({ examples = {} }) => Object.entries(examples));
  return bodies.map(([title, { value }]) => ({ name: `${name}: ${title}`, operation, path, body: value }));
}
