/**
 * Where the examples find the gateway. Without these variables it is the one of `npm run dev`; a deployed one is
 *
 *     OPENAI_BASE_URL=https://flaregate.you.workers.dev/v1 OPENAI_API_KEY=sk-… npx node examples/chat.ts
 */
export const connection = {
  baseURL: process.env["OPENAI_BASE_URL"] ?? "http://localhost:8787/v1",
  apiKey: process.env["OPENAI_API_KEY"] ?? "sk-local",
};

export const model = process.env["MODEL"] ?? "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
