import { describe, expect, it } from "vitest";
import { createTestGateway } from "../support/gateway.ts";

/** What the official client asks for from a browser, and codex beside it. */
const sdkHeaders = [
  "authorization",
  "content-type",
  "openai-organization",
  "openai-project",
  "openai-beta",
  "idempotency-key",
  ...[
    "arch",
    "lang",
    "os",
    "package-version",
    "retry-count",
    "runtime",
    "runtime-version",
    "timeout",
    "helper-method",
  ].map((name) => `x-stainless-${name}`),
  "x-client-request-id",
  "session-id",
];

function preflight(origin: string, vars: Readonly<Record<string, unknown>> = {}, headers = sdkHeaders.join(",")) {
  const asked = { origin, "access-control-request-method": "POST", "access-control-request-headers": headers };
  return createTestGateway({ vars, authorization: null }).request("/v1/chat/completions", {
    method: "OPTIONS",
    headers: asked,
  });
}

describe("an answer to a POST", () => {
  it.each([
    [{ origin: "https://app.example" }, true],
    [{}, false],
  ])("may be read by a page where a page has sent it: %j", async (origin, isTold) => {
    const { headers } = await createTestGateway().request("/v1/chat/completions", { method: "POST", headers: origin });
    expect(headers.has("access-control-allow-origin")).toBe(isTold);
    expect(headers.has("access-control-expose-headers")).toBe(isTold);
  });
});

describe("a preflight", () => {
  it("grants the headers that SDKs send, to any origin and without a key", async () => {
    const { status, headers } = await preflight("https://app.example");
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.get("access-control-allow-methods")).toBe("GET,POST,DELETE,OPTIONS");
    expect(headers.get("access-control-allow-headers")?.split(",")).toEqual(sdkHeaders);
    expect(headers.get("access-control-max-age")).toBe("7200");
    expect(headers.get("vary")).toBe("Access-Control-Request-Headers");
  });

  it.each(["", "x", "x-odd header, <script>", ",,,", "*", "x".repeat(8000), "cookie, authorization"])(
    "A23: with odd headers it is answered, and never with credentials (%#)",
    async (asked) => {
      for (const vars of [{}, { CORS_ORIGINS: "https://app.example" }]) {
        const { status, headers } = await preflight("https://app.example", vars, asked);
        expect(status).toBe(204);
        expect(headers.has("access-control-allow-credentials")).toBe(false);
        expect(headers.has("x-request-id")).toBe(true);
      }
    },
  );

  it("is answered at every URL, so that a browser sees the 404 behind it", async () => {
    const response = await createTestGateway().request("/v1/nothing", { method: "OPTIONS" });
    expect(response.status).toBe(204);
  });
});

describe("with configured origins", () => {
  const vars = { CORS_ORIGINS: "https://app.example, http://localhost:3000/" };

  it.each(["https://app.example", "http://localhost:3000"])("%s is allowed by name", async (origin) => {
    const { headers } = await preflight(origin, vars);
    expect(headers.get("access-control-allow-origin")).toBe(origin);
    expect(headers.get("vary")).toMatch(/\bOrigin\b/);
  });

  it.each([
    "https://evil.example",
    "https://app.example.evil",
    "http://app.example",
    "null",
    "https://app.example:8443",
  ])("A23: %s is not allowed", async (origin) => {
    expect((await preflight(origin, vars)).headers.has("access-control-allow-origin")).toBe(false);
    const answer = await createTestGateway({ vars }).request("/v1/models", { headers: { origin } });
    expect(answer.headers.has("access-control-allow-origin")).toBe(false);
    expect(answer.headers.get("vary")).toMatch(/\bOrigin\b/);
  });

  it("an empty list allows nobody", async () => {
    const { headers } = await preflight("https://app.example", { CORS_ORIGINS: "" });
    expect(headers.has("access-control-allow-origin")).toBe(false);
  });
});

describe("an answer to a page", () => {
  it.each([
    ["of success", "/v1/models", "Bearer sk-test", 200],
    ["without a key", "/v1/models", "Bearer sk-wrong", 401],
    ["of an unknown URL", "/nothing", "Bearer sk-test", 404],
    ["of a wrong method", "/v1/completions", "Bearer sk-test", 405],
  ])(
    "may be read in the case %s, with the headers that clients look at",
    async (_name, path, authorization, status) => {
      const response = await createTestGateway().request(path, {
        headers: { origin: "https://app.example", authorization },
      });
      expect(response.status).toBe(status);
      expect(response.headers.get("access-control-allow-origin")).toBe("*");
      expect(response.headers.get("access-control-expose-headers")?.split(",")).toEqual(
        expect.arrayContaining(["x-request-id", "retry-after", "x-flaregate-model", "x-flaregate-parameters"]),
      );
      expect(response.headers.get("vary")).toBeNull();
    },
  );
});
