import type { ModelEntry } from "../../models/model.ts";

/** The input schemas of the models of images and of sound, as their pages have them; made from what the catalogue says. */
export function mediaSchema({ id, abilities }: ModelEntry): object | undefined {
  const { image, hearing, speech } = abilities;
  if (image?.inputs === "form") {
    const form = object({ prompt: { type: "string", minLength: 1 } }, ["prompt"]);
    return object({ multipart: form }, ["multipart"]);
  }
  if (image !== undefined) {
    const { sides, steps, guidance } = image;
    const side = { type: "integer", minimum: sides?.least ?? 1, maximum: sides?.most ?? 1 };
    const properties = {
      prompt: { type: "string", minLength: 1, ...(id.includes("flux-1") && { maxLength: 2048 }) },
      ...(steps !== undefined && { [steps.name]: { type: "integer", minimum: 1, maximum: steps.most } }),
      ...(sides !== undefined && { width: side, height: side }),
      ...(image.seed && { seed: { type: "integer", minimum: 0 } }),
      ...(image.negativePrompt && { negative_prompt: { type: "string" } }),
      ...(guidance !== undefined && { guidance: { type: "number", minimum: guidance.least, maximum: guidance.most } }),
    };
    return object(properties, ["prompt"]);
  }
  if (hearing?.audio === "bytes") {
    return object({ audio: { type: "array", items: { type: "number" } } }, ["audio"]);
  }
  if (hearing !== undefined) {
    const text = { type: "string" };
    return object({ audio: text, task: text, language: text, initial_prompt: text, prefix: text }, ["audio"]);
  }
  if (speech?.inputs === "melo") {
    return object({ prompt: { type: "string", minLength: 1 }, lang: { type: "string" } }, ["prompt"]);
  }
  if (speech === undefined) return undefined;
  const properties = {
    text: { type: "string" },
    speaker: { type: "string", enum: speech.voices },
    encoding: { type: "string", enum: ["linear16", "flac", "mulaw", "alaw", "mp3", "opus", "aac"] },
    container: { type: "string", enum: ["none", "wav", "ogg"] },
    sample_rate: { type: "number" },
  };
  return object(properties, ["text"]);
}

function object(properties: object, required: readonly string[]): object {
  return { type: "object", properties, required };
}
