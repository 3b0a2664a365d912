import { describe, expect, it } from "vitest";
import { createTestClient } from "./support/client.ts";
import { ask, GEMMA, LLAMA } from "./support/samples.ts";
import { checkChatStream } from "./support/check-chat-stream.ts";
import { checkChatCompletion } from "./support/check-completions.ts";

const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const functions = [{ name: "get_weather", description: "Get the current weather for a city", parameters }];
const messages = ask("What is the weather in Paris and in Rome?");

/** The form that `tools` replaced: one call an answer, no ids, and a finish reason of its own. */
describe.each([LLAMA, GEMMA])("functions with %s", (model) => {
  it("come back as function_call", async () => {
    const { client, exchanges } = createTestClient();
    const completion = await client.chat.completions.create({ model, messages, functions });
    expect(checkChatCompletion(completion)).toEqual([]);
    expect(exchanges[0]?.response.headers.get("x-flaregate-parameters")).toContain("functions=emulated");
    const [choice] = completion.choices;
    expect(choice?.finish_reason).toBe("function_call");
    expect(choice?.message.function_call).toEqual({ name: "get_weather", arguments: '{"city":"Paris"}' });
    expect(choice?.message).not.toHaveProperty("tool_calls");
  });

  it("come back as function_call deltas in a stream", async () => {
    const { client } = createTestClient();
    const response = await client.chat.completions.create({ model, messages, functions, stream: true }).asResponse();
    const { problems, choices } = checkChatStream(await response.text());
    expect(problems).toEqual([]);
    expect(choices[0]?.finishReason).toBe("function_call");
    expect(choices[0]?.functionCall).toEqual({ name: "get_weather", arguments: '{"city":"Paris"}' });
  });

  it("are answered with their result as a function message", async () => {
    const { client } = createTestClient();
    const { choices } = await client.chat.completions.create({
      model,
      functions,
      messages: [
        ...messages,
        { role: "assistant", content: null, function_call: { name: "get_weather", arguments: '{"city":"Paris"}' } },
        { role: "function", name: "get_weather", content: "21 degrees" },
      ],
    });
    expect(choices[0]?.message.content).toContain("21 degrees");
  });

  it("are not called where function_call is none, and one is called where it is named", async () => {
    const { client } = createTestClient();
    const none = await client.chat.completions.create({ model, messages, functions, function_call: "none" });
    expect(none.choices[0]?.finish_reason).toBe("stop");
    const named = await client.chat.completions.create({
      model,
      messages: ask("Good morning!"),
      functions,
      function_call: { name: "get_weather" },
    });
    expect(named.choices[0]?.message.function_call?.name).toBe("get_weather");
  });
});
