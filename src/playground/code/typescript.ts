import { baseUrlOf, indent, KEY_VARIABLE, splitBody, type CodeSubject } from "./subject.ts";

/** The request as a program with the official client for TypeScript. */
export function toTypescript({ request, key }: CodeSubject): string {
  const { known, extra } = splitBody(request.body);
  const isStream = request.body.stream === true;
  const members = Object.entries(known).map(([name, value]) => `  ${name}: ${indent(toLiteral(value), 2)},\n`);
  // Members that the client's types do not have pass the compiler where they are spread.
  const extras = Object.keys(extra).length > 0 ? `  ...${indent(toLiteral(extra), 2)},\n` : "";
  const options = Object.keys(request.headers).length > 0 ? `, { headers: ${toLiteral(request.headers)} }` : "";
  return `import OpenAI from "openai";

const client = new OpenAI({
  baseURL: ${JSON.stringify(baseUrlOf(request))},
  ${toCredentials(key)},
});

const ${isStream ? "stream" : "completion"} = await client.chat.completions.create({
${members.join("")}${extras}}${options});
${isStream ? PRINT_STREAM : PRINT_COMPLETION}`;
}

const PRINT_COMPLETION = "console.log(completion.choices[0]?.message);\n";
const PRINT_STREAM = `for await (const chunk of stream) {
  process.stdout.write(chunk.choices[0]?.delta.content ?? "");
}
`;

/** The client wants a key, and sends none where its header is taken away. */
function toCredentials(key: CodeSubject["key"]): string {
  if (key.kind === "none") return 'apiKey: "none",\n  defaultHeaders: { Authorization: null }';
  return `apiKey: ${key.kind === "text" ? JSON.stringify(key.text) : `process.env.${KEY_VARIABLE}`}`;
}

/** JSON as a person would write it in code: names without quotes where they are names. */
function toLiteral(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replaceAll(/^( *)"([A-Za-z_$][\w$]*)":/gm, "$1$2:");
}
