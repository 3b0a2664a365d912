/**
 * A chat in the terminal: each line that is typed is a turn, the answer comes as a stream. Ctrl-C stops an answer, and
 * at the prompt ends the program.
 *
 *     npx node examples/chat.ts
 */
import { createInterface } from "node:readline";
import OpenAI, { APIError } from "openai";
import { connection, model } from "./connection.ts";

const client = new OpenAI(connection);
const messages: OpenAI.ChatCompletionMessageParam[] = [
  { role: "system", content: "You are a friendly assistant. Answer in one or two sentences." },
];

/** Prints an answer as it comes; what was said before it was stopped stays in the conversation. */
async function answer(stop: AbortSignal): Promise<string> {
  let text = "";
  try {
    const stream = await client.chat.completions.create({ model, messages, stream: true }, { signal: stop });
    for await (const chunk of stream) {
      const piece = chunk.choices[0]?.delta.content ?? "";
      text += piece;
      process.stdout.write(piece);
    }
  } catch (error) {
    if (!(error instanceof APIError) && !stop.aborted) throw error;
    process.stdout.write(stop.aborted ? " (stopped)" : `(${String(error)})`);
  }
  process.stdout.write("\n");
  return text;
}

const lines = createInterface({ input: process.stdin, output: process.stdout });
let running: AbortController | undefined;
lines.on("SIGINT", () => (running === undefined ? lines.close() : running.abort()));
process.stdout.write("> ");
for await (const line of lines) {
  if (line.trim() !== "") {
    messages.push({ role: "user", content: line });
    running = new AbortController();
    messages.push({ role: "assistant", content: await answer(running.signal) });
    running = undefined;
  }
  process.stdout.write("> ");
}
