import { describe, expect, it } from "vitest";
import * as z from "zod";
import { faultModels } from "../../src/emulator/faults/fault-table.ts";
import { createTestGateway } from "../support/gateway.ts";
import { readNamedEvents } from "../support/named-events.ts";
import { checkMessageStream } from "./support/check-message-stream.ts";

const gateway = createTestGateway({
  extraEntries: faultModels,
  emulator: { faultDelayMs: 20 },
  vars: { STALL_TIMEOUT_MS: "100", FIRST_TOKEN_TIMEOUT_MS: "100", RESPONSE_TIMEOUT_MS: "150", MAX_ATTEMPTS: "1" },
});

const request = {
  max_tokens: 500,
  messages: [{ role: "user", content: "Say exactly: 2 + 2 = 4" }],
  tools: [{ name: "get_weather", input_schema: { type: "object", properties: { city: { type: "string" } } } }],
};

const errorBody = z.strictObject({
  type: z.literal("error"),
  error: z.strictObject({ type: z.string(), message: z.string().min(1) }),
  request_id: z.string().regex(/^req_/),
});

const message = z.looseObject({
  type: z.literal("message"),
  content: z.array(z.looseObject({ type: z.enum(["text", "tool_use"]) })),
  stop_reason: z.enum(["end_turn", "max_tokens", "tool_use", "refusal"]),
  usage: z.looseObject({ input_tokens: z.number(), output_tokens: z.number() }),
});

// A hundred thousand events are a matter of speed, not of form, and take seconds here.
const ids = faultModels.map(({ id }) => id).filter((id) => id !== "@emulator/very-many-events");

describe("whatever Workers AI sends to the Messages API", () => {
  it.each(ids)("a stream is Anthropic's up to its end, which is one: %s", async (model) => {
    const response = await gateway.post("/v1/messages", { ...request, model, stream: true });
    const text = await response.text();
    const last = response.ok ? readNamedEvents(text).at(-1) : { name: "error", data: JSON.parse(text) as unknown };
    const error = last?.name === "error" ? last.data : undefined;
    const problems = error === undefined ? checkMessageStream(text).problems : problemsOf(errorBody, error);
    const isComplete = text.includes("event: message_stop");
    expect({ problems, isComplete }).toEqual({ problems: [], isComplete: error === undefined });
  });

  it.each(ids)("a whole answer is a message, or an error in Anthropic's form: %s", async (model) => {
    const response = await gateway.post("/v1/messages", { ...request, model });
    expect(problemsOf(response.ok ? message : errorBody, await response.json())).toEqual([]);
  });
});

function problemsOf(schema: z.ZodType, value: unknown): readonly string[] {
  return schema.safeParse(value).error?.issues.map(({ path, message: text }) => `${path.join(".")}: ${text}`) ?? [];
}
