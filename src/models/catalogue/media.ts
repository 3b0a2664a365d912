import type { HearingAbility, ImageAbility, ModelEntry, SpeechAbility } from "../model.ts";
import { mediaModel, unitPrice } from "./entry.ts";

/** The models of images and of sound: inputs of their pages and of the binding's types, prices of the price list. */

/** What is known of a model that nobody described: the prompt is an input. Every row says what it has beside that. */
export const promptOnlyImage: ImageAbility = {
  inputs: "json",
  side: 1024,
  sides: undefined,
  steps: undefined,
  seed: false,
  negativePrompt: false,
  guidance: undefined,
};

const stableDiffusion: ImageAbility = {
  ...promptOnlyImage,
  sides: { least: 256, most: 2048 },
  steps: { name: "num_steps", usual: 20, most: 20 },
  seed: true,
  negativePrompt: true,
  guidance: { least: 0, most: 20 },
};

const flux2: ImageAbility = { ...promptOnlyImage, inputs: "form", sides: { least: 256, most: 1920 }, seed: true };

export const imageModels: readonly ModelEntry[] = [
  mediaModel(
    "text-to-image",
    {
      id: "@cf/black-forest-labs/flux-1-schnell",
      price: unitPrice({ outputTile: 0.000_052_8, step: 0.000_105_6 }),
    },
    { image: { ...promptOnlyImage, steps: { name: "steps", usual: 4, most: 8 } } },
  ),
  mediaModel(
    "text-to-image",
    {
      id: "@cf/black-forest-labs/flux-2-dev",
      price: unitPrice({ outputTileStep: 0.000_412_5 }),
    },
    { image: { ...flux2, steps: { name: "steps", usual: undefined, most: 50 } } },
  ),
  mediaModel(
    "text-to-image",
    {
      id: "@cf/black-forest-labs/flux-2-klein-4b",
      price: unitPrice({ outputTile: 0.000_286_55 }),
    },
    { image: flux2 },
  ),
  mediaModel(
    "text-to-image",
    {
      // Its first megapixel costs more than the others, which no unit here can say: its cost is not known.
      id: "@cf/black-forest-labs/flux-2-klein-9b",
    },
    { image: flux2 },
  ),
  mediaModel(
    "text-to-image",
    {
      id: "@cf/leonardo/lucid-origin",
      price: unitPrice({ outputTile: 0.006_996, step: 0.000_132 }),
    },
    {
      image: {
        ...promptOnlyImage,
        sides: { least: 256, most: 2500 },
        steps: { name: "num_steps", usual: undefined, most: 40 },
        seed: true,
        guidance: { least: 0, most: 10 },
      },
    },
  ),
  mediaModel(
    "text-to-image",
    {
      id: "@cf/leonardo/phoenix-1.0",
      price: unitPrice({ outputTile: 0.005_83, step: 0.000_11 }),
    },
    {
      image: {
        ...promptOnlyImage,
        sides: { least: 256, most: 2048 },
        steps: { name: "num_steps", usual: 25, most: 50 },
        seed: true,
        negativePrompt: true,
        guidance: { least: 2, most: 10 },
      },
    },
  ),
  mediaModel(
    "text-to-image",
    {
      id: "@cf/stabilityai/stable-diffusion-xl-base-1.0",
    },
    { image: stableDiffusion },
  ),
  mediaModel(
    "text-to-image",
    {
      id: "@cf/bytedance/stable-diffusion-xl-lightning",
    },
    { image: stableDiffusion },
  ),
  mediaModel(
    "text-to-image",
    {
      id: "@cf/lykon/dreamshaper-8-lcm",
    },
    { image: stableDiffusion },
  ),
];

const plainHearing: HearingAbility = { audio: "bytes", takesDirections: false };

/** Workers AI bills the minute, and answers in seconds. */
const SECONDS = 60;

export const recognitionModels: readonly ModelEntry[] = [
  mediaModel(
    "automatic-speech-recognition",
    {
      id: "@cf/openai/whisper-large-v3-turbo",
      price: unitPrice({ audioSecond: 0.000_513 / SECONDS }),
    },
    { hearing: { audio: "base64", takesDirections: true } },
  ),
  mediaModel(
    "automatic-speech-recognition",
    {
      id: "@cf/openai/whisper",
      price: unitPrice({ audioSecond: 0.000_453 / SECONDS }),
    },
    { hearing: plainHearing },
  ),
  mediaModel(
    "automatic-speech-recognition",
    {
      id: "@cf/openai/whisper-tiny-en",
    },
    { hearing: plainHearing },
  ),
];

/** `first` is the voice that the model's page names as its default. */
function deepgram(first: string, others: string): SpeechAbility {
  return { inputs: "deepgram", voices: [first, ...others.split(" ")] };
}

const auraVoices = deepgram("angus", "asteria arcas orion orpheus athena luna zeus perseus helios hera stella");
const auraEnglishVoices = deepgram(
  "luna",
  "amalthea andromeda apollo arcas aries asteria athena atlas aurora callista cora cordelia delia draco " +
    "electra harmonia helena hera hermes hyperion iris janus juno jupiter mars minerva neptune odysseus " +
    "ophelia orion orpheus pandora phoebe pluto saturn thalia theia vesta zeus",
);
const auraSpanishVoices = deepgram("aquila", "sirio nestor carina celeste alvaro diana selena estrella javier");

export const speechModels: readonly ModelEntry[] = [
  mediaModel(
    "text-to-speech",
    {
      id: "@cf/deepgram/aura-2-en",
      price: unitPrice({ character: 0.03 / 1000 }),
    },
    { speech: auraEnglishVoices },
  ),
  mediaModel(
    "text-to-speech",
    {
      id: "@cf/deepgram/aura-2-es",
      price: unitPrice({ character: 0.03 / 1000 }),
    },
    { speech: auraSpanishVoices },
  ),
  mediaModel(
    "text-to-speech",
    {
      id: "@cf/deepgram/aura-1",
      price: unitPrice({ character: 0.015 / 1000 }),
    },
    { speech: auraVoices },
  ),
  mediaModel(
    "text-to-speech",
    {
      id: "@cf/myshell-ai/melotts",
      price: unitPrice({ audioSecond: 0.000_205 / SECONDS }),
    },
    // It has no voices but its languages.
    { speech: { inputs: "melo", voices: ["en", "es", "fr", "zh", "jp", "kr"] } },
  ),
];
