import { describe, expect, it, vi } from "vitest";
import { createBinding, nativeAnswer } from "../support/binding.ts";
import { captureConsole } from "../support/console-lines.ts";
import { readError } from "../support/error-answer.ts";
import { createTestGateway } from "../support/gateway.ts";

const body = {
  model: "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
  messages: [{ role: "user", content: "Hello" }],
};

async function ask(vars: Readonly<Record<string, unknown>>, authorization: string | null) {
  const binding = createBinding(() => nativeAnswer());
  const gateway = createTestGateway({ binding, vars, authorization });
  const response = await gateway.post("/v1/chat/completions", body);
  return { response, calls: binding.calls.length };
}

async function refuse(vars: Readonly<Record<string, unknown>>, authorization: string | null) {
  const { response, calls } = await ask(vars, authorization);
  expect(calls).toBe(0);
  const error = await readError(response);
  expect(error).toMatchObject({ status: 401, type: "invalid_request_error", param: null });
  return error;
}

const keys = { API_KEYS: "sk-first\nteam:sk-second,sk-last" };

describe("a request without a key", () => {
  it.each([
    [null],
    [""],
    ["Bearer"],
    ["Bearer "],
    ["bearer"],
    ["Basic c2stZmlyc3Q6"],
    ["sk-first"],
    ["Bearersk-first"],
  ])("B1: authorization %j is a 401 that says how to send one", async (authorization) => {
    const { code, message } = await refuse(keys, authorization);
    expect(code).toBeNull();
    expect(message).toMatch(/^You didn't provide an API key\./);
  });

  it("B1: two authorization headers are a 401", async () => {
    expect(await refuse(keys, "Bearer sk-first, Bearer sk-second")).toMatchObject({ code: null });
  });
});

describe("a wrong key", () => {
  it.each(["sk-firsu", "sk-firs", "sk-firstt", "SK-FIRST", "team:sk-second", "team", "sk-", "x"])(
    "B2: %s is a 401 invalid_api_key",
    async (key) => {
      expect(await refuse(keys, `Bearer ${key}`)).toMatchObject({
        code: "invalid_api_key",
        message: "Incorrect API key provided.",
      });
    },
  );

  it.each(["sk-\u00e9", "sk-\u00ff\u0080", "k".repeat(100_000), "sk-first%00", "sk-first\u00a0"])(
    "B3: a key with odd characters or of 100 KB is a 401 (%#)",
    async (key) => {
      expect(await refuse(keys, `Bearer ${key}`)).toHaveProperty("status", 401);
    },
  );
});

describe("a right key", () => {
  it.each(["Bearer sk-first", "bearer sk-first", "BEARER   sk-first", "Bearer sk-first  ", "Bearer sk-second"])(
    "B3: %j is accepted",
    async (authorization) => {
      expect((await ask(keys, authorization)).response.status).toBe(200);
    },
  );

  it("B4: the last of several is accepted", async () => {
    expect((await ask(keys, "Bearer sk-last")).response.status).toBe(200);
  });

  it("is needed for the list of models too", async () => {
    for (const path of ["/v1/models", "/v1/models/llama-3.3-70b", "/models"]) {
      const gateway = createTestGateway({ vars: keys, authorization: null });
      expect(await readError(await gateway.request(path))).toMatchObject({ status: 401 });
    }
  });
});

describe("without configured keys", () => {
  it.each([{ API_KEYS: "" }, { API_KEYS: " \n, " }, { API_KEYS: undefined }])(
    "B5: with %j everything is a 401 with a message for the operator",
    async (vars) => {
      for (const authorization of [null, "Bearer ", "Bearer sk-test", "Bearer undefined"]) {
        const { code, message } = await refuse(vars, authorization);
        expect(code).toBeNull();
        expect(message).toBe(
          "This gateway has no API keys yet. Its operator sets API_KEYS, or ADMIN_KEY to make some.",
        );
      }
    },
  );

  it("B5: the log says so once for an isolate", async () => {
    const lines = captureConsole();
    const gateway = createTestGateway({ vars: { API_KEYS: "" } });
    for (let round = 0; round < 3; round += 1) await gateway.request("/v1/models");
    vi.restoreAllMocks();
    expect(lines.filter((line) => line.includes("API_KEYS"))).toEqual([
      JSON.stringify({
        event: "warning",
        message: "Neither API_KEYS nor ADMIN_KEY is set and ALLOW_ANONYMOUS is not true: every request is refused.",
      }),
    ]);
  });
});

describe("ALLOW_ANONYMOUS", () => {
  it.each([[null], [""], ["Bearer "]])("serves a request without a key: %j", async (authorization) => {
    for (const vars of [
      { ALLOW_ANONYMOUS: "true", API_KEYS: "" },
      { ALLOW_ANONYMOUS: true, ...keys },
    ]) {
      expect((await ask(vars, authorization)).response.status).toBe(200);
    }
  });

  it("refuses a wrong key where keys are configured", async () => {
    for (const authorization of ["Bearer sk-wrong", "Basic c2stZmlyc3Q6"]) {
      expect(await refuse({ ALLOW_ANONYMOUS: "true", ...keys }, authorization)).toHaveProperty("status", 401);
    }
  });

  it("takes any key where none is configured", async () => {
    expect((await ask({ ALLOW_ANONYMOUS: "true", API_KEYS: "" }, "Bearer sk-any")).response.status).toBe(200);
  });
});

async function status(headers: Readonly<Record<string, string>>): Promise<number> {
  const binding = createBinding(() => nativeAnswer());
  const gateway = createTestGateway({ binding, vars: keys, authorization: null });
  return (await gateway.post("/v1/chat/completions", body, headers)).status;
}

describe("a key in x-api-key, as Anthropic's clients send it", () => {
  it("lets a request in, also beside an empty bearer token", async () => {
    expect(await status({ "x-api-key": "sk-second" })).toBe(200);
    expect(await status({ "x-api-key": "sk-second", authorization: "Bearer " })).toBe(200);
  });

  it("is compared like any other", async () => {
    expect(await status({ "x-api-key": "sk-secone" })).toBe(401);
    expect(await status({ "x-api-key": "sk-first sk-second" })).toBe(401);
    expect(await status({ "x-api-key": "" })).toBe(401);
  });

  it("counts for nothing beside a bearer token", async () => {
    expect(await status({ "x-api-key": "sk-second", authorization: "Bearer sk-wrong" })).toBe(401);
    expect(await status({ "x-api-key": "sk-wrong", authorization: "Bearer sk-second" })).toBe(200);
  });
});
