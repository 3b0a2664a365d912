import { describe, expect, it } from "vitest";
import { createTestGateway } from "../support/gateway.ts";
import { findUndescribed } from "./support/check-answer.ts";
import { findBreaks } from "./support/check-schema.ts";
import { examplesOf, operations } from "./support/operations.ts";

const examples = operations.flatMap(examplesOf);

const ASSETS = { fetch: () => Promise.resolve(Response.json({ openapi: "3.1.1", info: {}, paths: {} })) };

describe("the examples of the OpenAPI document", () => {
  it.each(examples)("$name gets an answer as described", async ({ operation, path, body }) => {
    const gateway = createTestGateway({ vars: { ASSETS } });
    const response = await (body === undefined ? gateway.request(path) : gateway.post(path, body));
    expect(response.status).toBe(200);
    expect(await findUndescribed(operation, response)).toEqual([]);
  });

  it.each(examples.filter(({ body }) => body !== undefined))("$name keeps to its own schema", ({ operation, body }) => {
    const schemas = Object.values(operation.requestBody?.content ?? {}).map(({ schema }) => schema);
    expect(schemas.flatMap((schema) => findBreaks(body, schema))).toEqual([]);
  });
});
