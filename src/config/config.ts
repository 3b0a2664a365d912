import * as z from "zod";
import { GatewayError } from "../errors.ts";
import { staticKeys } from "./static-keys.ts";

/**
 * The settings of the Worker: environment variables and secrets, read once. Every problem is reported at once, by name
 * and without the value, because a value may be a secret.
 */

const flag = z.enum(["true", "false"], { error: "expected true or false" }).transform((text) => text === "true");

function milliseconds(fallback: number, least = 1) {
  return whole(fallback, least, 3_600_000);
}

function whole(fallback: number, least: number, most: number) {
  return z
    .union(
      [
        z
          .string()
          .regex(/^\d{1,12}$/)
          .transform(Number),
        z.number(),
      ],
      { error: "expected a whole number" },
    )
    .refine((value) => Number.isInteger(value) && value >= least && value <= most, {
      error: `expected a whole number from ${least} to ${most}`,
    })
    .default(fallback);
}

/** Variables arrive as text, or as JSON where the configuration file says so. */
function json<Schema extends z.ZodType>(schema: Schema) {
  const parsed = z.string().transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: "expected JSON" });
      return z.NEVER;
    }
  });
  return z.union([parsed.pipe(schema), schema]);
}

const aliases = z.record(z.string().min(1), z.string().min(1), { error: "expected an object of alias to model id" });

const fallbacks = z.record(z.string().min(1), z.array(z.string().min(1)), {
  error: "expected an object of model id to a list of model ids",
});

const schema = z.object({
  API_KEYS: staticKeys.default([]),
  ALLOW_ANONYMOUS: flag.default(false),
  MODEL_ALIASES: json(aliases).default({}),
  MODEL_FALLBACKS: json(fallbacks).default({}),
  FIRST_TOKEN_TIMEOUT_MS: milliseconds(60_000),
  RESPONSE_TIMEOUT_MS: milliseconds(180_000),
  STALL_TIMEOUT_MS: milliseconds(30_000),
  REQUEST_TIMEOUT_MS: milliseconds(600_000),
  MAX_ATTEMPTS: whole(3, 1, 10),
  MAX_BODY_BYTES: whole(20 * 1024 * 1024, 1, 100 * 1024 * 1024),
  CORS_ORIGINS: z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((origin) => origin.trim())
        .filter((origin) => origin !== ""),
    )
    .default(["*"]),
  STRICT_PARAMETERS: flag.default(false),
});

export type Config = z.infer<typeof schema>;

/** Throws a `misconfigured` error whose cause names every setting that is wrong. */
export function parseConfig(environment: object): Config {
  const result = schema.safeParse(environment);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new GatewayError("misconfigured", "The gateway is not configured correctly; its log says what is wrong.", {
    cause: new Error(problems.join("; ")),
  });
}
