import { afterEach, describe, expect, it, vi } from "vitest";
import { storageBindings } from "../stored-responses/objects.ts";
import { createBinding } from "../support/binding.ts";
import { captureConsole } from "../support/console-lines.ts";
import { createTestGateway } from "../support/gateway.ts";

const model = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const input = "Hello!";

afterEach(() => {
  vi.restoreAllMocks();
});

/** Bindings whose objects of responses do as `object` does. */
function withObject(object: object): object {
  return { ...storageBindings(), RESPONSES: { getByName: () => object } };
}

const broken = withObject({
  save: () => Promise.reject(new Error("SECRET of the object")),
  readAll: () => Promise.reject(new Error("SECRET of the object")),
});

describe("a response that could not be kept", () => {
  it("says so, and is answered all the same", async () => {
    const lines = captureConsole();
    const response = await createTestGateway({ vars: { ...broken } }).post("/v1/responses", { model, input });
    expect(await response.json()).toMatchObject({ status: "completed", store: false });
    expect(lines.filter((line) => line.includes('"failure"'))).toHaveLength(1);
    expect(lines.join("\n")).not.toContain("SECRET");
  });

  it("says so in the last event of its stream", async () => {
    captureConsole();
    const gateway = createTestGateway({ vars: { ...broken } });
    const text = await (await gateway.post("/v1/responses", { model, input, stream: true })).text();
    const records = text.split("\n\n").filter((record) => record.includes("response.completed"));
    expect(records).toHaveLength(1);
    expect(records[0]).toContain('"store":false');
    expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
  });

  it("cannot be continued for now, which a client may try again", async () => {
    captureConsole();
    const gateway = createTestGateway({ vars: { ...broken } });
    const response = await gateway.post("/v1/responses", { model, input, previous_response_id: "resp_x" });
    expect(response.status).toBe(500);
    expect(response.headers.get("x-should-retry")).toBeNull();
  });
});

describe("a response whose client leaves before it is whole", () => {
  it("is kept as cancelled", async () => {
    const saved = Promise.withResolvers<string>();
    const vars = withObject({ save: ({ response }: { response: string }) => saved.resolve(response) });
    const asked = Promise.withResolvers<void>();
    const sse = 'data: {"response":"Hel","p":""}\n\n';
    const binding = createBinding(() => {
      asked.resolve();
      const body = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode(sse)) });
      return new Response(body, { headers: { "content-type": "text/event-stream" } });
    });
    const gateway = createTestGateway({ vars: { ...vars }, binding });
    const response = await gateway.post("/v1/responses", { model, input, stream: true });
    const reader = response.body?.getReader();
    await asked.promise;
    await reader?.read();
    await reader?.cancel();
    const output = [{ type: "message", status: "incomplete", content: [{ text: "Hel" }] }];
    expect(JSON.parse(await saved.promise)).toMatchObject({ status: "cancelled", error: null, output });
  });
});

describe("a response that is too long to be kept", () => {
  it("is answered, and says that it is not kept", async () => {
    const gateway = createTestGateway({ vars: { ...storageBindings() } });
    const long = Array.from({ length: 60 }, () => ({ role: "user", content: "x ".repeat(80_000) }));
    const body = { model, input: [...long, { role: "user", content: input }], truncation: "auto" };
    const response = await gateway.post("/v1/responses", body);
    expect(await response.json()).toMatchObject({ status: "completed", store: false });
    expect(response.headers.get("x-flaregate-parameters")).toContain("store=ignored");
  });
});
