import { execFile } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checks } from "../../scripts/smoke/checks.ts";
import { runCheck } from "../../scripts/smoke/run-check.ts";
import { createApp } from "../../src/app.ts";
import { startDevServer, type DevServer } from "../readme/dev-server.ts";

/** `npm run smoke`, run against `npm run dev`. */

let server: DevServer;
beforeAll(async () => {
  server = await startDevServer();
}, 90_000);
afterAll(() => server.stop(), 20_000);

interface Run {
  readonly code: number;
  readonly output: string;
}

function smoke(...args: readonly string[]): Promise<Run> {
  const env = { ...process.env, FLAREGATE_ADMIN_KEY: "", NO_PROXY: "*", no_proxy: "*" };
  return new Promise((resolve) => {
    execFile(process.execPath, ["scripts/smoke.ts", ...args], { env, timeout: 60_000 }, (error, stdout) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout });
    });
  });
}

/** The pattern of a route as an expression of ours: `:id` is one part of a path, `:id{.+}` any number. */
function toExpression(pattern: string): RegExp {
  const parts = pattern.split("/").map((part) => {
    if (/^:\w+\{\.\+\}$/.test(part)) return ".+";
    return part.startsWith(":") ? "[^/]+" : part.replaceAll(".", "\\.");
  });
  return new RegExp(`^${parts.join("/")}$`);
}

it("the smoke test asks every URL of the gateway with each of its methods", () => {
  const routes = createApp().routes.filter(({ method }) => ["GET", "POST", "DELETE"].includes(method));
  const asked = checks.map(({ method, path }) => ({
    method: method === "SOCKET" ? "GET" : method,
    path: path.replace(/\?.*/, ""),
  }));
  const missing = routes
    .filter(({ method, path }) => !asked.some((one) => one.method === method && toExpression(path).test(one.path)))
    .map(({ method, path }) => `${method} ${path}`);
  expect(routes.length).toBeGreaterThan(40);
  expect([...new Set(missing)]).toEqual([]);
});

it("a check of the admin API without the admin key asks nothing, and says what it needs", async () => {
  const target = {
    origin: "http://127.0.0.1:9",
    key: "sk-local",
    admin: { missing: "set FLAREGATE_ADMIN_KEY" },
    limitMs: 1000,
  };
  const verdicts = await Promise.all(
    checks
      .filter(({ as }) => as === "admin" || as === "made")
      .map(async (check) => {
        const { result } = await runCheck(check, target, {});
        return [check.as, result.verdict, result.status, result.note];
      }),
  );
  expect(verdicts.length).toBeGreaterThan(10);
  expect(new Set(verdicts.map((verdict) => verdict.join()))).toEqual(
    new Set(["admin,not there,,set FLAREGATE_ADMIN_KEY", "made,not there,,needs a key that was made"]),
  );
});

describe("the smoke test", () => {
  it("finds every endpoint of a sound gateway in order", async () => {
    const { code, output } = await smoke(server.origin, "sk-local", "--json");
    const { results }: { results: { name: string; verdict: string; note: string }[] } = JSON.parse(output);
    expect(results.filter(({ verdict }) => verdict !== "ok")).toEqual([]);
    expect(results.length).toBeGreaterThan(55);
    expect(code).toBe(0);
  }, 90_000);

  it("prints a line for each, takes the base URL that clients have, and asks what is chosen", async () => {
    const { code, output } = await smoke(`${server.origin}/v1/`, "sk-local", "--only", "model");
    expect(output).toMatch(/^ok +models +GET \/v1\/models .* 200 +\d+ ms/m);
    expect(output.trimEnd().split("\n").at(-1)).toBe(`${server.origin}: 2 ok, 0 failed, 0 not there`);
    expect(code).toBe(0);
  }, 60_000);

  it("fails with a key that is wrong, and says why", async () => {
    const { code, output } = await smoke(server.origin, "sk-other", "--only", "chat");
    expect(output).toMatch(/^failed +chat .* 401 .*Incorrect API key provided\./m);
    expect(code).toBe(1);
  }, 60_000);

  it("fails where nobody answers", async () => {
    const { code, output } = await smoke("http://127.0.0.1:9", "sk-local", "--only", "health");
    expect(output).toMatch(/^failed +health /m);
    expect(code).toBe(1);
  }, 60_000);
});
