import { describe, expect, it } from "vitest";
import { conversationForms, parameterForms } from "../support/client-forms.ts";
import { createTestGateway } from "../support/gateway.ts";

/** One of each wire format; the forms are the client's, and no model's business. */
const models = ["@cf/meta/llama-3.3-70b-instruct-fp8-fast", "@cf/openai/gpt-oss-120b"];

/** Whether the request is taken; 502 is a model's failure to do as it was told, which is another matter. */
async function post(request: object): Promise<string> {
  const response = await createTestGateway().post("/v1/chat/completions", request);
  return response.status === 200 || response.status === 502 ? "accepted" : response.text();
}

describe.each(models)("for %s a conversation is accepted with", (model) => {
  it.each(conversationForms.filter(([name]) => !name.startsWith("an image")))("%s", async (_name, messages) => {
    expect(await post({ model, messages })).toBe("accepted");
  });
});

describe.each(models)("for %s a request is accepted with", (model) => {
  it.each(parameterForms)("%s", async (_name, members) => {
    expect(await post({ model, messages: [{ role: "user", content: "Hello" }], ...members })).toBe("accepted");
  });
});
