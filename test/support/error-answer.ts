import { expect } from "vitest";
import * as z from "zod";
import { findViolations, publishedSchema } from "./published-schemas.ts";

const envelope = z.strictObject({
  error: z.strictObject({
    message: z.string().min(1),
    type: z.string(),
    param: z.string().nullable(),
    code: z.string().nullable(),
  }),
});

export interface AnsweredError extends z.infer<typeof envelope.shape.error> {
  readonly status: number;
}

/** The error of an answer, after a look at what every error answer has to be: OpenAI's envelope and nothing of ours. */
export async function readError(response: Response): Promise<AnsweredError> {
  const text = await response.text();
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(response.headers.get("x-request-id")).toMatch(/^[\w=-]{1,255}$/);
  expect(response.headers.get("content-encoding")).toBeNull();
  // A stack trace, or a file of ours.
  expect(text).not.toMatch(/\bat .{1,80}:\d+:\d+|\.ts\b|node_modules/);
  const body: unknown = JSON.parse(text);
  expect(findViolations(body, publishedSchema("ErrorResponse"))).toEqual([]);
  return { status: response.status, ...envelope.parse(body).error };
}
