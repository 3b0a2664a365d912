import { isRecord, type JsonRecord } from "../../json.ts";
import type { Answer } from "./answer.ts";

/** An image or a recording that a model made, as a data URL. */
export interface Medium {
  readonly kind: "image" | "audio";
  readonly url: string;
}

/** Numbers of an embedding that are shown: nobody reads the rest. */
const SHOWN_NUMBERS = 8;

/** Takes in the JSON that a model which does not chat has answered with. */
export function addTaskResult(answer: Answer, result: unknown): void {
  if (!isRecord(result)) return;
  const data: readonly unknown[] = Array.isArray(result["data"]) ? result["data"] : [];
  for (const item of data.filter(isRecord)) {
    const image = toImage(item, result["output_format"]);
    if (image !== undefined) answer.media.push(image);
    if (Array.isArray(item["embedding"])) answer.text += describeEmbedding(item["embedding"]);
  }
  if (typeof result["text"] === "string") answer.text += result["text"];
  if (Array.isArray(result["results"])) answer.text += JSON.stringify(result["results"], undefined, 2);
}

/** A body that is no JSON: a recording. */
export function toRecording(bytes: Uint8Array, contentType: string): Medium {
  return { kind: "audio", url: `data:${contentType};base64,${toBase64(bytes)}` };
}

function toImage({ b64_json: base64 }: JsonRecord, format: unknown): Medium | undefined {
  if (typeof base64 !== "string") return undefined;
  return { kind: "image", url: `data:image/${typeof format === "string" ? format : "png"};base64,${base64}` };
}

function describeEmbedding(numbers: readonly unknown[]): string {
  const shown = numbers.slice(0, SHOWN_NUMBERS).map(String).join(",\n  ");
  const more = numbers.length > SHOWN_NUMBERS ? ",\n  …" : "";
  return `[\n  ${shown}${more}\n]\n\n${numbers.length.toLocaleString("en-US")} numbers`;
}

/** Piece by piece: a call with as many arguments as a recording has bytes would be one too large. */
function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let start = 0; start < bytes.length; start += 8192) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return btoa(binary);
}
