import { createOpenAI } from "@ai-sdk/openai";
import { generateText } from "ai";
import type { ModelMessage } from "ai";
import type { OpenAI } from "openai";
import { describe, expect, it } from "vitest";
import { faultModels } from "../../src/emulator/faults/fault-table.ts";
import { storageBindings } from "../stored-responses/objects.ts";
import { eventually } from "../support/eventually.ts";
import { createTestGateway } from "../support/gateway.ts";
import { createKeyGateway } from "../support/key-objects.ts";
import { createTestClient } from "./support/client.ts";

const model = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const input = "Hello!";
const storage = storageBindings();
const keys = { API_KEYS: "test:sk-test,other:sk-other" };

describe("what is stored", () => {
  it("belongs to the key that it was made with, and is not there for another", async () => {
    const owner = createTestClient({ vars: { ...storage, ...keys } }).client;
    const other = createTestClient({ vars: { ...storage, ...keys } }, { apiKey: "sk-other" }).client;
    const { id } = await owner.responses.create({ model, input });
    const missing = { status: 404, message: expect.stringContaining(id) };
    await expect(other.responses.retrieve(id)).rejects.toMatchObject(missing);
    await expect(other.responses.delete(id)).rejects.toMatchObject(missing);
    await expect(other.responses.cancel(id)).rejects.toMatchObject(missing);
    await expect(other.responses.inputItems.list(id)).rejects.toMatchObject(missing);
    const continued = other.responses.create({ model, input, previous_response_id: id });
    await expect(continued).rejects.toMatchObject({ status: 400, code: "previous_response_not_found" });
    const item = { type: "item_reference" as const, id: `msg_${id.slice("resp_".length)}0` };
    await expect(other.responses.create({ model, input: [item] })).rejects.toMatchObject({ status: 400 });
    expect((await owner.responses.retrieve(id)).id).toBe(id);
  });

  it("is told by the key and not by the header that it came in", async () => {
    const gateway = createTestGateway({ vars: { ...storage, ...keys }, authorization: null });
    const body = JSON.stringify({ model, input });
    const made = await gateway.request("/v1/responses", { method: "POST", body, headers: { "x-api-key": "sk-test" } });
    const { id }: { id: string } = await made.json();
    const statusFor = async (headers: Record<string, string>): Promise<number> =>
      (await gateway.request(`/v1/responses/${id}`, { headers })).status;
    expect(await statusFor({ authorization: "Bearer sk-test" })).toBe(200);
    expect(await statusFor({ "x-api-key": "sk-other" })).toBe(404);
  });

  it("stays with a managed key that is rotated", async () => {
    const gateway = createKeyGateway({ vars: { ...storage } });
    const [key, other] = [await gateway.createKey(), await gateway.createKey()];
    const made = await gateway.post("/v1/responses", { model, input }, key.headers);
    const { id }: { id: string } = await made.json();
    const rotated: { key: string } = await (await gateway.admin(`/keys/${key.id}/rotate`, {})).json();
    const headers = { authorization: `Bearer ${rotated.key}` };
    expect((await gateway.request(`/v1/responses/${id}`, { headers })).status).toBe(200);
    expect((await gateway.request(`/v1/responses/${id}`, { headers: other.headers })).status).toBe(404);
  });

  it("is made in the background within the limits of its key, and charged to it", async () => {
    const gateway = createKeyGateway({ vars: { ...storage } });
    const key = await gateway.createKey({ rpm: 1 });
    const responses: unknown[] = [];
    for (let count = 0; count < 2; count += 1) {
      const queued = await gateway.post("/v1/responses", { model, input, background: true }, key.headers);
      const { id }: { id: string } = await queued.json();
      responses.push(
        await eventually(async () => {
          const response = await (await gateway.request(`/v1/responses/${id}`, { headers: key.headers })).json();
          expect(response).toMatchObject({ status: expect.stringMatching(/completed|failed/) });
          return response;
        }),
      );
    }
    expect(responses).toMatchObject([
      { status: "completed" },
      { status: "failed", error: { code: "rate_limit_exceeded" } },
    ]);
    await eventually(async () => {
      const usage = await (await gateway.admin(`/keys/${key.id}/usage`)).text();
      expect(usage).toContain(model);
    });
  });

  it("belongs to everybody without a key together, where that is allowed", async () => {
    const anonymous = createTestGateway({
      vars: { ...storage, ...keys, ALLOW_ANONYMOUS: "true" },
      authorization: null,
    });
    const { id }: { id: string } = await (await anonymous.post("/v1/responses", { model, input })).json();
    expect((await anonymous.request(`/v1/responses/${id}`)).status).toBe(200);
    const headers = { authorization: "Bearer sk-test" };
    expect((await anonymous.request(`/v1/responses/${id}`, { headers })).status).toBe(404);
  });

  it("is found by references to items, which the AI SDK sends in place of what was said", async () => {
    const gateway = createTestGateway({ vars: storage });
    const bodies: unknown[] = [];
    const provider = createOpenAI({
      apiKey: "sk-test",
      baseURL: "https://gateway.test/v1",
      fetch: async (url, init) => {
        bodies.push(init?.body);
        return gateway.request(new URL(new Request(url).url).pathname, init);
      },
    });
    const options = { model: provider.responses(model), maxRetries: 0 };
    const question: ModelMessage = { role: "user", content: "Hello!" };
    const first = await generateText({ ...options, messages: [question] });
    const messages: ModelMessage[] = [question, ...first.response.messages, { role: "user", content: "Count to 3" }];
    const second = await generateText({ ...options, messages });
    expect(second.text).toContain("1, 2, 3");
    expect(bodies).toEqual([expect.any(String), expect.stringContaining('"item_reference"')]);
  });

  it("is a response that broke too, with its error", async () => {
    const { client } = createTestClient({ vars: storage, extraEntries: faultModels });
    const ids: string[] = [];
    const reading = (async () => {
      const stream = await client.responses.create({ model: "@emulator/cut-stream", input, stream: true });
      for await (const event of stream) if (event.type === "response.created") ids.push(event.response.id);
    })();
    await expect(reading).rejects.toThrow(/./);
    const error = { code: "server_error" };
    expect(await client.responses.retrieve(ids[0] ?? "")).toMatchObject({ status: "failed", error });
  });

  it("is a cut stream too, as what it is", async () => {
    const { client } = createTestClient({ vars: storage });
    const stream = await client.responses.create({ model, input: "Count to 20", stream: true });
    let id = "";
    for await (const event of stream) {
      if (event.type === "response.created") id = event.response.id;
      if (event.type === "response.output_text.delta") break;
    }
    await eventually(async () => expect((await client.responses.retrieve(id)).status).toBe("cancelled"));
  });
});

