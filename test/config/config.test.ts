import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/config.ts";
import { GatewayError } from "../../src/errors.ts";

function readProblems(environment: object): string {
  try {
    parseConfig(environment);
  } catch (error) {
    if (error instanceof GatewayError && error.cause instanceof GatewayError) return error.cause.message;
    throw error;
  }
  throw new Error("the configuration is accepted");
}

describe("parseConfig", () => {
  it("has a default for everything", () => {
    expect(parseConfig({ AI: {}, SOMETHING_ELSE: "x" })).toEqual({
      API_KEYS: [],
      ALLOW_ANONYMOUS: false,
      MODEL_ALIASES: {},
      MODEL_FALLBACKS: {},
      FIRST_TOKEN_TIMEOUT_MS: 60_000,
      RESPONSE_TIMEOUT_MS: 180_000,
      STALL_TIMEOUT_MS: 30_000,
      STREAM_WINDOW_MS: 10,
      REQUEST_TIMEOUT_MS: 600_000,
      MAX_ATTEMPTS: 3,
      MAX_BODY_BYTES: 20_971_520,
      CORS_ORIGINS: ["*"],
      STORE_RESPONSES: true,
      RESPONSE_LIFETIME_DAYS: 30,
      AI_GATEWAY_ID: "",
      AI_GATEWAY_CACHE_TTL: 0,
      STRICT_PARAMETERS: false,
      PLAYGROUND: true,
    });
  });

  it.each([
    ["ALLOW_ANONYMOUS", "true", true],
    ["ALLOW_ANONYMOUS", "false", false],
    ["ALLOW_ANONYMOUS", true, true],
    ["STRICT_PARAMETERS", true, true],
    ["STRICT_PARAMETERS", "true", true],
    ["MODEL_ALIASES", '{"gpt-4o":"@cf/a/b"}', { "gpt-4o": "@cf/a/b" }],
    ["MODEL_ALIASES", { "gpt-4o": "@cf/a/b" }, { "gpt-4o": "@cf/a/b" }],
    ["MODEL_FALLBACKS", '{"@cf/a/b":["@cf/a/c"]}', { "@cf/a/b": ["@cf/a/c"] }],
    ["MODEL_FALLBACKS", { "@cf/a/b": ["@cf/a/c"] }, { "@cf/a/b": ["@cf/a/c"] }],
    ["FIRST_TOKEN_TIMEOUT_MS", "5000", 5000],
    ["RESPONSE_TIMEOUT_MS", 5000, 5000],
    ["STALL_TIMEOUT_MS", " 5000\n", 5000],
    ["REQUEST_TIMEOUT_MS", "1", 1],
    ["STREAM_WINDOW_MS", "0", 0],
    ["MAX_ATTEMPTS", "1", 1],
    ["MAX_BODY_BYTES", "1024", 1024],
    ["CORS_ORIGINS", "https://a.example, http://localhost:3000/", ["https://a.example", "http://localhost:3000"]],
    ["CORS_ORIGINS", ["https://A.example"], ["https://a.example"]],
    ["CORS_ORIGINS", "tauri://localhost", ["tauri://localhost"]],
    ["CORS_ORIGINS", "", []],
  ])("reads %s from %j", (name, value, meaning) => {
    expect(parseConfig({ [name]: value })).toHaveProperty([name], meaning);
  });

  it.each([
    ["API_KEYS", "secret-value"],
    ["API_KEYS", 5],
    ["ALLOW_ANONYMOUS", "yes-secret-value"],
    ["ALLOW_ANONYMOUS", "1"],
    ["MODEL_ALIASES", "secret-value"],
    ["MODEL_ALIASES", '["secret-value"]'],
    ["MODEL_ALIASES", '{"a":5}'],
    ["MODEL_ALIASES", '{"":"secret-value"}'],
    ["MODEL_FALLBACKS", '{"a":"secret-value"}'],
    ["MODEL_FALLBACKS", "null"],
    ["STALL_TIMEOUT_MS", "30s"],
    ["STALL_TIMEOUT_MS", "-1"],
    ["STALL_TIMEOUT_MS", "1.5"],
    ["STALL_TIMEOUT_MS", "0"],
    ["STALL_TIMEOUT_MS", "3600001"],
    ["STALL_TIMEOUT_MS", Number.NaN],
    ["MAX_ATTEMPTS", "0"],
    ["MAX_ATTEMPTS", ""],
    ["MAX_ATTEMPTS", "11"],
    ["MAX_BODY_BYTES", "1e9"],
    ["MAX_BODY_BYTES", "999999999999"],
    ["CORS_ORIGINS", "a.example"],
    ["CORS_ORIGINS", "https://a.example/path"],
    ["CORS_ORIGINS", 5],
    ["STRICT_PARAMETERS", "TRUE"],
  ])("names %s, and not its value, when it is %j", (name, value) => {
    const problems = readProblems({ [name]: value });
    expect(problems).toMatch(new RegExp(`^${name}: (?:expected|entry 1) `));
    expect(problems).not.toContain("secret-value");
  });

  it("reports all problems at once", () => {
    const problems = readProblems({ API_KEYS: "sk-good\nbad,worse", MAX_ATTEMPTS: "many", MODEL_ALIASES: "{" });
    expect(problems.split("; ")).toEqual([
      "API_KEYS: entry 2 is none of sk-…, name:sk-… and name:sha256:<64 hexadecimal digits>",
      "API_KEYS: entry 3 is none of sk-…, name:sk-… and name:sha256:<64 hexadecimal digits>",
      "MODEL_ALIASES: expected a JSON object of alias to model id",
      "MAX_ATTEMPTS: expected a whole number from 1 to 10",
    ]);
  });

  it("tells a caller that something is wrong, and not what", () => {
    expect(() => parseConfig({ MAX_ATTEMPTS: "many" })).toThrow(
      "The gateway is not configured correctly; its log says what is wrong.",
    );
  });
});

describe("API_KEYS", () => {
  const digest = "ab".repeat(32);

  it.each([
    ["sk-one", [{ name: "key-1", secret: { kind: "plain", key: "sk-one" } }]],
    ["team:sk-one", [{ name: "team", secret: { kind: "plain", key: "sk-one" } }]],
    [`ci:sha256:${digest.toUpperCase()}`, [{ name: "ci", secret: { kind: "sha256", hex: digest } }]],
    [`sha256:${digest}`, [{ name: "key-1", secret: { kind: "sha256", hex: digest } }]],
    [
      "\r\n team:sk-one ,\r\nsk-two\r\n",
      [
        { name: "team", secret: { kind: "plain", key: "sk-one" } },
        { name: "key-2", secret: { kind: "plain", key: "sk-two" } },
      ],
    ],
    ["sk-with:colon", [{ name: "key-1", secret: { kind: "plain", key: "sk-with:colon" } }]],
    ["sk-left:sk-right", [{ name: "key-1", secret: { kind: "plain", key: "sk-left:sk-right" } }]],
    ["", []],
    [" ,\n, ", []],
  ])("reads %j", (text, keys) => {
    expect(parseConfig({ API_KEYS: text }).API_KEYS).toEqual(keys);
  });

  it.each(["sk-", "team:", "team:sk-", "my team:sk-one", "password", "team:sha256:abcd", "sk-one two", "sk-ключ"])(
    "refuses %j",
    (text) => {
      expect(readProblems({ API_KEYS: text })).toMatch(/^API_KEYS: entry 1 is none of/);
    },
  );
});
