import { objectOf, numberOf, stringOf, type JsonObject } from "../json-value.ts";
import type { Random } from "../language/random.ts";
import type { EmulatedModel } from "../model-table.ts";
import { toBase64 } from "../../stream/base64.ts";
import { encodeJpeg } from "./jpeg.ts";
import { createPattern } from "./pattern.ts";
import { encodePng } from "./png.ts";

const SIDE = 1024;

/** The models that answer with the bytes of an image; the others with JSON that holds them. */
const BINARY = ["/phoenix-", "/stable-diffusion-", "/dreamshaper-"];

/** An image of the size that was asked for, whose picture depends on the prompt and the seed. */
export async function runImage({ entry }: EmulatedModel, inputs: JsonObject, random: Random): Promise<Response> {
  const asked = entry.abilities.image?.inputs === "form" ? objectOf(inputs.multipart) : inputs;
  const width = readNumber(asked.width) ?? SIDE;
  const height = readNumber(asked.height) ?? SIDE;
  const seed = readNumber(asked.seed) ?? Math.floor(random() * 2 ** 31);
  const pattern = createPattern(stringOf(asked.prompt) ?? "", seed);
  const isPng = entry.id.includes("/stable-diffusion-") || entry.id.includes("/dreamshaper-");
  const bytes = isPng ? await encodePng(width, height, pattern) : encodeJpeg(width, height, pattern);
  if (BINARY.some((part) => entry.id.includes(part))) {
    return new Response(bytes, { headers: { "content-type": isPng ? "image/png" : "image/jpeg" } });
  }
  return Response.json({ image: toBase64(bytes) });
}

/** A number, or the text of one, as forms have it. */
function readNumber(value: unknown): number | undefined {
  return numberOf(typeof value === "string" && value !== "" ? Number(value) : value);
}
