/**
 * Text in, data out: the answer follows a schema, and the SDK gives it back as a typed value.
 *
 *     npx node examples/structured-output.ts "Grace Hopper was born on 9 December 1906 in New York."
 */
import OpenAI from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import * as z from "zod";
import { connection, model } from "./connection.ts";

const client = new OpenAI(connection);
const text = process.argv[2] ?? "Extract: Ada Lovelace is 36 years old.";

const person = z.object({ name: z.string(), age: z.number().int().nullable() });

const completion = await client.chat.completions.parse({
  model,
  messages: [
    { role: "system", content: "Extract the person of the text. What the text does not say is null." },
    { role: "user", content: text },
  ],
  response_format: zodResponseFormat(person, "person"),
});
console.log(completion.choices[0]?.message.parsed);
