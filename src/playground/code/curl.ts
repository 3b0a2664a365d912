import { toRequestForm, type RequestForm } from "../chat/request-form.ts";
import { KEY_VARIABLE, type CodeSubject } from "./subject.ts";

/** The request as a command line for a POSIX shell. */
export function toCurl({ request, key }: CodeSubject): string {
  const { baseUrl, path, headers, body } = request;
  const form = toRequestForm(request);
  return [
    `curl${toOptions(request)} ${quote(`${baseUrl}${path}`)}`,
    ...toKeyOption(key),
    ...Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(form === undefined ? toJsonOptions(body) : toFormOptions(form)),
  ].join(" \\\n  ");
}

function toJsonOptions(body: object): readonly string[] {
  return [`-H ${quote("Content-Type: application/json")}`, `--data-raw ${quote(JSON.stringify(body, undefined, 2))}`];
}

/** The recording is read from a file: it is too long for a command line. */
function toFormOptions({ fields, fileName }: RequestForm): readonly string[] {
  const texts = Object.entries(fields).map(([name, value]) => `--form-string ${quote(`${name}=${value}`)}`);
  return [...texts, `-F ${quote(`file=@${fileName}`)}`];
}

function toOptions({ path, body }: CodeSubject["request"]): string {
  if (path === "/audio/speech") return " --output speech.mp3";
  return body.stream === true ? " --no-buffer" : "";
}

function toKeyOption(key: CodeSubject["key"]): readonly string[] {
  if (key.kind === "none") return [];
  return key.kind === "text"
    ? [`-H ${quote(`Authorization: Bearer ${key.text}`)}`]
    : [`-H "Authorization: Bearer $${KEY_VARIABLE}"`];
}

/** Between single quotes a shell leaves every character alone but the quote itself. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
