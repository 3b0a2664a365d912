import * as z from "zod/mini";
import type { ApiEnvelope } from "../../workers-ai/api-envelope.ts";
import { documents } from "./documents.ts";
import { noted } from "./members.ts";

/** Cloudflare's envelope, around what Workers AI answers. */

const around = {
  success: z.boolean(),
  errors: z.array(z.object({ code: z.int(), message: z.string() })),
  messages: z.array(z.string()),
};

export const workersAiResult = documents<ApiEnvelope>()(
  z.object({ result: noted(z.unknown(), "What the model's page says, as Workers AI wrote it."), ...around }),
);

export const workersAiError = z.object({ result: z.null(), ...around });
