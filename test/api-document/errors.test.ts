import { describe, expect, it } from "vitest";
import { faultModels } from "../../src/emulator/faults/fault-table.ts";
import { createTestGateway } from "../support/gateway.ts";
import { findUndescribed } from "./support/check-answer.ts";
import { gateway } from "./support/gateway.ts";
import { fillPath, isComplete, operationOf, operations } from "./support/operations.ts";
import type { Operation } from "./support/operations.ts";

const behindKeys = operations.filter(({ security }) => security.length > 0);

/** A path with something in the place of each parameter. */
function somePath(operation: Operation): string {
  return isComplete(operation) ? fillPath(operation) : fillPath(operation, { id: "none", item: "none", name: "none" });
}

describe("errors are as the OpenAPI document describes them", () => {
  it.each(behindKeys)("$operationId without a key", async (operation) => {
    const response = await gateway.request(somePath(operation), { method: operation.method.toUpperCase() });
    expect(response.status).toBe(401);
    expect(await findUndescribed(operation, response)).toEqual([]);
  });

  it.each(behindKeys.filter(({ requestBody }) => requestBody !== undefined))(
    "$operationId with a body that is wrong",
    async (operation) => {
      const isAdmin = operation.security.some((scheme) => "admin" in scheme);
      const authorization = `Bearer ${isAdmin ? "sk-admin-of-the-tests" : "sk-test"}`;
      const headers = { authorization, "content-type": "application/json" };
      const response = await gateway.request(somePath(operation), { method: "POST", headers, body: "[]" });
      expect(response.status).toBe(400);
      expect(await findUndescribed(operation, response)).toEqual([]);
    },
  );

  it("a limit of the key that is reached", async () => {
    const key = await gateway.createKey({ rpm: 1, tpm: 100_000 });
    for (const status of [200, 429]) {
      const response = await gateway.chat(key);
      expect(response.status).toBe(status);
      expect(response.headers.has("x-ratelimit-reset-tokens")).toBe(true);
      expect(await findUndescribed(operationOf("createChatCompletion"), response)).toEqual([]);
    }
  });

  it("a model that does not exist", async () => {
    const response = await gateway.request("/v1/models/none", { headers: { authorization: "Bearer sk-test" } });
    expect(response.status).toBe(404);
    expect(await findUndescribed(operationOf("retrieveModel"), response)).toEqual([]);
  });
});

const messages = [{ role: "user", content: "Hello!" }];

/** A request of each endpoint that completes. Text completions are chat completions with less in them. */
const requests: readonly (readonly [operationId: string, request: object])[] = [
  ["createChatCompletion", { messages }],
  ["createChatCompletion", { messages, stream: true }],
  ["createResponse", { input: "Hello!", stream: true }],
  ["createMessage", { messages, max_tokens: 100, stream: true }],
];

// A hundred thousand events, or megabytes of them, are a matter of speed, and not of form.
const ids = faultModels.map(({ id }) => id).filter((id) => !/very-many|huge/.test(id));

describe("whatever goes wrong upstream", () => {
  const faulty = createTestGateway({
    extraEntries: faultModels,
    emulator: { faultDelayMs: 20 },
    vars: { STALL_TIMEOUT_MS: "100", FIRST_TOKEN_TIMEOUT_MS: "100", RESPONSE_TIMEOUT_MS: "150", MAX_ATTEMPTS: "1" },
  });

  it.each(ids)("is told as the OpenAPI document describes it: %s", async (model) => {
    for (const [id, request] of requests) {
      const operation = operationOf(id);
      const response = await faulty.post(operation.path, { model, ...request });
      expect(await findUndescribed(operation, response), id).toEqual([]);
    }
  });
});
