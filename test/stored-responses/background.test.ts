import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { createDocuments } from "../../src/stored-responses/documents.ts";
import { createEventLog } from "../../src/stored-responses/event-log.ts";
import type { ResponseObject } from "../../src/stored-responses/response-object.ts";
import { eventually } from "../support/eventually.ts";
import { createTestGateway } from "../support/gateway.ts";
import { storageBindings } from "./objects.ts";

/** These tests play a restart: what an object has kept when it was stopped in the middle of making its response. */

interface Interrupted {
  readonly runs: number;
  readonly isStreamed?: boolean;
  readonly events?: string;
  readonly dueAt?: number;
}

const record = 'event: response.created\ndata: {"type":"response.created","sequence_number":0}\n\n';
const errorOfInterruption = { code: "server_error", message: "The response was interrupted while it was made." };

/** A queued response whose object was stopped; what is known of it is taken from a real one. */
async function interrupt(name: string, interrupted: Interrupted): Promise<DurableObjectStub<ResponseObject>> {
  const queued = await queue(interrupted.isStreamed === true);
  const stub = storageBindings().RESPONSES.getByName(name);
  await runInDurableObject(stub, async (_, { storage }) => {
    const documents = createDocuments(storage.sql);
    for (const part of ["response", "input", "history", "job"] as const) documents.write(part, queued[part]);
    if (interrupted.events !== undefined) createEventLog(documents).append(interrupted.events);
    const times = { dueAt: Date.now() + 60_000, expiresAt: Date.now() + 86_400_000 };
    const state = { phase: "running", isBackground: true, isStreamed: false, ...times, ...interrupted };
    documents.write("state", JSON.stringify(state));
    await storage.setAlarm(Date.now() + 3_600_000);
  });
  await evictDurableObject(stub);
  return stub;
}

type Begun = Parameters<ResponseObject["begin"]>[0];

/** What the route hands to the object of a background response. */
async function queue(stream: boolean): Promise<Begun> {
  let begun: Begun | undefined;
  const stub = {
    begin: (background: Begun) => void (begun = background),
    follow: () => ({ outcome: "streaming", body: new Response("").body }),
  };
  const vars = { ...storageBindings(), RESPONSES: { getByName: () => stub } };
  const request = { model: "@cf/meta/llama-3.3-70b-instruct-fp8-fast", input: "Hello!", background: true, stream };
  const response = await createTestGateway({ vars }).post("/v1/responses", request);
  expect(response.status).toBe(200);
  if (begun === undefined) throw new Error("nothing was queued");
  return begun;
}

async function retrieve(stub: DurableObjectStub<ResponseObject>): Promise<unknown> {
  return JSON.parse((await stub.retrieve()) ?? "null");
}

describe("a background response whose object was stopped", () => {
  it("is made again where nobody has seen a part of it", async () => {
    const stub = await interrupt("again", { runs: 1 });
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    expect(await retrieve(stub)).toMatchObject({ status: "completed" });
  });

  it("ends as failed where its stream had begun, and the stream ends with it", async () => {
    const stub = await interrupt("seen", { runs: 1, isStreamed: true, events: record });
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    expect(await retrieve(stub)).toMatchObject({ status: "failed", error: errorOfInterruption });
    const following = await stub.follow(0);
    if (following.outcome !== "streaming") throw new Error(following.outcome);
    const records = (await new Response(following.body).text()).split("\n\n");
    expect(records.map((text) => text.split("\n")[0])).toEqual([
      "event: error",
      "event: response.failed",
      "data: [DONE]",
      "",
    ]);
    expect(records[1]).toContain('"sequence_number":2');
  });

  it("ends as failed when it is stopped again", async () => {
    const stub = await interrupt("twice", { runs: 2 });
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    expect(await retrieve(stub)).toMatchObject({ status: "failed", error: errorOfInterruption });
  });

  it("ends as failed when it is asked for and should long have ended", async () => {
    const stub = await interrupt("lost", { runs: 1, dueAt: Date.now() - 1 });
    expect(await retrieve(stub)).toMatchObject({ status: "failed", error: errorOfInterruption });
  });

  it("can still be cancelled", async () => {
    const stub = await interrupt("cancelled", { runs: 1 });
    const cancellation = await stub.cancel();
    if (cancellation.outcome !== "ended") throw new Error(cancellation.outcome);
    expect(JSON.parse(cancellation.response)).toMatchObject({ status: "cancelled" });
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    expect(await retrieve(stub)).toMatchObject({ status: "cancelled" });
  });
});

describe("the alarm of a background response", () => {
  it("makes it, and deletes it at the end of its lifetime", async () => {
    const stub = storageBindings().RESPONSES.getByName("lifetime");
    await stub.begin(await queue(false), Date.now() + 2000);
    await eventually(async () => expect(await retrieve(stub)).toMatchObject({ status: "completed" }));
    await eventually(async () => expect(await retrieve(stub)).toBeNull());
  });
});
