import type { GatewayContext } from "../env.ts";

/** `GET /`: how to call this gateway, as text that reads alike in a terminal and in a browser. */
export function home(publicKey: string | undefined): (c: GatewayContext) => Response {
  return (c) => {
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
      { "x-content-type-options": "nosniff" },
    );
  };
}
