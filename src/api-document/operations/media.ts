import { modelAnswer, modelParameters } from "../headers.ts";
import { eventStream, jsonBody, modelErrors } from "../operation.ts";
import type { Operation } from "../operation.ts";

const access = "key";
const text = { type: "string" };

/** Bytes have no schema. */
const bytes = {};

const transcripts = {
  "application/json": {
    anyOf: [{ $ref: "#/components/schemas/Transcription" }, { $ref: "#/components/schemas/VerboseTranscription" }],
  },
  "text/plain": text,
  "application/x-subrip": text,
  "text/vtt": text,
};

const sounds = {
  "audio/mpeg": bytes,
  "audio/ogg": bytes,
  "audio/aac": bytes,
  "audio/flac": bytes,
  "audio/wav": bytes,
  "audio/pcm": bytes,
};

const pictures = { "image/png": bytes, "image/jpeg": bytes, "image/webp": bytes, "image/gif": bytes };

const whisper = "@cf/openai/whisper-large-v3-turbo";

export const mediaOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/v1/images/generations",
    id: "createImages",
    tag: "Images",
    summary: "Makes images",
    access,
    parameters: modelParameters,
    body: jsonBody("ImageRequest", {
      image: { summary: "An image", value: { prompt: "A lighthouse at night" } },
      several: {
        summary: "Two images of a size",
        value: {
          model: "@cf/black-forest-labs/flux-2-klein-4b",
          prompt: "A lighthouse at night",
          n: 2,
          size: "512x512",
        },
      },
    }),
    answer: {
      status: 200,
      description: "The images, as base64 or as URLs.",
      headers: modelAnswer,
      example: {
        created: 1795651200,
        data: [{ b64_json: "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAg" }],
        output_format: "jpeg",
      },
      contents: { "application/json": "ImageList" },
    },
    errors: modelErrors,
  },
  {
    method: "get",
    path: "/v1/images/files/{name}",
    id: "showImage",
    tag: "Images",
    summary: "Shows an image that was asked for as a URL",
    description: "For an hour. Whoever has the URL may see the image.",
    access: "none",
    parameters: [
      {
        name: "name",
        in: "path",
        description: "The name, which the URL of the image has.",
        schema: { type: "string" },
      },
    ],
    answer: { status: 200, description: "The image.", contents: pictures },
    errors: [404, 500],
  },
  {
    method: "post",
    path: "/v1/audio/transcriptions",
    id: "createTranscription",
    tag: "Audio",
    summary: "Writes down speech",
    access,
    parameters: modelParameters,
    body: {
      contents: { "multipart/form-data": "TranscriptionForm" },
      examples: {
        json: { summary: "The text", value: { file: "speech.mp3", model: whisper, language: "en" } },
        verbose: {
          summary: "With the times of words",
          value: {
            file: "speech.mp3",
            model: whisper,
            response_format: "verbose_json",
            timestamp_granularities: ["word", "segment"],
          },
        },
        subtitles: { summary: "As subtitles", value: { file: "speech.mp3", model: whisper, response_format: "vtt" } },
        text: {
          summary: "As plain text",
          value: { file: "speech.mp3", model: "@cf/openai/whisper", response_format: "text" },
        },
        srt: {
          summary: "As subtitles of another form",
          value: { file: "speech.mp3", model: whisper, response_format: "srt" },
        },
        stream: { summary: "As a stream", value: { file: "speech.mp3", model: whisper, stream: "true" } },
      },
    },
    answer: {
      status: 200,
      description: "The text, in the form that `response_format` names.",
      headers: modelAnswer,
      example: {
        text: "The train leaves at noon.",
        usage: { type: "duration", seconds: 2.4 },
      },
      contents: {
        ...transcripts,
        "text/event-stream": eventStream("Server-sent events: the text, as one piece.", "TranscriptionEvent"),
      },
    },
    errors: modelErrors,
  },
  {
    method: "post",
    path: "/v1/audio/translations",
    id: "createTranslation",
    tag: "Audio",
    summary: "Translates speech into English",
    access,
    parameters: modelParameters,
    body: {
      contents: { "multipart/form-data": "TranslationForm" },
      examples: {
        json: { summary: "The text", value: { file: "speech.mp3", model: whisper } },
        verbose: {
          summary: "With the times of segments",
          value: { file: "speech.mp3", model: whisper, response_format: "verbose_json" },
        },
      },
    },
    answer: {
      status: 200,
      description: "The text, in the form that `response_format` names.",
      headers: modelAnswer,
      contents: {
        ...transcripts,
      },
    },
    errors: modelErrors,
  },
  {
    method: "post",
    path: "/v1/audio/speech",
    id: "createSpeech",
    tag: "Audio",
    summary: "Speaks a text",
    access,
    parameters: modelParameters,
    body: jsonBody("SpeechRequest", {
      mp3: {
        summary: "As MP3",
        value: { model: "@cf/deepgram/aura-2-en", voice: "luna", input: "The train leaves at noon." },
      },
      wav: {
        summary: "As WAV, by a voice of OpenAI's",
        value: {
          model: "@cf/deepgram/aura-2-en",
          voice: "alloy",
          input: "The train leaves at noon.",
          response_format: "wav",
        },
      },
    }),
    answer: {
      status: 200,
      description: "The sound, as it is made.",
      headers: modelAnswer,
      contents: sounds,
    },
    errors: modelErrors,
  },
];
