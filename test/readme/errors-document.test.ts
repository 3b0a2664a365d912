import { describe, expect, it } from "vitest";
import * as z from "zod";
import { toErrorMarkdown, toOtherErrorFormMarkdown } from "../../scripts/docs/errors.ts";
import { errorNotes } from "../../src/api-document/error-notes.ts";
import { faultModels } from "../../src/emulator/faults/fault-table.ts";
import type { ErrorKind } from "../../src/errors.ts";
import { GatewayError } from "../../src/errors.ts";
import { toErrorEnvelope, toErrorStatus } from "../../src/openai/error-envelope.ts";
import { BASE_URL, createInProcessGateway } from "../clients/support/in-process.ts";
import type { TestGatewayOptions } from "../support/gateway.ts";
import { readCodeBlocks, readPart, readProjectFile } from "./code-blocks.ts";

/** `docs/errors.md`: its tables are current, and what they say of `param` is what answers say. */

const document = readProjectFile("docs/errors.md");

const envelope = z.object({
  error: z.object({
    message: z.string(),
    type: z.string(),
    param: z.nullable(z.string()),
    code: z.nullable(z.string()),
  }),
});

interface Asked {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | string;
  readonly gateway?: TestGatewayOptions;
}

const messages = [{ role: "user", content: "Hello" }];
const model = "llama-3.3-70b";
const chat = { model, messages };

function fault(id: string): Asked {
  return { body: { model: `@emulator/${id}`, messages }, gateway: { extraEntries: faultModels } };
}

/** A request for each error that one request brings about. */
const requests: Partial<Record<ErrorKind, Asked>> = {
  missing_parameter: { body: { model } },
  invalid_type: { body: { model, messages: "none" } },
  invalid_value: { body: { model, messages: [{ role: "nobody", content: "Hello" }] } },
  unsupported_parameter: { body: { ...chat, modalities: ["audio"], audio: { voice: "alloy", format: "wav" } } },
  invalid_request: { body: "{" },
  context_length_exceeded: { body: { model, messages: [{ role: "user", content: "word ".repeat(30_000) }] } },
  storage_unavailable: { path: "/v1/responses", body: { model, input: "Hello", background: true } },
  missing_api_key: { body: chat, gateway: { authorization: null } },
  invalid_api_key: { body: chat, gateway: { authorization: "Bearer sk-wrong" } },
  model_not_found: { body: { model: "no-such-model", messages } },
  unknown_url: { path: "/v1/nothing", body: {} },
  method_not_allowed: { method: "GET" },
  body_too_large: { body: chat, gateway: { vars: { API_KEYS: "test:sk-test", MAX_BODY_BYTES: "10" } } },
  unsupported_media_type: { body: chat, headers: { "content-encoding": "gzip" } },
  misconfigured: { body: chat, gateway: { vars: { MAX_ATTEMPTS: "many" } } },
  content_refused: fault("flagged"),
  permission_denied: fault("account-blocked"),
  model_not_allowed: fault("private-model"),
  model_agreement_required: fault("agreement-required"),
  plan_required: fault("plan-required"),
  out_of_capacity: fault("out-of-capacity"),
  quota_spent: fault("quota-spent"),
  upstream_internal: fault("internal-error"),
  upstream_failed: fault("empty-error"),
  json_mode_failed: fault("json-mode-failed"),
  upstream_timeout: fault("timed-out"),
};

async function ask({ path = "/v1/chat/completions", method = "POST", headers = {}, body, gateway }: Asked) {
  const response = await createInProcessGateway(gateway).fetch(new URL(path, BASE_URL), {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(method === "POST" && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, ...envelope.parse(await response.json()) };
}

/** What the words of the table allow. */
function isAllowed(note: string, param: string | null): boolean {
  if (param === null) return note.includes("null");
  if (note.includes("at fault")) return true;
  return note.includes(`\`${param}\``) || note.startsWith("the parameter");
}

describe("docs/errors.md", () => {
  it("shows every error as it is (`npm run docs` writes them there)", () => {
    expect(readPart(document, "errors")).toBe(toErrorMarkdown());
    expect(readPart(document, "error-forms")).toBe(toOtherErrorFormMarkdown());
  });

  it.each(Object.entries(requests) as [ErrorKind, Asked][])("is right about %s", async (kind, asked) => {
    const { status, error } = await ask(asked);
    const expected = toErrorEnvelope(new GatewayError(kind, "")).error;
    expect([status, error.type, error.code]).toEqual([toErrorStatus(kind), expected.type, expected.code]);
    expect([error.param, isAllowed(errorNotes[kind].param, error.param)]).toEqual([error.param, true]);
  });

  it("shows an answer as it is given", async () => {
    const [example] = readCodeBlocks(document).filter(({ language }) => language === "json");
    const { error } = await ask({ body: { model } });
    expect(JSON.parse(example?.code ?? "")).toEqual({ error });
  });
});
