import { describe, expect, it } from "vitest";
import { storageBindings } from "../stored-responses/objects.ts";
import { createBinding } from "../support/binding.ts";
import { readError } from "../support/error-answer.ts";
import { eventually } from "../support/eventually.ts";
import { createKeyGateway, LLAMA } from "../support/key-objects.ts";

const QWEN = "@cf/qwen/qwen3-30b-a3b-fp8";

const models = ["@cf/meta/*", "gpt-oss-120b"];

describe("the models of a key", () => {
  it("are those that it may use, by id or alias; of others it is told 403", async () => {
    const gateway = createKeyGateway();
    const key = await gateway.createKey({ models });
    for (const model of [LLAMA, "llama-3.3-70b", "@cf/openai/gpt-oss-120b", "@cf/meta/llama-3.1-70b-instruct"]) {
      expect([model, (await gateway.chat(key, { model })).status]).toEqual([model, 200]);
    }
    for (const model of [QWEN, "qwen3-30b-a3b-fp8", "@cf/openai/gpt-oss-20b"]) {
      const error = await readError(await gateway.chat(key, { model }));
      expect(error).toMatchObject({ status: 403, type: "permission_error", code: "model_not_allowed", param: "model" });
    }
    expect(await readError(await gateway.chat(key, { model: "no-such-model" }))).toMatchObject({ status: 404 });
  });

  it("are all that it sees", async () => {
    const gateway = createKeyGateway();
    const key = await gateway.createKey({ models });
    const response = await gateway.request("/v1/models", { headers: key.headers });
    const { data } = await response.json<{ data: readonly { id: string; canonical_id?: string }[] }>();
    const ids = new Set(data.map(({ id, canonical_id: canonical = id }) => canonical));
    expect([...ids].filter((id) => !id.startsWith("@cf/meta/"))).toEqual(["@cf/openai/gpt-oss-120b"]);
    expect(ids.size).toBeGreaterThan(3);
    const hidden = await gateway.request(`/v1/models/${QWEN}`, { headers: key.headers });
    expect(await readError(hidden)).toMatchObject({ status: 404, code: "model_not_found" });
  });

  it("leave out the operator's fallbacks that it may not use", async () => {
    const binding = createBinding(() => new Response('{"errors":[{"code":3040}]}', { status: 429 }));
    const vars = { MODEL_FALLBACKS: { [LLAMA]: [QWEN] }, MAX_ATTEMPTS: "1" };
    const gateway = createKeyGateway({ binding, vars });
    await gateway.chat(await gateway.createKey({ models }));
    expect(new Set(binding.calls.map(({ model }) => model))).toEqual(new Set([LLAMA]));
  });
});

describe("a response that is made in the background", () => {
  it("is charged to the key that asked for it, and held to its limits", async () => {
    const gateway = createKeyGateway({ vars: storageBindings() });
    const key = await gateway.createKey({ models, rpm: 1 });
    const begin = async (): Promise<string> => {
      const request = { model: LLAMA, input: "Hello", background: true };
      const { id } = await (await gateway.post("/v1/responses", request, key.headers)).json<{ id: string }>();
      return id;
    };
    const readEnd = (id: string) =>
      eventually(async () => {
        const response = await gateway.request(`/v1/responses/${id}`, { headers: key.headers });
        const answer = await response.json<{ status: string; error: unknown }>();
        expect(["queued", "in_progress"]).not.toContain(answer.status);
        return answer;
      });
    expect(await readEnd(await begin())).toMatchObject({ status: "completed" });
    // It is settled behind the response.
    await eventually(async () => {
      const { data } = await (await gateway.admin(`/keys/${key.id}/usage`)).json<{ data: unknown }>();
      expect(data).toMatchObject([{ model: LLAMA, requests: 1, errors: 0 }]);
    });
    expect(await readEnd(await begin())).toMatchObject({
      status: "failed",
      error: { code: "rate_limit_exceeded", message: expect.stringMatching(/^Rate limit reached for key 'test'/) },
    });
  }, 60_000);
});

describe("static keys beside managed ones", () => {
  it("work without any object", async () => {
    const KEYS = {
      getByName() {
        throw new Error("asked");
      },
    };
    const gateway = createKeyGateway({ vars: { KEYS } });
    const headers = { authorization: "Bearer sk-test" };
    const body = { model: LLAMA, messages: [{ role: "user", content: "Hello" }] };
    expect((await gateway.post("/v1/chat/completions", body, headers)).status).toBe(200);
    const wrong = await gateway.request("/v1/models", { headers: { authorization: "Bearer sk-wrong" } });
    expect(await readError(wrong)).toMatchObject({ status: 401 });
  });

  it("may be missing: then only managed keys are keys, and anonymous requests where they are allowed", async () => {
    const gateway = createKeyGateway({ vars: { API_KEYS: "", ALLOW_ANONYMOUS: "true" } });
    const key = await gateway.createKey();
    const request = (authorization: string) => gateway.request("/v1/models", { headers: { authorization } });
    expect((await request(`Bearer ${key.key}`)).status).toBe(200);
    expect((await request("Bearer sk-any")).status).toBe(200);
    expect((await request("")).status).toBe(200);
    expect((await request(`${key.headers.authorization.slice(0, -1)}x`)).status).toBe(401);
  });
});
