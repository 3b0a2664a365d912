/**
 * The gateway as one would write it first: Hono, zod and an SSE library, each event through a chain of streams and
 * through JSON in both directions. It knows the native stream only, and none of what goes wrong.
 */
import { EventSourceParserStream } from "eventsource-parser/stream";
import { Hono } from "hono";
// The common form of the import, on purpose: it is a part of what is measured.
import { z } from "zod";

interface StraightforwardEnvironment {
  readonly API_KEYS: string;
  readonly AI: {
    run(model: string, inputs: object, options?: { readonly returnRawResponse: true }): Promise<unknown>;
  };
}

const requestSchema = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.enum(["system", "user", "assistant"]), content: z.string() })),
  stream: z.boolean().optional(),
  max_tokens: z.number().int().positive().optional(),
});

const usageSchema = z.object({ prompt_tokens: z.number(), completion_tokens: z.number(), total_tokens: z.number() });

const answerSchema = z.object({ response: z.string(), usage: usageSchema.optional() });

const app = new Hono<{ Bindings: StraightforwardEnvironment }>();

app.post("/v1/chat/completions", async (c) => {
  const key = c.env.API_KEYS.split(":")[1] ?? "";
  if (c.req.header("authorization") !== `Bearer ${key}`) return c.json({ error: { message: "Wrong key." } }, 401);
  const { model, stream, ...inputs } = requestSchema.parse(await c.req.json());
  const identity = { id: `chatcmpl-${crypto.randomUUID()}`, created: Math.floor(Date.now() / 1000), model };
  const answer = await c.env.AI.run(model, { ...inputs, stream: stream === true });
  if (!(answer instanceof ReadableStream)) {
    const { response, usage } = answerSchema.parse(answer);
    const message = { role: "assistant", content: response, refusal: null };
    const choices = [{ index: 0, message, logprobs: null, finish_reason: "stop" }];
    return c.json({ ...identity, object: "chat.completion", choices, usage });
  }
  const body = answer
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .pipeThrough(toChunks({ ...identity, object: "chat.completion.chunk" }));
  return c.body(body, 200, { "content-type": "text/event-stream" });
});

interface NativeEvent {
  readonly response: string;
  readonly usage?: object;
}

function toChunks(envelope: object): TransformStream<{ data: string }, Uint8Array> {
  const encoder = new TextEncoder();
  const encode = (data: string) => encoder.encode(`data: ${data}\n\n`);
  const write = (chunk: object) => encode(JSON.stringify({ ...envelope, ...chunk }));
  let hasBegun = false;
  return new TransformStream({
    transform({ data }, controller) {
      if (data === "[DONE]") {
        controller.enqueue(encode(data));
        return;
      }
      const { response, usage }: NativeEvent = JSON.parse(data);
      if (!hasBegun) controller.enqueue(write({ choices: toChoices({ role: "assistant", content: "" }, null) }));
      hasBegun = true;
      if (response !== "") controller.enqueue(write({ choices: toChoices({ content: response }, null) }));
      if (usage === undefined) return;
      controller.enqueue(write({ choices: toChoices({}, "stop") }));
      controller.enqueue(write({ choices: [], usage }));
    },
  });
}

function toChoices(delta: object, finishReason: string | null): readonly object[] {
  return [{ index: 0, delta, logprobs: null, finish_reason: finishReason }];
}

// oxlint-disable-next-line import/no-default-export -- A Worker is the default export of its entry.
export default app;
