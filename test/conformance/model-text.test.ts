import { describe, expect, it } from "vitest";
import { faultModels } from "../../src/emulator/faults/fault-table.ts";
import { createTestClient } from "./support/client.ts";
import { ask, weatherTool } from "./support/samples.ts";

/** What models write into their text that is no text: reasoning between tags, and tool calls. */

const options = { extraEntries: faultModels };

describe("reasoning in the text", () => {
  it.each(["@emulator/think-tags", "@cf/qwen/qwq-32b", "@cf/deepseek-ai/deepseek-r1-distill-qwen-32b"])(
    "reaches the client as reasoning_content, streamed and whole: %s",
    async (model) => {
      const { client } = createTestClient({ ...options, emulator: { quirks: true } });
      const request = { model, messages: ask("Say exactly: 2 + 2 = 4") };
      const whole = await client.chat.completions.create(request);
      const streamed = await client.chat.completions.stream(request).finalChatCompletion();
      for (const { choices } of [whole, streamed]) {
        expect(choices[0]?.message.content).toBe("2 + 2 = 4");
        expect(choices[0]?.message).toHaveProperty("reasoning_content", expect.stringMatching(/^[^<]+$/));
      }
    },
  );
});

describe("tool calls in the text", () => {
  const recognised = faultModels
    .map(({ id }) => id)
    .filter((id) => id.startsWith("@emulator/leaked-") && !/in-prose|unknown|fence/.test(id));
  const request = { messages: ask("What is the weather in Paris?"), tools: [weatherTool] };

  it.each(recognised)("become tool calls where the tool was offered, streamed and whole: %s", async (model) => {
    const { client } = createTestClient(options);
    const whole = await client.chat.completions.create({ model, ...request });
    const streamed = await client.chat.completions.stream({ model, ...request }).finalChatCompletion();
    for (const { choices } of [whole, streamed]) {
      expect(choices[0]?.finish_reason).toBe("tool_calls");
      expect(choices[0]?.message.content).toBeNull();
      expect(choices[0]?.message.tool_calls).toMatchObject([
        { type: "function", function: { name: "get_weather", arguments: '{"city":"Paris"}' } },
      ]);
    }
  });

  it.each(["@emulator/leaked-in-prose", "@emulator/leaked-unknown", "@emulator/leaked-fence"])(
    "stay text where they are quoted, or name a tool that nobody offered: %s",
    async (model) => {
      const { client } = createTestClient(options);
      const whole = await client.chat.completions.create({ model, ...request });
      const streamed = await client.chat.completions.stream({ model, ...request }).finalChatCompletion();
      for (const { choices } of [whole, streamed]) {
        expect(choices[0]?.finish_reason).toBe("stop");
        expect(choices[0]?.message.content).toContain('"name":');
        expect(choices[0]?.message.tool_calls).toBeUndefined();
      }
    },
  );

  it.each(["@emulator/leaked-json", "@emulator/leaked-tool-call-tag"])(
    "stay text where no tools were offered: %s",
    async (model) => {
      const { client } = createTestClient(options);
      const { choices } = await client.chat.completions.create({ model, messages: request.messages });
      expect(choices[0]?.message.content).toContain("get_weather");
    },
  );
});
