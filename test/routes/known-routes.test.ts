import { LinearRouter } from "hono/router/linear-router";
import { describe, expect, it, vi } from "vitest";
import { rememberRoutes } from "../../src/routes/known-routes.ts";

function createRouter() {
  const router = new LinearRouter<string>();
  const match = vi.spyOn(router, "match");
  const remembering = rememberRoutes(router);
  remembering.add("ALL", "*", "middleware");
  remembering.add("POST", "/v1/chat/completions", "chat");
  remembering.add("GET", "/v1/models/:id{.+}", "model");
  return { remembering, match };
}

describe("rememberRoutes", () => {
  it("asks the router once for a path without parameters, for each method", () => {
    const { remembering, match } = createRouter();
    const first = remembering.match("POST", "/v1/chat/completions");
    expect(first[0].map(([handler]) => handler)).toEqual(["middleware", "chat"]);
    expect(remembering.match("POST", "/v1/chat/completions")).toBe(first);
    expect(match).toHaveBeenCalledOnce();
    expect(remembering.match("GET", "/v1/chat/completions")[0].map(([handler]) => handler)).toEqual(["middleware"]);
  });

  it.each([
    ["GET", "/v1/models/@cf/meta/llama"],
    ["GET", "/nowhere"],
    ["POST", "/v1/chat/completions/"],
    ["PROPFIND", "/v1/chat/completions"],
  ])("keeps nothing of %s %s, of which callers can send any number", (method, path) => {
    const { remembering, match } = createRouter();
    const first = remembering.match(method, path);
    expect(remembering.match(method, path)).toEqual(first);
    expect(match).toHaveBeenCalledTimes(2);
  });
});
