import type { OpenAI } from "openai";
import { describe, expect, it } from "vitest";
import { faultModels } from "../../src/emulator/faults/fault-table.ts";
import { storageBindings } from "../stored-responses/objects.ts";
import { eventually } from "../support/eventually.ts";
import { createTestClient } from "./support/client.ts";
import { readAll } from "./support/read-all.ts";

const model = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const input = "Hello!";

function createClient(): OpenAI {
  return createTestClient({ vars: storageBindings(), extraEntries: faultModels }).client;
}

describe("a background response that is cancelled", () => {
  it("ends as cancelled, once", async () => {
    const client = createClient();
    const { id } = await client.responses.create({ model: "@emulator/no-answer", input, background: true });
    const cancelled = await client.responses.cancel(id);
    expect(cancelled).toMatchObject({ id, status: "cancelled", error: null });
    expect(await client.responses.cancel(id)).toEqual(cancelled);
    expect(await client.responses.retrieve(id)).toMatchObject(cancelled);
  });

  it("keeps what there was of it, and ends its stream", async () => {
    const client = createClient();
    const stream = await client.responses.create({ model: "@emulator/stall", input, background: true, stream: true });
    const events: OpenAI.Responses.ResponseStreamEvent[] = [];
    for await (const event of stream) {
      events.push(event);
      if (event.type === "response.output_text.delta") await client.responses.cancel(idOf(events));
    }
    expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, index) => index));
    expect(events.at(-1)).toMatchObject({ type: "response.failed", response: { status: "cancelled" } });
    const response = await client.responses.retrieve(idOf(events));
    expect(response.status).toBe("cancelled");
    expect(response.output).toMatchObject([{ type: "message", status: "incomplete" }]);
    expect(response.output_text).not.toBe("");
  });

  it("stays as it is when it has ended before", async () => {
    const client = createClient();
    const { id } = await client.responses.create({ model, input, background: true });
    const response = await pollResponse(client, id);
    expect(response).toMatchObject(await client.responses.cancel(id));
  });

  it("has to be one", async () => {
    const client = createClient();
    const { id } = await client.responses.create({ model, input });
    await expect(client.responses.cancel(id)).rejects.toMatchObject({ status: 400 });
    await expect(client.responses.cancel("resp_none")).rejects.toMatchObject({ status: 404 });
  });
});

describe("a background response that fails", () => {
  it.each([
    ["@emulator/out-of-capacity", "rate_limit_exceeded"],
    ["@emulator/empty-error", "server_error"],
  ])(
    "says why: %s",
    async (faulty, code) => {
      const client = createClient();
      const { id } = await client.responses.create({ model: faulty, input, background: true });
      const response = await pollResponse(client, id);
      expect(response).toMatchObject({ status: "failed", error: { code } });
    },
    20_000,
  );

  it("says so in its stream", async () => {
    const client = createClient();
    const failing = { model: "@emulator/cut-stream", input, background: true, stream: true } as const;
    const { data: stream } = await client.responses.create(failing).withResponse();
    const events: OpenAI.Responses.ResponseStreamEvent[] = [];
    const reading = (async () => {
      for await (const event of stream) events.push(event);
    })();
    await expect(reading).rejects.toThrow(/./);
    const response = await pollResponse(client, idOf(events));
    expect(response.status).toBe("failed");
  });
});

describe("a background response", () => {
  it("is deleted while it is made", async () => {
    const client = createClient();
    const { id } = await client.responses.create({ model: "@emulator/no-answer", input, background: true });
    await client.responses.delete(id);
    await expect(client.responses.retrieve(id)).rejects.toMatchObject({ status: 404 });
  });

  it("goes on when the client of its stream leaves", async () => {
    const client = createClient();
    const stream = await client.responses.create({ model, input: "Count to 20", background: true, stream: true });
    const events: OpenAI.Responses.ResponseStreamEvent[] = [];
    for await (const event of stream) {
      events.push(event);
      break;
    }
    const response = await pollResponse(client, idOf(events));
    expect(response.status).toBe("completed");
    const again = await readAll(await client.responses.retrieve(response.id, { stream: true, starting_after: 0 }));
    expect(again.at(-1)?.type).toBe("response.completed");
  });

  it("is refused at once where its request is wrong", async () => {
    const client = createClient();
    const wrong = [
      { model: "no-such-model", input },
      { model, input: [{ type: "function_call_output" as const, call_id: "call_x", output: "1" }] },
      { model, input, store: false },
      { model, input, previous_response_id: "resp_none" },
    ];
    for (const request of wrong) {
      const answer = client.responses.create({ ...request, background: true });
      await expect(answer).rejects.toMatchObject({ status: expect.toSatisfy((status) => [400, 404].includes(status)) });
    }
  });

  it("cannot be continued before it has ended", async () => {
    const client = createClient();
    const { id } = await client.responses.create({ model: "@emulator/no-answer", input, background: true });
    const continued = client.responses.create({ model, input, previous_response_id: id });
    await expect(continued).rejects.toMatchObject({ status: 400, param: "previous_response_id" });
    await client.responses.cancel(id);
  });
});

async function pollResponse(client: OpenAI, id: string): Promise<OpenAI.Responses.Response> {
  return eventually(async () => {
    const response = await client.responses.retrieve(id);
    expect(response.status).not.toMatch(/queued|in_progress/);
    return response;
  });
}

function idOf(events: readonly OpenAI.Responses.ResponseStreamEvent[]): string {
  const [first] = events;
  if (first?.type !== "response.created") throw new Error("no response.created");
  return first.response.id;
}
