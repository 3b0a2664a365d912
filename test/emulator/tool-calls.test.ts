import { describe, expect, it } from "vitest";
import { arrayOf, objectOf, parseJson, type JsonObject } from "../../src/emulator/json-value.ts";
import { ask, at, GEMMA, LLAMA_33, PLAIN, runJson, textOf } from "./support.ts";

const text = { type: "string" };
const number = { type: "number" };

function tool(
  name: string,
  description: string,
  properties: JsonObject,
  required = Object.keys(properties),
): JsonObject {
  return { type: "function", function: { name, description, parameters: { type: "object", properties, required } } };
}

const WEATHER = tool(
  "get_weather",
  "Get the current weather for a city",
  { city: text, unit: { type: "string", enum: ["celsius", "fahrenheit"] } },
  ["city"],
);
const TIME = tool("get_time", "Get the current time in a city", { city: text });
const FLIGHT = tool(
  "book_flight",
  "Book a flight between two airports",
  {
    from: text,
    to: text,
    date: { type: "string", format: "date" },
    passengers: { type: "integer" },
    direct: { type: "boolean" },
  },
  ["from", "to", "date"],
);
const EMAIL = tool("send_email", "Sends an e-mail to somebody", {
  to: { type: "string", format: "email" },
  subject: text,
  body: text,
});
const ADD = tool("add", "Adds two numbers", { a: number, b: number });
const MULTIPLY = tool("multiply", "Multiplies two numbers", { a: number, b: number });
const EVENT = tool(
  "create_event",
  "Create a calendar event",
  {
    title: text,
    start: { type: "string", format: "date-time" },
    attendees: { type: "array", items: text },
    place: { type: "object", properties: { name: text, city: text }, required: ["name"] },
    priority: { type: "string", enum: ["low", "high"] },
  },
  ["title", "start", "attendees"],
);
const BILLING = tool(
  "transfer_to_billing_agent",
  "Handoff to the Billing agent to handle the request. Invoices and payments.",
  {},
);
const SUPPORT = tool(
  "transfer_to_technical_support",
  "Handoff to the Technical Support agent to handle the request.",
  {},
);

/** The calls that a message leads to, as name and arguments. */
async function calls(
  message: string,
  tools: readonly JsonObject[],
  more: JsonObject = {},
): Promise<readonly unknown[]> {
  const body = await runJson(GEMMA, { ...ask(message), tools, ...more });
  return arrayOf(at(body, "choices", 0, "message", "tool_calls")).map((call) => {
    const written = at(call, "function", "arguments");
    return [at(call, "function", "name"), parseJson(String(written))];
  });
}

it("gives each of several tools the part of the message that asks for it", async () => {
  expect(await calls("What is the weather in Paris and the time in Tokyo?", [WEATHER, TIME])).toEqual([
    ["get_weather", { city: "Paris" }],
    ["get_time", { city: "Tokyo" }],
  ]);
});

describe("the decision to call a tool", () => {
  it.each(["Hello, how are you?", "Tell me a joke", "Write a poem about the weather"])(
    "is no for: %s",
    async (message) => {
      expect(await calls(message, [WEATHER, FLIGHT, EMAIL, ADD])).toEqual([]);
    },
  );

  it("picks the tool that does what the message asks for", async () => {
    expect(await calls("What is the weather in Paris?", [FLIGHT, EMAIL, WEATHER, ADD])).toEqual([
      ["get_weather", { city: "Paris" }],
    ]);
    expect(await calls("What is 17 + 25?", [MULTIPLY, ADD])).toEqual([["add", { a: 17, b: 25 }]]);
    expect(await calls("I was charged twice on my invoice", [SUPPORT, BILLING])).toEqual([
      ["transfer_to_billing_agent", {}],
    ]);
  });

  it.each(["What is 6 times 7?", "What is 6 multiplied by 7?", "Multiply 6 by 7"])(
    "does not take a product for the time of day: %s",
    async (message) => {
      expect(await calls(message, [TIME, MULTIPLY])).toEqual([["multiply", { a: 6, b: 7 }]]);
    },
  );

  it("calls several tools in parallel when the message asks for several things", async () => {
    expect(await calls("How is the weather in Tokyo and what time is it there?", [WEATHER, TIME])).toEqual([
      ["get_weather", { city: "Tokyo" }],
      ["get_time", { city: "Tokyo" }],
    ]);
    expect(await calls("Add 2 and 3 and multiply 4 by 5", [ADD, MULTIPLY])).toEqual([
      ["add", { a: 2, b: 3 }],
      ["multiply", { a: 4, b: 5 }],
    ]);
  });

  it("calls one tool once for each name of an enumeration", async () => {
    expect(await calls("What's the weather in London, Paris and New York in celsius?", [WEATHER])).toEqual([
      ["get_weather", { city: "London", unit: "celsius" }],
      ["get_weather", { city: "Paris", unit: "celsius" }],
      ["get_weather", { city: "New York", unit: "celsius" }],
    ]);
  });

  it("makes one call where parallel calls are turned off", async () => {
    const made = await calls("What's the weather in London and Paris?", [WEATHER], { parallel_tool_calls: false });
    expect(made).toHaveLength(1);
  });
});

it("a message of any length is decided upon in little time", async () => {
  const started = Date.now();
  for (const part of ["a", '"', "Paris, ", "1+", "A b ", "(", "and ", "<a@"]) {
    await calls(part.repeat(200_000 / part.length), [WEATHER, FLIGHT, EMAIL, EVENT], {
      tool_choice: "required",
      max_tokens: 5,
    });
  }
  expect(Date.now() - started).toBeLessThan(5000);
});

