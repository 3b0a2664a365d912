import { describe, expect, it } from "vitest";
import { isErrorReport, readDescription, readReport } from "../../src/workers-ai/upstream-report.ts";
import type { UpstreamReport } from "../../src/workers-ai/upstream-report.ts";

const nothing: UpstreamReport = { code: undefined, innerStatus: undefined, description: "" };

describe("a JSON object", () => {
  it.each([
    { internalCode: 5006 },
    { internalCode: "5006" },
    { success: false },
    { errors: [{ code: 5006, message: "x" }] },
    { errors: [null] },
    { error: {} },
    { error: "x" },
    { message: "x" },
    { object: "error", message: "x", code: 400 },
  ])("reports a failure: %j", (value) => {
    expect(isErrorReport(value)).toBe(true);
  });

  it.each([
    {},
    { internalCode: null },
    { internalCode: "none" },
    { success: true },
    { success: null },
    { errors: [] },
    { errors: "x" },
    { error: null },
    { error: "" },
    { error: 0 },
    { error: [] },
    { message: "" },
    { message: null },
    { message: { content: "x" } },
    { message: "x", choices: [] },
    { message: "x", response: "a" },
    { success: true, errors: [], result: { response: "a" } },
  ])("reports no failure: %j", (value) => {
    expect(isErrorReport(value)).toBe(false);
  });
});

describe("a report", () => {
  it.each<[string, unknown, Partial<UpstreamReport>]>([
    ["that is no object is empty", "5006: x", {}],
    ["that is null is empty", null, {}],
    ["of nothing is empty", {}, {}],
    ["of an error that is no object is empty", { errors: [5] }, {}],
    ["of no errors is empty", { errors: [] }, {}],
    ["has the number in front of it", { internalCode: 5006, description: "x" }, { code: 5006, description: "x" }],
    ["has the number that is inside", { errors: [{ code: 5006, message: "x" }] }, { code: 5006, description: "x" }],
    ["has the first of its errors", { errors: [{ code: 5006 }, { code: 5007 }] }, { code: 5006 }],
    ["is a text alone", { error: "x" }, { description: "x" }],
    ["is an engine's own", { message: "x", code: 404 }, { innerStatus: 404, description: "x" }],
    ["has the number of its message", { error: { message: "5006: x" } }, { code: 5006, description: "x" }],
    [
      "prefers the number beside the message",
      { error: { code: 5007, message: "5006: x" } },
      { code: 5007, description: "x" },
    ],
    [
      "prefers the description",
      { internalCode: 5006, description: "x", message: "y" },
      { code: 5006, description: "x" },
    ],
    [
      "has the message without one",
      { internalCode: 5006, description: "", message: "y" },
      { code: 5006, description: "y" },
    ],
    ["takes no list for a description", { internalCode: 5006, description: ["x"] }, { code: 5006 }],
  ])("%s", (_fact, value, expected) => {
    expect(readReport(value)).toEqual({ ...nothing, ...expected });
  });

  it.each<[unknown, Partial<UpstreamReport>]>([
    [999, { innerStatus: 999 }],
    [1000, { code: 1000 }],
    ["400", { innerStatus: 400 }],
    ["10000", { code: 10_000 }],
    ["12", {}],
    ["123456", {}],
    ["-5006", {}],
    ["5006.0", {}],
    ["", {}],
    ["invalid_api_key", {}],
    [null, {}],
    [true, {}],
    [[5006], {}],
    [400.5, {}],
    [{}, {}],
  ])("has for the code %j: %j", (code, expected) => {
    expect(readReport({ error: { code, message: "x" } })).toEqual({ ...nothing, description: "x", ...expected });
  });
});

describe("a description", () => {
  it.each<[string, Partial<UpstreamReport>]>([
    ["", {}],
    ["x", { description: "x" }],
    ["  x \n", { description: "x" }],
    ["5006: x", { code: 5006, description: "x" }],
    ["5006:x", { code: 5006, description: "x" }],
    ["5006 : x", { code: 5006, description: "x" }],
    [" AiError:5006: x", { code: 5006, description: "x" }],
    ["AiError:  Error: 5006: x ", { code: 5006, description: "x" }],
    ["400: x", { innerStatus: 400, description: "x" }],
    ["999: x", { innerStatus: 999, description: "x" }],
    ["1000: x", { code: 1000, description: "x" }],
    ["5006x: y", { description: "5006x: y" }],
    ["12: x", { description: "12: x" }],
    ["123456: x", { description: "123456: x" }],
    ["see 5006: x", { description: "see 5006: x" }],
    ["A: B: C: D: E: 5006: x", { description: "A: B: C: D: E: 5006: x" }],
    ['{"message":"x","code":5006}', { code: 5006, description: "x" }],
    ['8007: {"error":{"message":"x","code":400}}', { code: 8007, innerStatus: 400, description: "x" }],
    ['8007: {"message":"x","code":5006}', { code: 8007, description: "x" }],
    ['400: {"message":"x","code":422}', { innerStatus: 400, description: "x" }],
    ["5006: {x", { code: 5006, description: "{x" }],
    ["5006: [1]", { code: 5006, description: "[1]" }],
    ["5006: <html>x</html>", { code: 5006 }],
    [" <html>x</html>", {}],
  ])("%j is read as %j", (description, expected) => {
    expect(readDescription(description)).toEqual({ ...nothing, ...expected });
  });

  it("is not searched for a number behind its first 200 characters", () => {
    expect(readDescription(`${" ".repeat(190)}5006: x`)).toEqual({ ...nothing, code: 5006, description: "x" });
    expect(readDescription(`${" ".repeat(200)}5006: x`)).toEqual({ ...nothing, description: "5006: x" });
  });

  it("is cut behind a thousand characters", () => {
    expect(readDescription("x".repeat(1000)).description).toHaveLength(1000);
    expect(readDescription("x".repeat(1001)).description).toHaveLength(1000);
  });
});
