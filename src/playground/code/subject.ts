import type { ApiRequest } from "../chat/request.ts";

/** What the code is made from: a request, and how it was let in. */
export interface CodeSubject {
  readonly request: ApiRequest;
  /** The key to write into the code, or the variable of the environment that holds it; `none` where none was sent. */
  readonly key:
    | { readonly kind: "none" }
    | { readonly kind: "text"; readonly text: string }
    | { readonly kind: "variable" };
}

/** The variable that the code reads the key from. */
export const KEY_VARIABLE = "FLAREGATE_API_KEY";

/** The methods of the official clients, which have the same names in Python and TypeScript; none for `/rerank`. */
export const clientMethods: Readonly<Record<ApiRequest["path"], string | undefined>> = {
  "/chat/completions": "chat.completions.create",
  "/embeddings": "embeddings.create",
  "/images/generations": "images.generate",
  "/audio/speech": "audio.speech.create",
  "/audio/transcriptions": "audio.transcriptions.create",
  "/rerank": undefined,
};

/** What of the body the official clients have no name for. */
const beyondOpenai: ReadonlySet<string> = new Set(["top_k", "repetition_penalty", "usage"]);

/** The members of a body that the official clients know, and the rest. */
export function splitBody(body: ApiRequest["body"]): {
  known: Record<string, unknown>;
  extra: Record<string, unknown>;
} {
  const known: Record<string, unknown> = {};
  const extra: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) (beyondOpenai.has(name) ? extra : known)[name] = value;
  return { known, extra };
}

/** Code for the eye: images stand in it by their beginning and their size. */
export function abridge(code: string): string {
  return code.replaceAll(
    /(data:[\w/+.-]+;base64,[\w+/=]{24})[\w+/=]{200,}/g,
    (whole, start: string) => `${start}… (${Math.round((whole.length * 3) / 4 / 1024)} KiB)`,
  );
}

/** Each line but the first moved to the right. */
export function indent(text: string, spaces: number): string {
  return text.replaceAll("\n", `\n${" ".repeat(spaces)}`);
}
