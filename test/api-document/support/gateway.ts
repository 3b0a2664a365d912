import { env } from "cloudflare:workers";
import * as z from "zod";
import type { Bindings } from "../../../src/env.ts";
import type { JsonRecord } from "../../../src/json.ts";
import { storageBindings } from "../../stored-responses/objects.ts";
import { ADMIN_KEY, createKeyGateway } from "../../support/key-objects.ts";
import { fillPath } from "./operations.ts";
import type { Example, Operation } from "./operations.ts";

/** Stands for the static files of a deployment. */
const files: Readonly<Record<string, readonly [text: string, type: string]>> = {
  "/openapi.json": ['{"openapi":"3.1.1","info":{},"paths":{}}', "application/json"],
  "/reference.html": ["<!doctype html>", "text/html"],
  "/usage.html": ["<!doctype html>", "text/html"],
  "/playground.html": ["<!doctype html>", "text/html"],
  "/playground.js": ["go()", "text/javascript"],
};

const ASSETS = {
  fetch(request: Request): Promise<Response> {
    const [text, type] = files[new URL(request.url).pathname] ?? [];
    if (type === undefined) return Promise.resolve(new Response(null, { status: 404 }));
    return Promise.resolve(new Response(text, { headers: { "content-type": type } }));
  },
};

/** A gateway that has all there is: keys, storage, files, images. */
export const gateway = createKeyGateway({
  vars: { ...storageBindings(), ASSETS, IMAGES: (env as Bindings).IMAGES },
  authorization: null,
});

const created = z.object({ id: z.string() });

/** What has to be there before an operation can answer: the values of the parameters of its path. */
export type Preparation = () => Promise<Readonly<Record<string, string>>>;

async function make(path: string, body: JsonRecord, key = "sk-test"): Promise<{ readonly id: string }> {
  const response = await gateway.post(path, body, { authorization: `Bearer ${key}` });
  return created.parse(await response.json());
}

const key: Preparation = () => make("/admin/keys", { name: "test" }, ADMIN_KEY);

const model = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const response: Preparation = () => make("/v1/responses", { model, input: "Hello!" });
const backgroundResponse: Preparation = () => make("/v1/responses", { model, input: "Hello!", background: true });

const items = [{ type: "message", role: "user", content: "Hello!" }];
const conversation: Preparation = () => make("/v1/conversations", {});
const conversationItem: Preparation = async () => {
  const { id } = await make("/v1/conversations", { items });
  const listed = await gateway.request(`/v1/conversations/${id}/items`, {
    headers: { authorization: "Bearer sk-test" },
  });
  const { data } = z.object({ data: z.array(created) }).parse(await listed.json());
  return { id, item: data[0]?.id ?? "" };
};

const image: Preparation = async () => {
  const made = await gateway.post(
    "/v1/images/generations",
    { prompt: "A lighthouse at night", response_format: "url" },
    { authorization: "Bearer sk-test" },
  );
  const { data } = z.object({ data: z.array(z.object({ url: z.string() })) }).parse(await made.json());
  return { name: data[0]?.url.split("/").at(-1) ?? "" };
};

export const preparations: Readonly<Record<string, Preparation>> = {
  showImage: image,
  retrieveResponse: response,
  deleteResponse: response,
  listInputItems: response,
  cancelResponse: backgroundResponse,
  retrieveConversation: conversation,
  updateConversation: conversation,
  deleteConversation: conversation,
  createConversationItems: conversation,
  listConversationItems: conversationItem,
  retrieveConversationItem: conversationItem,
  deleteConversationItem: conversationItem,
  retrieveKey: key,
  updateKey: key,
  deleteKey: key,
  rotateKey: key,
  blockKey: key,
  unblockKey: key,
  readKeyUsage: key,
};

/** Sends an example, with the key that its operation asks for. */
export async function send(example: Example): Promise<Response> {
  const { operation, body, contentType } = example;
  const path = fillPath(operation, await preparations[operation.operationId]?.());
  const headers = new Headers(toAuthorization(operation));
  for (const parameter of operation.parameters) {
    if ("$ref" in parameter || parameter.in !== "header" || parameter.example === undefined) continue;
    headers.set(parameter.name, parameter.example);
  }
  const method = operation.method.toUpperCase();
  if (body === undefined) return gateway.request(path, { method, headers });
  if (contentType === "multipart/form-data") return gateway.request(path, { method, headers, body: toForm(body) });
  headers.set("content-type", contentType);
  return gateway.request(path, { method, headers, body: JSON.stringify(body) });
}

function toAuthorization({ security }: Operation): Record<string, string> {
  if (security.length === 0) return {};
  const isAdmin = security.some((scheme) => "admin" in scheme);
  return { authorization: `Bearer ${isAdmin ? ADMIN_KEY : "sk-test"}` };
}

/** A form with the fields of an example, and a recording under the name that stands for it there. */
function toForm({ file, ...fields }: JsonRecord): FormData {
  const form = new FormData();
  form.set("file", new File([new Uint8Array(2_000)], String(file)));
  for (const [name, value] of Object.entries(fields)) {
    if (Array.isArray(value)) for (const member of value) form.append(`${name}[]`, String(member));
    else form.set(name, String(value));
  }
  return form;
}
