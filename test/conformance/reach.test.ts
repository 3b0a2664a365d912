import { describe, expect, it } from "vitest";
import { createTestGateway } from "../support/gateway.ts";
import { createTestClient } from "./support/client.ts";
import { ask, LLAMA } from "./support/samples.ts";

const hello = { model: LLAMA, messages: ask("Hello!") };

describe("the client reaches the API", () => {
  it.each([
    "https://gateway.test/v1",
    "https://gateway.test/v1/",
    "https://gateway.test",
    "https://gateway.test/v1/v1",
  ])("at the base URL %s", async (baseURL) => {
    const { client } = createTestClient({}, { baseURL });
    expect((await client.chat.completions.create(hello)).object).toBe("chat.completion");
    expect((await client.models.retrieve(LLAMA)).id).toBe(LLAMA);
  });

  it("with an organisation, a project and headers of its own", async () => {
    const headers = { "openai-beta": "assistants=v2", "idempotency-key": "1", "x-custom": "1" };
    const options = { organization: "org-1", project: "proj-1", defaultHeaders: headers };
    const { client } = createTestClient({}, options);
    expect((await client.chat.completions.create(hello)).object).toBe("chat.completion");
  });

  it("from a web page: the preflight grants every header that the client sends", async () => {
    const { client, exchanges } = createTestClient();
    await client.chat.completions.create(hello);
    const sent = [...(exchanges[0]?.requestHeaders.keys() ?? [])].join(",");
    const preflight = await createTestGateway().request("/v1/chat/completions", {
      method: "OPTIONS",
      headers: {
        origin: "https://page.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": sent,
      },
    });
    expect(preflight.ok).toBe(true);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    const granted = preflight.headers.get("access-control-allow-headers")?.toLowerCase() ?? "";
    for (const header of sent.split(",")) expect(granted).toContain(header);
  });

  it("from a web page: errors carry the origin's permission too, and the headers that steer retries", async () => {
    const response = await createTestGateway().request("/v1/models/none", {
      headers: { origin: "https://page.example" },
    });
    expect(response.status).toBe(404);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("access-control-expose-headers")).toMatch(/x-request-id/i);
    expect(response.headers.get("access-control-expose-headers")).toMatch(/x-should-retry/i);
  });

  it("whatever content type it declares", async () => {
    for (const type of ["application/json; charset=utf-8", "text/plain", ""]) {
      const init = { method: "POST", headers: { "content-type": type }, body: JSON.stringify(hello) };
      expect((await createTestGateway().request("/v1/chat/completions", init)).status).toBe(200);
    }
  });
});
