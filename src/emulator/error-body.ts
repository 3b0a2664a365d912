import type { Random } from "./language/random.ts";
import { randomHex } from "./language/random.ts";

/** A refusal as Workers AI words it. */
export interface WorkersAiError {
  readonly code: number;
  readonly status: number;
  readonly description: string;
}

/** The body that the binding reads as name, internal code and description. */
export function errorResponse(error: WorkersAiError, random: Random): Response {
  const requestId = randomUuid(random);
  return Response.json(
    {
      internalCode: error.code,
      name: "AiError",
      description: error.description,
      message: `AiError: ${error.code === 5006 ? "Bad input: " : ""}${error.description} (${requestId})`,
    },
    { status: error.status, headers: { "cf-ai-req-id": requestId } },
  );
}

/** The body of Cloudflare's API, which some errors of capacity and account come in. */
export function apiErrorResponse(error: WorkersAiError, random: Random): Response {
  return Response.json(
    { success: false, errors: [{ code: error.code, message: error.description }], result: {}, messages: [] },
    { status: error.status, headers: { "cf-ai-req-id": randomUuid(random) } },
  );
}

export function randomUuid(random: Random): string {
  const hex = randomHex(random, 30);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-8${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
}
