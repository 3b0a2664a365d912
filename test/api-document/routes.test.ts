import { describe, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import { operations } from "./support/operations.ts";

/** `GET /v1/models/{id}` for each route of the app that serves a method. */
function servedOperations(): string[] {
  const routes = createApp().routes.filter(({ method, path }) => method !== "ALL" && !path.endsWith("*"));
  return routes.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)(?:\{[^}]*\})?/g, "{$1}")}`);
}

describe("the OpenAPI document", () => {
  it("has every route of the app, and no other", () => {
    const described = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(described.toSorted()).toEqual([...new Set(servedOperations())].toSorted());
  });

  it("names each operation once, in the words of a function", () => {
    const names = operations.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][A-Za-z]+$/);
  });
});
