import { LengthFinishReasonError } from "openai/error";
import { zodFunction, zodResponseFormat } from "openai/helpers/zod";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createTestClient } from "./support/client.ts";
import { createFakeBinding, textAnswer } from "./support/fake-binding.ts";
import { ask, GEMMA, GPT_OSS, GRANITE, LLAMA } from "./support/samples.ts";

const person = z.object({ name: z.string(), age: z.number().int() });

const recipe = z.object({
  title: z.string(),
  difficulty: z.enum(["easy", "medium", "hard"]),
  servings: z.number().int(),
  vegetarian: z.boolean(),
  ingredients: z.array(z.object({ name: z.string(), grams: z.number() })),
  author: z.object({ name: z.string(), email: z.string().nullable() }),
});

const personFormat = zodResponseFormat(person, "person");
const prompt = ask("Extract: Ada Lovelace is 36 years old.");

describe.each([LLAMA, GEMMA, GPT_OSS])("chat.completions.parse with %s", (model) => {
  it("gives an object that the zod schema accepts", async () => {
    const { client } = createTestClient({ emulator: { quirks: true } });
    const completion = await client.chat.completions.parse({ model, messages: prompt, response_format: personFormat });
    const [choice] = completion.choices;
    expect(choice?.finish_reason).toBe("stop");
    expect(choice?.message.refusal).toBeNull();
    expect(choice?.message.parsed).toEqual({ name: expect.any(String), age: 36 });
    expect(JSON.parse(choice?.message.content ?? "")).toEqual(choice?.message.parsed);
  });

  it("fills nested objects, arrays, enums and nullable members", async () => {
    const { client } = createTestClient();
    const completion = await client.chat.completions.parse({
      model,
      messages: ask("Give me an easy recipe for a pancake."),
      response_format: zodResponseFormat(recipe, "recipe"),
    });
    expect(recipe.parse(completion.choices[0]?.message.parsed).ingredients.length).toBeGreaterThan(0);
  });

  it("parses through the stream helper, with partial objects on the way", async () => {
    const { client } = createTestClient({ emulator: { quirks: true } });
    const stream = client.chat.completions.stream({ model, messages: prompt, response_format: personFormat });
    const parsed: unknown[] = [];
    stream.on("content.done", (event) => parsed.push(event.parsed));
    const completion = await stream.finalChatCompletion();
    expect(person.parse(completion.choices[0]?.message.parsed).age).toBe(36);
    expect(parsed).toEqual([completion.choices[0]?.message.parsed]);
  });

  it("gives pure JSON for a schema without a helper", async () => {
    const { client } = createTestClient();
    const schema = {
      type: "object",
      properties: { capital: { type: "string" } },
      required: ["capital"],
      additionalProperties: false,
    };
    const completion = await client.chat.completions.create({
      model,
      messages: ask("What is the capital of France?"),
      response_format: { type: "json_schema", json_schema: { name: "capital", schema } },
    });
    expect(JSON.parse(completion.choices[0]?.message.content ?? "")).toEqual({ capital: expect.any(String) });
  });

  it("gives pure JSON for json_object, streamed and whole", async () => {
    const { client } = createTestClient();
    const messages = ask('Answer in JSON with the keys "city" and "country": where is the Louvre?');
    const request = { model, messages, response_format: { type: "json_object" as const } };
    const whole = await client.chat.completions.create(request);
    const streamed = await client.chat.completions.stream(request).finalContent();
    const expected = { city: expect.any(String), country: expect.any(String) };
    expect(JSON.parse(whole.choices[0]?.message.content ?? "")).toEqual(expected);
    expect(JSON.parse(streamed ?? "")).toEqual(expected);
  });

  it("raises LengthFinishReasonError where max_tokens cuts the JSON", async () => {
    const { client } = createTestClient();
    const request = { model, messages: prompt, response_format: personFormat, max_tokens: 3 };
    await expect(client.chat.completions.parse(request)).rejects.toThrow(LengthFinishReasonError);
    await expect(client.chat.completions.stream(request).finalChatCompletion()).rejects.toThrow(
      LengthFinishReasonError,
    );
  });

  it("parses the arguments of strict zod tools, streamed and whole", async () => {
    const { client } = createTestClient({ emulator: { quirks: true } });
    const parameters = z.object({ city: z.string(), unit: z.enum(["celsius", "fahrenheit"]).nullable() });
    const tool = zodFunction({ name: "get_weather", description: "Get the current weather for a city", parameters });
    const request = { model, messages: ask("What is the weather in Paris and in Rome?"), tools: [tool] };
    const whole = await client.chat.completions.parse(request);
    const streamed = await client.chat.completions.stream(request).finalChatCompletion();
    for (const { choices } of [whole, streamed]) {
      const cities = choices[0]?.message.tool_calls?.map(
        (call) => parameters.parse(call.type === "function" ? call.function.parsed_arguments : undefined).city,
      );
      expect(cities).toEqual(["Paris", "Rome"]);
    }
  });
});

describe("a model without JSON mode", () => {
  const request = { model: GRANITE, messages: prompt, response_format: personFormat };

  it("is told the schema, and its answer parses without the code fence around it", async () => {
    const binding = createFakeBinding(textAnswer('```json\n{"name": "Ada", "age": 36}\n```'));
    const { client } = createTestClient({ binding });
    const { choices } = await client.chat.completions.parse(request);
    expect(choices[0]?.message.parsed).toEqual({ name: "Ada", age: 36 });
  });

  it("is asked a second time where its answer does not follow the schema", async () => {
    const binding = createFakeBinding(textAnswer('{"name": "Ada"}'), textAnswer('{"name": "Ada", "age": 36}'));
    const { client } = createTestClient({ binding });
    const { choices } = await client.chat.completions.parse(request);
    expect(choices[0]?.message.parsed).toEqual({ name: "Ada", age: 36 });
    expect(binding.runs).toHaveLength(2);
  });

  it("fails by name rather than answer with prose", async () => {
    const binding = createFakeBinding(textAnswer("I would rather not."), textAnswer("No."));
    const { client } = createTestClient({ binding });
    await expect(client.chat.completions.parse(request)).rejects.toMatchObject({
      status: 502,
      code: "json_mode_failed",
    });
  });
});
