import { describe, expect, it } from "vitest";
import { toErrorFromFrame, toErrorFromResponse, toErrorFromThrown } from "../../src/workers-ai/upstream-error.ts";

/** What a caller reads of an upstream failure. */
function messageOf(internalCode: number, description: string): string {
  return toErrorFromResponse(400, JSON.stringify({ internalCode, description }), undefined).message;
}

describe("the message of an error number", () => {
  it.each([
    ["the upstream's own words, of what is wrong with a request", 5006, "x", "Workers AI refused the request: x"],
    ["the upstream's own words alone, of a retired model", 5028, "Retired in May.", "Retired in May."],
    ["the engine's own words", 8007, '{"message":"x","code":400}', "Workers AI refused the request: x"],
    ["the engine's own words, also without a status", 8007, "x", "Workers AI refused the request: x"],
    [
      "the gateway's, where the upstream's are not for a caller",
      3003,
      "x",
      "The gateway sent Workers AI an incomplete request.",
    ],
    ["the gateway's, where the upstream has none", 5028, "", "Workers AI has retired this model."],
  ])("is in %s (%i %s)", (_fact, code, description, message) => {
    expect(messageOf(code, description)).toBe(message);
  });

  it("names the field that the validator names, and else the one of the number", () => {
    const description = "Type mismatch of '/tool_choice/type', 'string' not in 'null'";
    for (const [words, param] of [
      [description, "tool_choice.type"],
      ["x", "tool_choice"],
    ] as const) {
      const body = JSON.stringify({ internalCode: 8006, description: words });
      expect(toErrorFromResponse(400, body, undefined).param).toBe(param);
    }
  });
});

describe("a failure within a stream", () => {
  it.each([
    [{ error: { message: "x" } }, "The model failed while it answered."],
    [{ error: "x" }, "The model failed while it answered."],
    [{ error: { message: "x", code: 500 } }, "Workers AI failed to answer."],
  ])("of an engine may be repeated, and its words are not shown: %j", (frame, message) => {
    expect(toErrorFromFrame(frame)).toMatchObject({ kind: "upstream_failed", retryable: true, message });
  });
});

describe("an answer that is neither a success nor an error", () => {
  it.each([302, 304, 399])("is a failure of the upstream (%i)", (status) => {
    expect(toErrorFromResponse(status, "", undefined)).toMatchObject({ kind: "upstream_failed", retryable: true });
  });
});

describe("what the binding throws", () => {
  it.each(["Binding AI needs to be run remotely", "Error: AiError: 3040: x", "lost"])(
    "is the cause of the error that it becomes (%s)",
    (message) => {
      const thrown = new Error(message);
      expect(toErrorFromThrown(thrown).cause).toBe(thrown);
    },
  );
});
