import { describe, expect, it } from "vitest";
import { GatewayError } from "../../src/errors.ts";
import { toResponsesError, toResponsesReport } from "../../src/translate/responses-names.ts";

const places = ["instructions", "previous_response_id", "input[0]", "input[4]", "input[5].output"];

function rename(param: string, message = `Invalid value for '${param}': it is wrong.`): GatewayError {
  return toResponsesError(new GatewayError("invalid_value", message, { param }), places);
}

describe("toResponsesError", () => {
  it.each([
    ["messages", "input"],
    ["messages[0].content", "instructions"],
    ["messages[1].content[0].type", "previous_response_id"],
    ["messages[2].content[1].type", "input[0].content[1].type"],
    ["messages[3].content[0].image_url.url", "input[4].content[0].image_url"],
    ["messages[3].tool_calls", "input[4]"],
    ["messages[4].content[0].image_url.url", "input[5].output"],
    ["messages[9].content", "input"],
    ["max_completion_tokens", "max_output_tokens"],
    ["max_tokens", "max_output_tokens"],
    ["response_format", "text.format"],
    ["response_format.json_schema.schema", "text.format.schema"],
    ["reasoning_effort", "reasoning.effort"],
    ["logprobs", "include"],
    ["tools[1].function.name", "tools[1].name"],
    ["tool_choice.custom.name", "tool_choice.name"],
    ["tool_choice.allowed_tools.tools[0].function.name", "tool_choice.tools[0].name"],
    ["temperature", "temperature"],
    ["model", "model"],
  ])("calls %s %s, in the message too", (param, named) => {
    const error = rename(param);
    expect([error.param, error.message]).toEqual([named, `Invalid value for '${named}': it is wrong.`]);
  });

  it("keeps what else there is of an error", () => {
    const details = {
      param: "messages",
      retryable: true,
      retryAfterSeconds: 3,
      upstreamCode: 5006,
      cause: new Error("x"),
    };
    const error = toResponsesError(new GatewayError("out_of_capacity", "No capacity.", details), places);
    expect(error).toMatchObject({ ...details, kind: "out_of_capacity", param: "input", message: "No capacity." });
    const unnamed = new GatewayError("internal", "It failed.");
    expect(toResponsesError(unnamed, places)).toBe(unnamed);
  });

  it("speaks of the input where it is too long", () => {
    const message = "However, your messages resulted in at least 9 tokens. Please reduce the length of the messages.";
    const error = toResponsesError(new GatewayError("context_length_exceeded", message, { param: "messages" }), places);
    expect(error.message).toBe(
      "However, your input resulted in at least 9 tokens. Please reduce the length of the input.",
    );
  });
});

describe("toResponsesReport", () => {
  it("names parameters as the request does, in the same order", () => {
    const report = toResponsesReport(
      new Map([
        ["max_completion_tokens", "adjusted"],
        ["tools", "emulated"],
      ] as const),
    );
    expect([...report]).toEqual([
      ["max_output_tokens", "adjusted"],
      ["tools", "emulated"],
    ]);
  });
});
