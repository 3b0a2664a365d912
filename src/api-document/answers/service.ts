import * as z from "zod/mini";

export const health = z.object({ status: z.literal("ok") });

const part = z.record(z.string(), z.unknown());

export const apiDocument = z.object({ openapi: z.string(), info: part, paths: part, components: z.optional(part) });
