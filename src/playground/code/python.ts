import { isRecord } from "../../json.ts";
import { baseUrlOf, indent, KEY_VARIABLE, splitBody, type CodeSubject } from "./subject.ts";

/** The request as a program with the official client for Python. */
export function toPython({ request, key }: CodeSubject): string {
  const { known, extra } = splitBody(request.body);
  const settings = {
    ...known,
    ...(Object.keys(request.headers).length > 0 && { extra_headers: request.headers }),
    ...(Object.keys(extra).length > 0 && { extra_body: extra }),
  };
  const entries = Object.entries(settings).map(([name, value]) => `    ${name}=${indent(toLiteral(value), 4)},\n`);
  const isStream = request.body.stream === true;
  return `${key.kind === "variable" ? "import os\n\n" : ""}from openai import OpenAI

client = OpenAI(base_url=${quote(baseUrlOf(request))}, api_key=${toKey(key)})

${isStream ? "stream" : "completion"} = client.chat.completions.create(
${entries.join("")})
${isStream ? PRINT_STREAM : PRINT_COMPLETION}`;
}

const PRINT_COMPLETION = "print(completion.choices[0].message)\n";
const PRINT_STREAM = `for chunk in stream:
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)
print()
`;

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

/**
 * A text of JSON is a text of Python but for two things: a character beyond 16 bits, which JSON may write as two halves,
 * stands as itself here, and a half alone is `\ud800` in both.
 */
function quote(text: string): string {
  return JSON.stringify(text);
}
