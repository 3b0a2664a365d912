import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { createResponseId, toResponseIdOfItem } from "../../src/openai/ids.ts";
import { inputItem } from "../../src/openai/responses-item.ts";
import { toStoredItems } from "../../src/translate/stored-items.ts";
import { findViolations, publishedSchema } from "../support/published-schemas.ts";

const items = z.array(inputItem);
const responseId = createResponseId();

const text = fc.string({ maxLength: 5 });
const id = fc.option(fc.constantFrom("msg_a", "msg_b", "fc_a"), { nil: undefined });
const status = fc.constantFrom(undefined, "completed", "incomplete");
const members = { id, status };
const inputText = fc.record({ type: fc.constantFrom("input_text", "text"), text });
const image = fc.record({
  type: fc.constant("input_image"),
  image_url: fc.constant("data:image/png;base64,AA=="),
  detail: fc.constantFrom(undefined, "low", "auto", "odd"),
});
const outputText = fc.record({ type: fc.constant("output_text"), text, annotations: fc.constant([]) });
const refusal = fc.record({ type: fc.constant("refusal"), refusal: text });
const callId = fc.constantFrom("call_a", "call_b");
const output = fc.oneof(text, fc.array(fc.oneof(inputText, image)));

const anyItem = fc.oneof(
  fc.record({
    ...members,
    role: fc.constantFrom("user", "system", "developer"),
    content: fc.oneof(text, fc.array(fc.oneof(inputText, image))),
  }),
  fc.record({
    ...members,
    role: fc.constant("assistant"),
    content: fc.oneof(text, fc.array(fc.oneof(outputText, refusal))),
    phase: fc.constantFrom(undefined, "commentary", "final_answer", "odd"),
  }),
  fc.record({
    ...members,
    type: fc.constant("function_call"),
    call_id: callId,
    name: fc.constant("f"),
    arguments: text,
  }),
  fc.record({ ...members, type: fc.constant("function_call_output"), call_id: callId, output }),
  fc.record({
    ...members,
    type: fc.constant("reasoning"),
    summary: fc.constant([]),
    content: fc.array(fc.record({ type: fc.constant("reasoning_text"), text })),
  }),
  fc.record({ ...members, type: fc.constant("compaction"), encrypted_content: text }),
);

describe("the items of a request as they are stored", () => {
  it("have the form of Open Responses and ids of their own, whatever the client wrote", () => {
    const schema = publishedSchema("open-responses/ItemField");
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 6 }), (written) => {
        const stored = toStoredItems(items.parse(written), responseId);
        expect(stored).toHaveLength(written.length);
        for (const item of stored) expect([item, findViolations(item, schema)]).toEqual([item, []]);
        expect(new Set(stored.map((item) => item.id)).size).toBe(stored.length);
      }),
      { numRuns: 300 },
    );
  });

  it("read again mean the same, and are stored again as they are", () => {
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 6 }), (written) => {
        const stored = toStoredItems(items.parse(written), responseId);
        expect(toStoredItems(items.parse(stored), createResponseId())).toEqual(stored);
      }),
      { numRuns: 300 },
    );
  });

  it("are what the user says, where the input is a text", () => {
    const content = [{ type: "input_text", text: "Hello!" }];
    const message = { type: "message", role: "user", status: "completed", content };
    expect(toStoredItems("Hello!", responseId)).toEqual([{ id: expect.any(String), ...message }]);
    expect(toStoredItems(undefined, responseId)).toEqual([]);
  });

  it("leave out what means nothing here, and keep custom calls", () => {
    const call = {
      type: "custom_tool_call",
      id: "ctc_1",
      call_id: "call_1",
      name: "sql",
      input: "select 1",
      status: "completed",
    };
    const result = {
      type: "custom_tool_call_output",
      id: "ctco_1",
      call_id: "call_1",
      output: "1",
      status: "completed",
    };
    const written = [{ type: "web_search_call", id: "ws_1" }, call, result];
    expect(toStoredItems(items.parse(written), responseId)).toEqual([call, result]);
  });

  it("have ids that name their response", () => {
    const [item] = toStoredItems("Hello!", responseId);
    expect(toResponseIdOfItem(item?.id ?? "")).toBe(responseId);
    expect(toResponseIdOfItem("msg_short")).toBeUndefined();
    expect(toResponseIdOfItem("")).toBeUndefined();
  });
});
