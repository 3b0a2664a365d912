import { describe, expect, it } from "vitest";
import { openSocket } from "../conformance/support/socket.ts";
import { createTestGateway } from "../support/gateway.ts";
import { findUndescribed } from "./support/check-answer.ts";
import { findBreaksAndMembers } from "./support/check-schema.ts";
import { preparations, send } from "./support/gateway.ts";
import { examplesOf, isComplete, operations, shared } from "./support/operations.ts";
import type { AnswerObject, Operation } from "./support/operations.ts";

const examples = operations.flatMap(examplesOf);

/** Answers that the document shows. */
const answers = [...operations.map(toAnswers), Object.entries(shared)]
  .flat()
  .flatMap(([name, { content = {} }]) =>
    Object.values(content).flatMap(({ schema, example }) =>
      example === undefined ? [] : [{ name: `the answer ${name}`, schema, example }],
    ),
  );

function toAnswers({ operationId, responses }: Operation): [string, AnswerObject][] {
  return Object.values(responses).flatMap((response) => ("$ref" in response ? [] : [[operationId, response]]));
}

describe("the examples of the OpenAPI document", () => {
  it.each(operations)("there is one for $operationId", (operation) => {
    expect(examplesOf(operation)).not.toEqual([]);
  });

  it.each(examples)("$name gets an answer as described", async (example) => {
    const response = await send(example);
    expect(response.status).toBeLessThan(300);
    expect(await findUndescribed(example.operation, response)).toEqual([]);
  });

  it.each(examples.filter(({ body }) => body !== undefined))(
    "$name keeps to its own schema",
    ({ operation, body, contentType }) => {
      const schema = operation.requestBody?.content[contentType]?.schema;
      expect(findBreaksAndMembers(body, schema ?? { not: {} })).toEqual([]);
    },
  );

  it.each(answers)("$name keeps to its own schema", ({ schema, example }) => {
    expect(findBreaksAndMembers(example, schema)).toEqual([]);
  });

  it("of a response are answered over its WebSocket by the same events", async () => {
    const socket = await openSocket(createTestGateway());
    const asked = examples.filter(
      ({ operation, body }) => operation.operationId === "createResponse" && !body?.["background"],
    );
    for (const { body } of asked) {
      const answered = await socket.ask({ ...body });
      expect(answered.at(-1)?.type).toBe("response.completed");
      const schema = { $ref: "#/components/schemas/ResponseStreamEvent" };
      expect(answered.flatMap((event) => findBreaksAndMembers(event, schema))).toEqual([]);
    }
    expect(asked.length).toBeGreaterThan(3);
    socket.close();
  });

  it("are prepared where the document cannot hold all that they need", () => {
    const incomplete = operations.filter((operation) => !isComplete(operation)).map(({ operationId }) => operationId);
    expect(Object.keys(preparations).toSorted()).toEqual(incomplete.toSorted());
  });
});
