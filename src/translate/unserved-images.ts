import type { ImageRequest } from "../openai/image-request.ts";
import type { UnservedParameter } from "./unserved.ts";

const singleImages = "models make single images";

/** The parameters of a request for images that Workers AI's models cannot serve. */
export const unservedByImages: readonly UnservedParameter<ImageRequest>[] = [
  {
    name: "stream",
    treatment: "refused",
    reason: "models give their images whole",
    isAsked: ({ stream }) => stream === true,
  },
  {
    name: "background",
    treatment: "refused",
    reason: "models make opaque images",
    isAsked: ({ background }) => background === "transparent",
  },
  {
    name: "svg",
    treatment: "refused",
    reason: "models make images of pixels",
    isAsked: ({ svg, output_format: format }) => svg !== undefined || format === "svg",
  },
  {
    name: "frame_count",
    treatment: "refused",
    reason: singleImages,
    isAsked: ({ frame_count: count }) => count !== undefined && count !== 1,
  },
  {
    name: "output_format",
    treatment: "ignored",
    reason: "a model has one format; the answer names it",
    isAsked: ({ output_format: format }) => format !== undefined && format !== "svg",
  },
  {
    name: "output_compression",
    treatment: "ignored",
    reason: "models decide it",
    isAsked: (request) => request.output_compression !== undefined,
  },
  {
    name: "frame_duration_ms",
    treatment: "ignored",
    reason: singleImages,
    isAsked: (request) => request.frame_duration_ms !== undefined,
  },
  {
    name: "partial_images",
    treatment: "ignored",
    reason: "models give their images whole",
    isAsked: ({ partial_images: count }) => count !== undefined && count !== 0,
  },
  {
    name: "style",
    treatment: "ignored",
    reason: "models know it only from the prompt",
    isAsked: ({ style }) => style !== undefined,
  },
  {
    name: "complexity",
    treatment: "ignored",
    reason: "models know it only from the prompt",
    isAsked: ({ complexity }) => complexity !== undefined,
  },
  {
    name: "moderation",
    treatment: "ignored",
    reason: "models have their own",
    isAsked: ({ moderation }) => moderation !== undefined && moderation !== "auto",
  },
  {
    name: "safety_identifier",
    treatment: "ignored",
    reason: "nothing is reported to anybody",
    isAsked: (request) => request.safety_identifier !== undefined,
  },
];
