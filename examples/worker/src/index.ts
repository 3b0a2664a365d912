import OpenAI from "openai";

interface Environment {
  readonly FLAREGATE: Fetcher;
  readonly FLAREGATE_KEY: string;
}

/** `GET /?q=…` answers with a text, streamed as the model makes it. */
export default {
  async fetch(request, { FLAREGATE, FLAREGATE_KEY }) {
    const question = new URL(request.url).searchParams.get("q");
    if (question === null) return new Response("Ask with ?q=…", { status: 400 });
    // The host names nobody: the binding decides who answers.
    const client = new OpenAI({
      baseURL: "https://flaregate/v1",
      apiKey: FLAREGATE_KEY,
      fetch: (url, init) => FLAREGATE.fetch(url, init),
    });
    const stream = await client.chat.completions.create({
      model: "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
      messages: [{ role: "user", content: question }],
      stream: true,
    });
    return new Response(toTextStream(stream), { headers: { "content-type": "text/plain; charset=utf-8" } });
  },
} satisfies ExportedHandler<Environment>;

/** The texts of a stream as bytes. Whoever stops reading stops the model. */
function toTextStream(stream: AsyncIterable<OpenAI.ChatCompletionChunk>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const chunks = stream[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value.choices[0]?.delta.content ?? ""));
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}
