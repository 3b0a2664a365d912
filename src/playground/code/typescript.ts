import { toRequestForm } from "../chat/request-form.ts";
import { clientMethods, indent, KEY_VARIABLE, splitBody, type CodeSubject } from "./subject.ts";

/** The request as a program with the official client for TypeScript. */
export function toTypescript({ request, key }: CodeSubject): string {
  const isStream = request.body.stream === true;
  const method = clientMethods[request.path];
  const call =
    method === undefined ? toPost(request) : `client.${method}({\n${toMembers(request)}}${toOptions(request)})`;
  return `${imports[request.path] ?? ""}import OpenAI from "openai";

const client = new OpenAI({
  baseURL: ${JSON.stringify(request.baseUrl)},
  ${toCredentials(key)},
});

const ${isStream ? "stream" : "result"} = await ${call};
${isStream ? PRINT_STREAM : prints[request.path]}`;
}

const WRITE_FILE = 'import { writeFile } from "node:fs/promises";\n';
const imports: Readonly<Partial<Record<CodeSubject["request"]["path"], string>>> = {
  "/images/generations": WRITE_FILE,
  "/audio/speech": WRITE_FILE,
  "/audio/transcriptions": 'import { createReadStream } from "node:fs";\n',
};
const prints: Readonly<Record<CodeSubject["request"]["path"], string>> = {
  "/chat/completions": "console.log(result.choices[0]?.message);\n",
  "/embeddings": "console.log(result.data[0]?.embedding);\n",
  "/images/generations": 'await writeFile("image", result.data?.[0]?.b64_json ?? "", "base64");\n',
  "/audio/speech": 'await writeFile("speech.mp3", new Uint8Array(await result.arrayBuffer()));\n',
  "/audio/transcriptions": "console.log(result.text);\n",
  "/rerank": "console.log(result);\n",
};
const PRINT_STREAM = `for await (const chunk of stream) {
  process.stdout.write(chunk.choices[0]?.delta.content ?? "");
}
`;

function toMembers(request: CodeSubject["request"]): string {
  const form = toRequestForm(request);
  if (form !== undefined) {
    const texts = Object.entries(form.fields).map(([name, value]) => `  ${name}: ${JSON.stringify(value)},\n`);
    return `${texts.join("")}  file: createReadStream(${JSON.stringify(form.fileName)}),\n`;
  }
  const { known, extra } = splitBody(request.body);
  const members = Object.entries(known).map(([name, value]) => `  ${name}: ${indent(toLiteral(value), 2)},\n`);
  // Members that the client's types do not have pass the compiler where they are spread.
  const extras = Object.keys(extra).length > 0 ? `  ...${indent(toLiteral(extra), 2)},\n` : "";
  return members.join("") + extras;
}

function toOptions({ headers }: CodeSubject["request"]): string {
  return Object.keys(headers).length > 0 ? `, { headers: ${toLiteral(headers)} }` : "";
}

/** What the client has no method for. */
function toPost({ path, headers, body }: CodeSubject["request"]): string {
  const options = { ...(Object.keys(headers).length > 0 && { headers }), body };
  return `client.post(${JSON.stringify(path)}, ${toLiteral(options)})`;
}

/** The client wants a key, and sends none where its header is taken away. */
function toCredentials(key: CodeSubject["key"]): string {
  if (key.kind === "none") return 'apiKey: "none",\n  defaultHeaders: { Authorization: null }';
  return `apiKey: ${key.kind === "text" ? JSON.stringify(key.text) : `process.env.${KEY_VARIABLE}`}`;
}

/** JSON as a person would write it in code: names without quotes where they are names. */
function toLiteral(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replaceAll(/^( *)"([A-Za-z_$][\w$]*)":/gm, "$1$2:");
}
