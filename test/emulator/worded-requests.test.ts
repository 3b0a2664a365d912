import { Cabidela } from "@cloudflare/cabidela";
import { describe, expect, it } from "vitest";
import { parseJson, type JsonObject } from "../../src/emulator/json-value.ts";

import { at, GEMMA, runJson, textOf } from "./support.ts";

/** What models without a parameter for it are told in words: JSON, and that a tool has to be called. */

const GPT_OSS = "@cf/openai/gpt-oss-120b";
const SCHEMA = {
  type: "object",
  properties: { city: { type: "string" }, year: { type: "integer" }, size: { type: "string", enum: ["s", "m"] } },
  required: ["city", "year", "size"],
};
const ONLY_JSON = "Answer only with one JSON object, without any text around it";

function conversation(system: string, ...messages: readonly string[]): { readonly messages: readonly JsonObject[] } {
  const roles = ["user", "assistant"];
  const turns = messages.map((content, index) => ({ role: roles[index % 2], content }));
  return { messages: [{ role: "system", content: system }, ...turns] };
}

describe("words that ask for JSON", () => {
  const system = `Be kind.\n${ONLY_JSON}. It has to follow this JSON schema:\n${JSON.stringify(SCHEMA)}\nThank you {ever} so much.`;

  it("are followed with an instance of the schema, made of the message", async () => {
    const answer = textOf(await runJson(GPT_OSS, conversation(system, "I moved to Oslo in 2019.")));
    expect(parseJson(answer)).toMatchObject({ city: "Oslo", year: 2019 });
    expect(new Cabidela(structuredClone(SCHEMA)).validate(objectIn(answer))).toBe(true);
  });

  it("are followed with some object where they name no schema", async () => {
    expect(parseJson(textOf(await runJson(GPT_OSS, conversation(`${ONLY_JSON}.`, "Hello"))))).toBeTypeOf("object");
  });

  it("are not found where JSON is only spoken of", async () => {
    expect(parseJson(textOf(await runJson(GPT_OSS, conversation("You know JSON well.", "What is YAML?"))))).toBe(
      undefined,
    );
  });

  it("give way to a text that is to be repeated, until a reminder says that it was wrong", async () => {
    const first = "Say exactly: nonsense of Oslo in 2019";
    expect(textOf(await runJson(GPT_OSS, conversation(system, first)))).toBe("nonsense of Oslo in 2019");
    const reminder = "That answer is not valid: it is not JSON. Answer again, only with the corrected JSON.";
    const again = await runJson(GPT_OSS, conversation(system, first, "nonsense of Oslo in 2019", reminder));
    expect(parseJson(textOf(again))).toMatchObject({ city: "Oslo", year: 2019 });
  });
});

describe("words that ask for a tool call", () => {
  const tools = [
    {
      type: "function",
      function: {
        name: "book_table",
        description: "Books a table",
        parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
      },
    },
  ];

  it.each([
    conversation("Answer only by calling the function book_table; do not answer in text.", "I like Rome."),
    conversation("Be kind.", "I like Rome.", "So do I.", "Do not answer in text. Call one of the functions now."),
  ])("are followed, with arguments from what the user said (%#)", async (inputs) => {
    const body = await runJson(GEMMA, { ...inputs, tools });
    expect(at(body, "choices", 0, "message", "tool_calls", 0, "function")).toEqual({
      name: "book_table",
      arguments: '{"city":"Rome"}',
    });
  });

  it("are not found in a plain remark", async () => {
    const body = await runJson(GEMMA, { ...conversation("Be kind.", "I like Rome."), tools });
    expect(at(body, "choices", 0, "message", "tool_calls")).toBeUndefined();
  });
});

function objectIn(text: string): object {
  const value = parseJson(text);
  if (typeof value !== "object" || value === null) throw new Error(`no object: ${text}`);
  return value;
}