describe.each([
  ["turned off", { ...storage, STORE_RESPONSES: "false" }],
  ["without its bindings", {}],
] as const)("storage that is %s", (_name, vars) => {
  function createClient(): OpenAI {
    return createTestClient({ vars }).client;
  }

  it("is said to be, in the response and in a header", async () => {
    for (const store of [undefined, true]) {
      const request = { model, input, ...(store !== undefined && { store }) };
      const { data, response } = await createClient().responses.create(request).withResponse();
      expect(data).toMatchObject({ store: false, status: "completed" });
      expect(response.headers.get("x-flaregate-parameters")).toBe("store=ignored");
    }
    const { response } = await createClient().responses.create({ model, input, store: false }).withResponse();
    expect(response.headers.get("x-flaregate-parameters")).toBeNull();
  });

  it("refuses what needs it, by name", async () => {
    const client = createClient();
    const refusals = [
      [{ previous_response_id: "resp_x" }, "previous_response_not_found", "previous_response_id"],
      [{ conversation: "conv_x" }, "storage_unavailable", "conversation"],
      [{ background: true }, "storage_unavailable", "background"],
    ] as const;
    for (const [members, code, param] of refusals) {
      await expect(client.responses.create({ model, input, ...members })).rejects.toMatchObject({
        status: 400,
        code,
        param,
      });
    }
    const unavailable = { status: 400, code: "storage_unavailable" };
    await expect(client.responses.retrieve("resp_x")).rejects.toMatchObject(unavailable);
    await expect(client.conversations.create()).rejects.toMatchObject(unavailable);
  });
});
