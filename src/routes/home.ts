import type { GatewayContext } from "../env.ts";

/** `GET /`: the playground for a browser, which asks for HTML; for whoever else how to call this gateway, as text. */
export function home(publicKey: string | undefined): (c: GatewayContext) => Response | Promise<Response> {
  return async (c) => {
    if (acceptsHtml(c)) {
      const { playground } = await import("./pages.ts");
      const page = await playground(c);
      if (page !== undefined) return page;
    }
    const baseUrl = `${new URL(c.req.url).origin}/v1`;
    const key = publicKey ?? "YOUR_KEY";
    return c.text(
      `Flaregate: Workers AI for OpenAI clients

Base URL  ${baseUrl}
API key   ${publicKey ?? "from the operator of this gateway"}

curl ${baseUrl}/chat/completions \\
  -H "Authorization: Bearer ${key}" \\
  -H "Content-Type: application/json" \\
  -d '{"model": "@cf/meta/llama-3.3-70b-instruct-fp8-fast", "messages": [{"role": "user", "content": "Hello!"}]}'
`,
      200,
      { "x-content-type-options": "nosniff", vary: "accept" },
    );
  };
}

function acceptsHtml(c: GatewayContext): boolean {
  return /\btext\/html\b/i.test(c.req.header("accept") ?? "");
}
