/**
 * A loop with tools, by hand: the model asks for calls, the program makes them and gives the results back, until the
 * model answers in words. The SDK's `runTools` does the same in one call.
 *
 *     npx node examples/tool-loop.ts "What is 12.5 multiplied by 8?"
 */
import OpenAI from "openai";
import * as z from "zod";
import { connection, model } from "./connection.ts";

const client = new OpenAI(connection);
const question = process.argv[2] ?? "What is 12.5 multiplied by 8?";

const numbers = z.object({ a: z.number(), b: z.number() });
const place = z.object({ city: z.string() });

/** What the model may call. Its arguments are checked: a model may write anything. */
const tools = {
  multiply: { description: "Multiplies two numbers", schema: numbers, run: multiply },
  get_local_time: { description: "Tells the time of day in a city", schema: place, run: getLocalTime },
};

function multiply(argument: unknown): string {
  const { a, b } = numbers.parse(argument);
  return String(a * b);
}

function getLocalTime(argument: unknown): string {
  const { city } = place.parse(argument);
  const timeZone = Intl.supportedValuesOf("timeZone").find((zone) => zone.endsWith(`/${city.replaceAll(" ", "_")}`));
  if (timeZone === undefined) return `No time zone is known for ${city}.`;
  return new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "short" }).format(new Date());
}

/** A wrong call is told to the model as its result: it may mend it in the next round. */
function runCall({ name, arguments: text }: { readonly name: string; readonly arguments: string }): string {
  const tool = Object.entries(tools).find(([known]) => known === name)?.[1];
  if (tool === undefined) return `There is no tool ${name}.`;
  try {
    return tool.run(JSON.parse(text));
  } catch (error) {
    return `The call failed: ${String(error)}`;
  }
}

const offered = Object.entries(tools).map(([name, { description, schema }]) => ({
  type: "function" as const,
  function: { name, description, parameters: z.toJSONSchema(schema) },
}));
const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: "user", content: question }];
const MOST_ROUNDS = 5;

for (let round = 0; round < MOST_ROUNDS; round += 1) {
  const completion = await client.chat.completions.create({ model, messages, tools: offered });
  const message = completion.choices[0]?.message;
  if (message === undefined) break;
  messages.push(message);
  if (message.tool_calls === undefined) {
    console.log(message.content);
    break;
  }
  for (const call of message.tool_calls) {
    if (call.type !== "function") continue;
    const result = runCall(call.function);
    console.log(`${call.function.name}(${call.function.arguments}) = ${result}`);
    messages.push({ role: "tool", tool_call_id: call.id, content: result });
  }
}
