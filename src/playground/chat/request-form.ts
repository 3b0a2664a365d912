import type { ApiRequest } from "./request.ts";

/** A request with a recording goes as a form: its fields, and the file. */
export interface RequestForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly fileName: string;
  /** The recording, as a data URL. */
  readonly file: string;
}

const extensions: Readonly<Record<string, string>> = {
  "audio/mpeg": "mp3",
  "audio/wav": "wav",
  "audio/x-wav": "wav",
  "audio/mp4": "m4a",
  "audio/ogg": "ogg",
  "audio/webm": "webm",
  "audio/flac": "flac",
};

/** The form that a request is sent as; `undefined` where it is sent as JSON. */
export function toRequestForm({ path, body }: ApiRequest): RequestForm | undefined {
  if (path !== "/audio/transcriptions") return undefined;
  const { file, ...fields } = body;
  const url = typeof file === "string" ? file : "";
  const type = /^data:([^;,]+)/.exec(url)?.[1] ?? "";
  return {
    fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)])),
    fileName: `recording.${extensions[type] ?? "wav"}`,
    file: url,
  };
}

export function toFormData({ fields, fileName, file }: RequestForm): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  const [head = "", base64 = ""] = file.split(",");
  const bytes = Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0);
  // Without a recording the form has no file, and the gateway says so.
  if (file !== "")
    form.append("file", new Blob([bytes], { type: head.slice("data:".length).split(";")[0] ?? "" }), fileName);
  return form;
}
