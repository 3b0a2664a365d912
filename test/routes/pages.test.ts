import { describe, expect, it } from "vitest";
import { readError } from "../support/error-answer.ts";
import { createTestGateway } from "../support/gateway.ts";

/** Stands for the static files of a deployment: a page, and a script that the browser may have already. */
const ASSETS = {
  fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const isKnown = request.headers.get("if-none-match") === '"1"';
    if (pathname === "/usage.html") return Promise.resolve(file("<!doctype html><title>usage</title>", "text/html"));
    if (pathname === "/openapi.json") return Promise.resolve(file('{"openapi":"3.1.1"}', "application/json"));
    if (pathname === "/reference.html")
      return Promise.resolve(file("<!doctype html><title>reference</title>", "text/html"));
    if (pathname === "/playground.html") return Promise.resolve(file("<!doctype html>", "text/html"));
    if (pathname === "/playground.js")
      return Promise.resolve(isKnown ? new Response(null, { status: 304 }) : file("go()", "text/javascript"));
    return Promise.resolve(new Response(null, { status: 404 }));
  },
};

function file(body: string, type: string): Response {
  return new Response(body, { headers: { "content-type": `${type}; charset=utf-8`, etag: '"1"' } });
}

function createGateway(vars: Readonly<Record<string, unknown>> = {}) {
  return createTestGateway({ vars: { API_KEYS: "sk-test", ASSETS, ...vars }, authorization: null });
}

const browser = { headers: { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" } };

describe("GET /", () => {
  it("is the playground for a browser, without a key", async () => {
    const response = await createGateway().request("/", browser);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("vary")).toMatch(/\baccept\b/i);
    expect(await response.text()).toBe("<!doctype html>");
  });

  it.each(["*/*", "application/json", ""])("is text for accept: %j", async (accept) => {
    const response = await createGateway().request("/", { headers: { accept } });
    expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(response.headers.get("vary")).toMatch(/\baccept\b/i);
    expect(await response.text()).toContain("curl");
  });

  it("is text where PLAYGROUND is false, and where there are no static files", async () => {
    for (const vars of [{ PLAYGROUND: "false" }, { ASSETS: undefined }]) {
      const response = await createGateway(vars).request("/", browser);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
    }
  });
});

describe("GET /usage", () => {
  it("is a page where there is an admin key, whoever asks, with or without the playground", async () => {
    for (const PLAYGROUND of ["true", "false"]) {
      const gateway = createGateway({ ADMIN_KEY: "sk-admin-key-of-a-test", PLAYGROUND });
      const response = await gateway.request("/usage");
      expect(response.status).toBe(200);
      expect(await response.text()).toContain("usage");
      expect((await gateway.request("/assets/playground.js")).status).toBe(200);
    }
  });

  it("is a 404 where there is no admin key", async () => {
    expect(await readError(await createGateway().request("/usage"))).toMatchObject({ status: 404 });
  });
});

describe("GET /openapi.json", () => {
  it("is the OpenAPI document, without a key, with or without the playground", async () => {
    for (const PLAYGROUND of ["true", "false"]) {
      const response = await createGateway({ PLAYGROUND }).request("/openapi.json");
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toMatch(/^application\/json/);
      expect(await response.json()).toEqual({ openapi: "3.1.1" });
    }
  });

  it("may be read by pages of every origin, whatever CORS_ORIGINS says of the API", async () => {
    for (const CORS_ORIGINS of ["*", "https://app.test"]) {
      const gateway = createGateway({ CORS_ORIGINS });
      const response = await gateway.request("/openapi.json", { headers: { origin: "https://other.test" } });
      expect(response.headers.get("access-control-allow-origin")).toBe("*");
    }
  });

  it("is a 404 where there are no static files", async () => {
    expect(await readError(await createGateway({ ASSETS: undefined }).request("/openapi.json"))).toMatchObject({
      status: 404,
    });
  });
});

describe("GET /docs", () => {
  it("is a page without a key, whoever asks", async () => {
    const response = await createGateway().request("/docs");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await response.text()).toContain("reference");
  });

  it("is a 404 where PLAYGROUND is false, and where there are no static files", async () => {
    for (const vars of [{ PLAYGROUND: "false", ADMIN_KEY: "sk-admin-key-of-a-test" }, { ASSETS: undefined }]) {
      expect(await readError(await createGateway(vars).request("/docs"))).toMatchObject({ status: 404 });
    }
  });

  it("may run its own scripts and call this gateway, and nothing else; only its styles may be inline", async () => {
    const { headers } = await createGateway().request("/docs");
    const policy = headers.get("content-security-policy")?.split("; ") ?? [];
    for (const directive of [
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
    ]) {
      expect(policy).toContain(directive);
    }
    expect(policy.filter((directive) => /unsafe|https?:|\*/.test(directive))).toEqual([
      "style-src 'self' 'unsafe-inline'",
    ]);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
  });

  it("answers no other method than GET and HEAD", async () => {
    const response = await createGateway().request("/docs", { method: "POST" });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
  });
});

describe("the files of the pages", () => {
  it("are served under /assets, and not again to whoever has them", async () => {
    const response = await createGateway().request("/assets/playground.js");
    expect(await response.text()).toBe("go()");
    const again = await createGateway().request("/assets/playground.js", { headers: { "if-none-match": '"1"' } });
    expect(again.status).toBe(304);
  });

  it.each([
    "/assets/none.js",
    "/assets/playground.html",
    "/assets/openapi.json",
    "/assets/..%2fplayground.js",
    "/assets/",
    "/playground.html",
  ])("do not include %s", async (path) => {
    expect(await readError(await createGateway().request(path))).toMatchObject({ status: 404, code: null });
  });

  it("are not there where PLAYGROUND is false and there is no admin key", async () => {
    const response = await createGateway({ PLAYGROUND: "false" }).request("/assets/playground.js");
    expect(response.status).toBe(404);
  });

  it.each(["/", "/assets/playground.js"])("come with headers that fence them in: %s", async (path) => {
    const { headers } = await createGateway().request(path, browser);
    const policy = headers.get("content-security-policy")?.split("; ") ?? [];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy.join()).not.toMatch(/unsafe|https?:|\*/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  });

  it.each(["/", "/usage", "/openapi.json", "/assets/playground.js"])("name their request: %s", async (path) => {
    const { headers } = await createGateway({ ADMIN_KEY: "sk-admin-key-of-a-test" }).request(path, browser);
    expect(headers.get("x-request-id")).toMatch(/^req_[0-9a-f]{32}$/);
  });

  it("answer no other method than GET and HEAD", async () => {
    const response = await createGateway().request("/assets/playground.js", { method: "POST" });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
  });
});