describe("a forced choice", () => {
  it("is obeyed on OpenAI-shaped models", async () => {
    expect(await calls("Hello", [WEATHER, TIME], { tool_choice: "required" })).toHaveLength(1);
    const named = { type: "function", function: { name: "get_time" } };
    expect(await calls("What is the weather in Rome?", [WEATHER, TIME], { tool_choice: named })).toEqual([
      ["get_time", { city: "Rome" }],
    ]);
    expect(await calls("What is the weather in Rome?", [WEATHER], { tool_choice: "none" })).toEqual([]);
  });

  it("is read over on native models, whose schema does not declare it", async () => {
    const body = await runJson(LLAMA_33, { ...ask("Hello"), tools: [WEATHER], tool_choice: "required" });
    expect(body.tool_calls).toEqual([]);
  });
});

it("an instruction to call a tool is followed where there is no tool choice", async () => {
  const messages = [
    { role: "system", content: "Answer only by calling the function get_time; do not answer in text." },
    { role: "user", content: "Hello" },
  ];
  const body = await runJson(LLAMA_33, { messages, tools: [TIME] });
  expect(body.tool_calls).toMatchObject([{ name: "get_time" }]);
});

describe("arguments", () => {
  it("are filled from names, dates, numbers and flags", async () => {
    expect(await calls("Book me a direct flight from Berlin to Rome on 2026-12-24 for 2 passengers", [FLIGHT])).toEqual(
      [["book_flight", { from: "Berlin", to: "Rome", date: "2026-12-24", passengers: 2, direct: true }]],
    );
  });

  it("are filled from addresses and quoted texts", async () => {
    expect(
      await calls('Send an email to bob@example.com with the subject "Lunch" saying "See you at noon"', [EMAIL]),
    ).toEqual([["send_email", { to: "bob@example.com", subject: "Lunch", body: "See you at noon" }]]);
  });

  it("are filled into nested objects, lists, times and enums", async () => {
    const message =
      'Create an event "Team sync" on December 3, 2026 at 14:30 with Alice and Bob, place name Cafe, high priority';
    expect(await calls(message, [EVENT])).toEqual([
      [
        "create_event",
        {
          title: "Team sync",
          start: "2026-12-03T14:30:00Z",
          attendees: ["Alice", "Bob"],
          place: { name: "Cafe" },
          priority: "high",
        },
      ],
    ]);
  });

  it("always hold what is required", async () => {
    const [call] = await calls("Book a flight", [FLIGHT]);
    expect(Object.keys(objectOf(at(call, 1)))).toEqual(["from", "to", "date"]);
  });
});

/** Runs an agent's loop: answers every call from the table until the model answers in text. */
async function loop(
  model: string,
  message: string,
  tools: readonly JsonObject[],
  results: Readonly<Record<string, string>>,
) {
  const messages: unknown[] = [{ role: "user", content: message }];
  const called: string[] = [];
  for (let round = 0; round < 6; round++) {
    const body = await runJson(model, { messages, tools });
    const native = arrayOf(body.tool_calls).map((call, index) => ({
      id: `call_${round}_${index}`,
      function: { name: at(call, "name"), arguments: JSON.stringify(at(call, "arguments")) },
    }));
    const made = native.length > 0 ? native : arrayOf(at(body, "choices", 0, "message", "tool_calls"));
    if (made.length === 0) return { called, answer: textOf(body) };
    messages.push({ role: "assistant", content: "", tool_calls: made });
    for (const call of made) {
      const name = String(at(call, "function", "name"));
      called.push(name);
      messages.push({ role: "tool", tool_call_id: at(call, "id"), content: results[name] ?? "done" });
    }
  }
  return { called, answer: "(never)" };
}

describe.each([LLAMA_33, GEMMA])("an agent's loop on %s", (model) => {
  it("ends with an answer that quotes the results", async () => {
    const { called, answer } = await loop(model, "What is the weather in Oslo?", [WEATHER, TIME], {
      get_weather: "4 degrees and snow",
    });
    expect(called).toEqual(["get_weather"]);
    expect(answer).toContain("4 degrees and snow");
  });

  it("quotes the results of parallel calls, each once", async () => {
    const results = { get_weather: "sunny", get_time: "10:15" };
    const { called, answer } = await loop(
      model,
      "How is the weather in Tokyo and what time is it there?",
      [WEATHER, TIME],
      results,
    );
    expect(called).toEqual(["get_weather", "get_time"]);
    expect(answer).toContain("get_weather found: sunny");
    expect(answer).toContain("get_time found: 10:15");
  });

  it("takes steps that the message puts one after the other, each with the results of the one before", async () => {
    const { called, answer } = await loop(model, "Add 2 and 3, then multiply the result by 4", [ADD, MULTIPLY], {
      add: "5",
      multiply: "20",
    });
    expect(called).toEqual(["add", "multiply"]);
    expect(answer).toContain("20");
  });

  it("hands over to another agent, which works on with tools of its own", async () => {
    const refund = tool("refund_invoice", "Refunds an invoice", { invoice_id: text });
    const first = await loop(model, "Please refund my invoice INV-100", [BILLING, SUPPORT, refund], {
      refund_invoice: "refunded",
    });
    expect(first.called.at(-1)).toBe("refund_invoice");
    expect(first.answer).toContain("refunded");
  });
});

it("a tool of the flat form is called as well", async () => {
  const flat = {
    name: "get_weather",
    description: "Get the weather",
    parameters: { type: "object", properties: { city: text }, required: ["city"] },
  };
  const body = await runJson(LLAMA_33, { ...ask("What is the weather in Paris?"), tools: [flat] }, PLAIN);
  expect(body).toMatchObject({ response: null, tool_calls: [{ name: "get_weather", arguments: { city: "Paris" } }] });
});
