import type { ModelEntry } from "../models/model.ts";
import type { ParameterSchema } from "./parameter-schemas.ts";

type Parameters = Readonly<Record<string, ParameterSchema | undefined>>;

/**
 * The parameters that have their effect with a model of images or of sound, each with the values that it takes where
 * that depends on the model.
 */
export function toMediaParameters({ abilities }: ModelEntry): Parameters {
  const { image, hearing, speech } = abilities;
  if (image !== undefined) {
    const { sides, steps, guidance } = image;
    return {
      n: undefined,
      size: sides === undefined ? { type: "string", enum: ["auto", `${image.side}x${image.side}`] } : undefined,
      response_format: undefined,
      ...(steps !== undefined && {
        quality: undefined,
        steps: { type: "integer", minimum: 1, maximum: steps.most },
      }),
      ...(image.seed && { seed: { type: "integer", minimum: 0 } }),
      ...(image.negativePrompt && { negative_prompt: undefined }),
      ...(guidance !== undefined && {
        guidance: { type: "number", minimum: guidance.least, maximum: guidance.most },
      }),
    };
  }
  if (hearing !== undefined) {
    return {
      response_format: { type: "string", enum: ["json", "text", "srt", "verbose_json", "vtt"] },
      timestamp_granularities: undefined,
      stream: undefined,
      ...(hearing.takesDirections && { language: undefined, prompt: undefined }),
    };
  }
  if (speech === undefined) return {};
  const formats = speech.inputs === "melo" ? ["mp3"] : ["mp3", "opus", "aac", "flac", "wav", "pcm"];
  return {
    voice: { type: "string", enum: speech.voices },
    response_format: { type: "string", enum: formats },
  };
}
