import { has, keeping, post, verifyJson } from "../check.ts";
import type { Check, Kept } from "../check.ts";

const SPEECH = "@cf/deepgram/aura-1";
const RECOGNITION = "@cf/openai/whisper-large-v3-turbo";
const image = { model: "@cf/black-forest-labs/flux-1-schnell", prompt: "A lighthouse" };
const bucket = { needs: "an R2 bucket (IMAGES)" };

/** The recording of an earlier check, or nothing, as a file in a form. */
function toForm({ speech }: Kept): FormData {
  const form = new FormData();
  form.set("model", RECOGNITION);
  const bytes = typeof speech === "object" ? Uint8Array.from(speech) : new Uint8Array();
  form.set("file", new Blob([bytes], { type: "audio/wav" }), "speech.wav");
  return form;
}

/** What models do beside completing. */
export const taskChecks: readonly Check[] = [
  post(
    "embeddings",
    "/v1/embeddings",
    { model: "@cf/baai/bge-small-en-v1.5", input: "Hello" },
    has("data", 0, "embedding", 0),
  ),
  post(
    "rerank",
    "/v1/rerank",
    { model: "@cf/baai/bge-reranker-base", query: "planets", documents: ["Jupiter has moons.", "Bread is baked."] },
    has("results", 0, "relevance_score"),
  ),
  post("moderations", "/v1/moderations", { input: "I like gardening." }, has("results", 0, "flagged")),
  post("images", "/v1/images/generations", image, has("data", 0, "b64_json")),
  post("images, as a URL", "/v1/images/generations", { ...image, response_format: "url" }, has("data", 0, "url"), {
    ...bucket,
    keep: (answer) => {
      const { url } = keeping({ url: ["data", 0, "url"] })(answer);
      return typeof url === "string" ? { image: url.slice(url.lastIndexOf("/") + 1) } : {};
    },
  }),
  {
    name: "images, at the URL",
    method: "GET",
    path: "/v1/images/files/{image}",
    as: "nobody",
    verify: ({ bytes }) => (bytes.length > 500 ? undefined : `${bytes.length} bytes of an image`),
    ...bucket,
  },
  {
    name: "speech",
    method: "POST",
    path: "/v1/audio/speech",
    body: { model: SPEECH, voice: "alloy", input: "Hello there.", response_format: "wav" },
    verify: ({ bytes }) => (bytes.length > 1000 ? undefined : `${bytes.length} bytes of sound`),
    keep: ({ bytes }) => ({ speech: bytes }),
  },
  ...["transcriptions", "translations"].map((kind): Check => ({
    name: kind,
    method: "POST",
    path: `/v1/audio/${kind}`,
    body: toForm,
    verify: verifyJson(has("text")),
  })),
];
