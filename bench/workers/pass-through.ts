/** The streaming example of the Workers AI documentation: the least that a Worker can do between client and model. */
interface PassThroughEnvironment {
  readonly AI: {
    run(model: string, inputs: object, options: { readonly returnRawResponse: true }): Promise<Response>;
  };
}

interface PassThroughRequest {
  readonly messages: readonly object[];
  readonly stream?: boolean;
}

// oxlint-disable-next-line import/no-default-export -- A Worker is the default export of its entry.
export default {
  async fetch(request, env) {
    const { messages, stream } = await request.json<PassThroughRequest>();
    const answer = await env.AI.run(
      "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
      { messages, stream },
      { returnRawResponse: true },
    );
    return new Response(answer.body, { headers: { "content-type": answer.headers.get("content-type") ?? "" } });
  },
} satisfies ExportedHandler<PassThroughEnvironment>;
