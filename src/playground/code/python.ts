import { isRecord } from "../../json.ts";
import { toRequestForm } from "../chat/request-form.ts";
import { clientMethods, indent, KEY_VARIABLE, splitBody, type CodeSubject } from "./subject.ts";

/** The request as a program with the official client for Python. */
export function toPython({ request, key }: CodeSubject): string {
  const { baseUrl, headers } = request;
  const isStream = request.body.stream === true;
  const method = clientMethods[request.path];
  const call = method === undefined ? toPost(request) : `client.${method}(\n${toSettings(request)})`;
  return `${key.kind === "variable" ? "import os\n\n" : ""}from openai import OpenAI

client = OpenAI(base_url=${quote(baseUrl)}, api_key=${toKey(key)}${method === undefined ? toDefaultHeaders(headers) : ""})

${isStream ? "stream" : "result"} = ${call}
${isStream ? PRINT_STREAM : prints[request.path]}`;
}

const prints: Readonly<Record<CodeSubject["request"]["path"], string>> = {
  "/chat/completions": "print(result.choices[0].message)\n",
  "/embeddings": "print(result.data[0].embedding)\n",
  "/images/generations":
    'import base64\n\nwith open("image", "wb") as file:\n    file.write(base64.b64decode(result.data[0].b64_json))\n',
  "/audio/speech": 'result.write_to_file("speech.mp3")\n',
  "/audio/transcriptions": "print(result.text)\n",
  "/rerank": "print(result)\n",
};
const PRINT_STREAM = `for chunk in stream:
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)
print()
`;

function toSettings(request: CodeSubject["request"]): string {
  const { body, headers } = request;
  const { known, extra } = splitBody(body);
  const { file: _recording, ...values } = known;
  const form = toRequestForm(request);
  const settings = {
    ...(form === undefined ? known : values),
    ...(Object.keys(headers).length > 0 && { extra_headers: headers }),
    ...(Object.keys(extra).length > 0 && { extra_body: extra }),
  };
  const lines = Object.entries(settings).map(([name, value]) => `    ${name}=${indent(toLiteral(value), 4)},\n`);
  return [...lines, ...(form === undefined ? [] : [`    file=open(${quote(form.fileName)}, "rb"),\n`])].join("");
}

/** What the client has no method for. */
function toPost({ path, body }: CodeSubject["request"]): string {
  return `client.post(${quote(path)}, cast_to=object, body=${toLiteral(body)})`;
}

function toDefaultHeaders(headers: CodeSubject["request"]["headers"]): string {
  return Object.keys(headers).length > 0 ? `, default_headers=${toLiteral(headers)}` : "";
}

function toKey(key: CodeSubject["key"]): string {
  if (key.kind === "variable") return `os.environ[${quote(KEY_VARIABLE)}]`;
  return quote(key.kind === "text" ? key.text : "");
}

/** A value of JSON as Python writes it. */
function toLiteral(value: unknown): string {
  if (Array.isArray(value)) return enclose("[", value.map(toLiteral), "]");
  if (isRecord(value)) {
    const entries = Object.entries(value).map(([name, member]) => `${quote(name)}: ${toLiteral(member)}`);
    return enclose("{", entries, "}");
  }
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "string" ? quote(value) : JSON.stringify(value);
}

function enclose(open: string, entries: readonly string[], close: string): string {
  if (entries.length === 0) return `${open}${close}`;
  return `${open}\n${entries.map((entry) => `    ${indent(entry, 4)},\n`).join("")}${close}`;
}

/** A text of JSON is a text of Python: the same quotes, the same escapes. */
function quote(text: string): string {
  return JSON.stringify(text);
}
