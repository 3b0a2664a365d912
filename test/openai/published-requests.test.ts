import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type * as z from "zod/mini";
import { chatRequest } from "../../src/openai/chat-request.ts";
import { completionRequest } from "../../src/openai/completion-request.ts";
import { responsesRequest } from "../../src/openai/responses-request.ts";
import { toRequestError } from "../../src/openai/request-error.ts";
import { publishedSchema } from "../support/published-schemas.ts";
import { arbitraryOf } from "../support/schema-arbitrary.ts";

/** What OpenAI's description allows and the gateway refuses, each as OpenAI's service does; by parameter and message. */
const stricterThanPublished: readonly (readonly [RegExp, string])[] = [
  // The description says in words what the names of functions, tools and schemas may be, and gives no pattern.
  [
    /(?:^tools\[\d+\]\.(?:function|custom)|^functions\[\d+\]|^response_format\.json_schema)\.name$/,
    "expected 1 to 64 letters",
  ],
  // A name that has no letter names nothing.
  [/(?:^model|\.name)$/, "expected at least 1 character."],
  [/image_url(?:\.url)?$/, "expected at least 1 character."],
  // The description gives no form to the tools of `allowed_tools`; only functions and custom tools exist.
  [/^tool_choice\.allowed_tools\.tools/, ""],
  [/^(?:previous_response_id|conversation(?:\.id)?|input\[\d+\]\.id)$/, "expected at least 1 character."],
  // Neither does it to those of a response; nor may there be none of them.
  [/^tool_choice\.tools/, ""],
  [/(?:^tools\[\d+\]|^text\.format)\.name$/, "expected 1 to 64 letters"],
  [/^tools\[\d+\]\.tools\[\d+\]\.name$/, "expected 1 to 128 letters"],
  // Open Responses requires neither a type nor a name of a format, and says bounds in words.
  [/^text\.format\.(?:type|name)$/, "Missing required parameter"],
  [/^(?:temperature|top_p|presence_penalty|frequency_penalty)$/, "expected at"],
  // It has results of calls with videos, which no model here reads.
  [/^input\[\d+\]\.output\[\d+\]\.type$/, "Supported values are"],
  // A result has to say of which call.
  [/^input\[\d+\]\.call_id$/, ""],
  // `prompt: []` is nothing to complete.
  [/^prompt$/, "expected at least 1 item."],
];

function explain(schema: z.ZodMiniType, request: unknown): string | undefined {
  const result = schema.safeParse(request, { reportInput: true });
  if (result.success) return undefined;
  const { param = "", message } = toRequestError(result.error.issues);
  const isKnown = stricterThanPublished.some(([pattern, text]) => pattern.test(param) && message.includes(text));
  return isKnown ? undefined : message;
}

describe("requests as OpenAI publishes them", () => {
  const options = { seed: 20_261_121, numRuns: 3000 };

  it("are accepted as chat completion requests", () => {
    fc.assert(
      fc.property(arbitraryOf(publishedSchema("CreateChatCompletionRequest")), (request) => {
        expect(explain(chatRequest, request)).toBeUndefined();
      }),
      options,
    );
  });

  it("are accepted as completion requests", () => {
    fc.assert(
      fc.property(arbitraryOf(publishedSchema("CreateCompletionRequest")), (request) => {
        expect(explain(completionRequest, request)).toBeUndefined();
      }),
      options,
    );
  });

  it("are accepted as requests for a response, where they name a model", () => {
    fc.assert(
      fc.property(arbitraryOf(publishedSchema("responses/CreateResponse")), (request) => {
        expect(explain(responsesRequest, Object.assign({ model: "m" }, request))).toBeUndefined();
      }),
      options,
    );
  });

  it("are accepted as Open Responses publishes them, where they name a model", () => {
    const published = publishedSchema("open-responses/CreateResponseBody");
    fc.assert(
      fc.property(arbitraryOf(published), fc.string({ minLength: 1 }), (request, model) => {
        expect(explain(responsesRequest, Object.assign({}, request, { model }))).toBeUndefined();
      }),
      options,
    );
  });

  it("are mostly accepted: the generator does not hide behind the exceptions", () => {
    const requests = fc.sample(arbitraryOf(publishedSchema("CreateChatCompletionRequest")), { seed: 1, numRuns: 1000 });
    const plain = requests.filter((request) => chatRequest.safeParse(request).success);
    expect(plain.length).toBeGreaterThan(100);
  });
});
