import { describe, expect, it } from "vitest";
import { createTestGateway } from "../support/gateway.ts";

describe("errors of the Messages API", () => {
  it.each([
    ["a wrong key", { authorization: "Bearer sk-wrong" }, "POST", 401, "authentication_error"],
    ["no key", {}, "POST", 401, "authentication_error"],
    ["a wrong method", { authorization: "Bearer sk-test" }, "DELETE", 405, "invalid_request_error"],
  ])("have Anthropic's form before the endpoint is reached: %s", async (_case, headers, method, status, type) => {
    const gateway = createTestGateway({ authorization: null });
    for (const path of ["/v1/messages", "/messages", "/v1/messages/count_tokens"]) {
      const response = await gateway.request(path, { method, headers });
      expect(response.status).toBe(status);
      const requestId = response.headers.get("x-request-id");
      expect(response.headers.get("request-id")).toBe(requestId);
      expect(await response.json()).toEqual({
        type: "error",
        error: { type, message: expect.stringMatching(/\w/) },
        request_id: requestId,
      });
    }
  });
});
