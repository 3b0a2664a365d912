import { describe, expect, it } from "vitest";
import { createBinding, nativeAnswer } from "../support/binding.ts";
import { readError } from "../support/error-answer.ts";
import { createTestGateway } from "../support/gateway.ts";

const model = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const chat = { model, messages: [{ role: "user", content: "Hello" }] };
const text = { model, prompt: "Once" };

function createGateway() {
  return createTestGateway({ binding: createBinding(() => nativeAnswer()) });
}

describe("the URLs of the API", () => {
  it.each(["/v1", "", "/v1/v1"])("stand under %j", async (base) => {
    const gateway = createGateway();
    expect((await gateway.post(`${base}/chat/completions`, chat)).status).toBe(200);
    expect((await gateway.post(`${base}/completions`, text)).status).toBe(200);
    expect((await gateway.request(`${base}/models`)).status).toBe(200);
    expect((await gateway.request(`${base}/models/${model}`)).status).toBe(200);
  });

  it.each(["/v1/chat/completions/", "/v1/chat/completions?api-version=2024-01-01"])(
    "are served as %s too",
    async (url) => {
      expect((await createGateway().post(url, chat)).status).toBe(200);
    },
  );

  it.each([
    "/v1",
    "/v2/chat/completions",
    "/v1/v1/v1/chat/completions",
    "//v1/chat/completions",
    "/v1//chat/completions",
    "/v1/chat/completions/x",
    "/v1/engines/x/completions",
    "/V1/chat/completions",
    "/favicon.ico",
    "/.env",
    "/v1/%2e%2e/%00",
    "/%E0%A4%A",
  ])("A22: POST and GET of %s are a 404", async (path) => {
    const gateway = createGateway();
    for (const method of ["GET", "POST", "DELETE"]) {
      const error = await readError(await gateway.request(`https://gateway.test${path}`, { method }));
      expect(error).toMatchObject({ status: 404, type: "invalid_request_error", code: null, param: null });
      expect(error.message).toMatch(/^Unknown request URL: (?:GET|POST|DELETE) \//);
    }
  });

  it("A22: a long unknown URL is shown in part, and without what a terminal would obey", async () => {
    const { message } = await readError(await createGateway().request(`/v1/${"x".repeat(5000)}`));
    expect(message.length).toBeLessThan(250);
    const { message: odd } = await readError(await createGateway().request("/v1/%1b%5b2J%0d%0a%e2%80%ae"));
    expect(odd).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it("A22: a query is not part of the message", async () => {
    const { message } = await readError(await createGateway().request("/v1/nothing?api_key=sk-secret"));
    expect(message).not.toContain("sk-secret");
  });

  it.each([
    ["/v1/chat/completions", ["GET", "PUT", "DELETE", "PATCH"], "POST, OPTIONS"],
    ["/v1/completions", ["GET", "PUT", "DELETE", "PATCH"], "POST, OPTIONS"],
    ["/chat/completions", ["GET"], "POST, OPTIONS"],
    ["/v1/v1/completions", ["GET"], "POST, OPTIONS"],
    ["/v1/models", ["POST", "PUT", "DELETE"], "GET, HEAD, OPTIONS"],
    [`/v1/models/${model}`, ["POST", "DELETE"], "GET, HEAD, OPTIONS"],
    ["/healthz", ["POST"], "GET, HEAD, OPTIONS"],
    ["/", ["POST"], "GET, HEAD, OPTIONS"],
  ])("A22: %s asked with %j is a 405 that allows %s", async (path, methods, allowed) => {
    const gateway = createTestGateway({ authorization: null });
    for (const method of methods) {
      const response = await gateway.request(path, { method });
      expect(response.headers.get("allow")).toBe(allowed);
      const error = await readError(response);
      expect(error).toMatchObject({ status: 405, type: "invalid_request_error", code: null, param: null });
      expect(error.message).toBe(`Not allowed to ${method} on ${path}. Allowed: ${allowed}.`);
    }
  });

  it("A22: HEAD of a URL for POST is a 405 without a body", async () => {
    const response = await createGateway().request("/v1/chat/completions", { method: "HEAD" });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST, OPTIONS");
    expect(await response.text()).toBe("");
  });

  it.each(["/v1/models", "/healthz", "/"])("HEAD of %s has the headers of GET and no body", async (path) => {
    const gateway = createGateway();
    const [head, get] = await Promise.all([gateway.request(path, { method: "HEAD" }), gateway.request(path)]);
    expect(head.status).toBe(200);
    expect(head.headers.get("content-type")).toBe(get.headers.get("content-type"));
    expect(await head.text()).toBe("");
  });

  it("/healthz needs no key and says that the configuration is valid", async () => {
    const response = await createTestGateway({ authorization: null }).request("/healthz");
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: "ok" });
    const broken = createTestGateway({ vars: { MAX_ATTEMPTS: "many" } });
    expect((await broken.request("/healthz")).status).toBe(500);
  });

  it("/ shows how to call the gateway, as text and without a configured key", async () => {
    const response = await createTestGateway({ authorization: null }).request("/");
    expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
    const page = await response.text();
    expect(page).toContain("https://gateway.test/v1");
    expect(page).not.toContain("sk-test");
  });
});

describe("answers in general", () => {
  it("are application/json exactly, with the time they took", async () => {
    const response = await createGateway().post("/v1/chat/completions", chat);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("openai-processing-ms")).toMatch(/^\d+$/);
  });

  it.each(["text/event-stream", "text/html", "image/*", ""])("do not depend on accept: %j", async (accept) => {
    const response = await createGateway().post("/v1/chat/completions", chat, { accept });
    expect(response.headers.get("content-type")).toBe("application/json");
  });

  it.each([
    ["of success", "/v1/models", 200],
    ["of the list of URLs", "/", 200],
    ["of an unknown URL", "/nothing", 404],
    ["of a wrong method", "/v1/chat/completions", 405],
    ["of an unknown model", "/v1/models/none", 404],
  ])("carry x-request-id in the case %s", async (_name, path, status) => {
    const response = await createGateway().request(path);
    expect(response.status).toBe(status);
    expect(response.headers.get("x-request-id")).toMatch(/^req_[0-9a-f]{32}$/);
  });

  it("carry x-request-id when they are streams, preflights, refusals and failures", async () => {
    const gateway = createTestGateway();
    const broken = createTestGateway({ vars: { MAX_ATTEMPTS: "many" } });
    const answers = [
      await gateway.post("/v1/chat/completions", { ...chat, stream: true }),
      await gateway.request("/v1/models", { method: "OPTIONS" }),
      await gateway.request("/v1/models", { headers: { authorization: "Bearer sk-wrong" } }),
      await broken.request("/v1/models"),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 204, 401, 500]);
    for (const { headers } of answers) expect(headers.get("x-request-id")).toMatch(/^req_[0-9a-f]{32}$/);
    await answers[0]?.text();
  });

  it.each(["my-request_1", "trace=00-abc", "0".repeat(255)])("keep the caller's request id %s", async (id) => {
    const response = await createGateway().request("/v1/models", { headers: { "x-request-id": id } });
    expect(response.headers.get("x-request-id")).toBe(id);
  });

  it.each(["a b", "<script>", '"', "a;b", "\u00e9", "0".repeat(256), "x".repeat(10_240), "a\tb", "${jndi}", "../x"])(
    "B7: a request id that is more than letters, digits, - _ = is replaced (%#)",
    async (id) => {
      const response = await createGateway().request("/v1/models", { headers: { "x-request-id": id } });
      expect(response.status).toBe(200);
      expect(response.headers.get("x-request-id")).toMatch(/^req_[0-9a-f]{32}$/);
    },
  );
});
