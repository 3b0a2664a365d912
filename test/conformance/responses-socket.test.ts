import { describe, expect, it } from "vitest";
import { faultModels } from "../../src/emulator/faults/fault-table.ts";
import { storageBindings } from "../stored-responses/objects.ts";
import { eventually } from "../support/eventually.ts";
import { createTestGateway } from "../support/gateway.ts";
import { findViolations, publishedSchema } from "../support/published-schemas.ts";
import { openSocket } from "./support/socket.ts";
import type { SocketEvent } from "./support/socket.ts";

const model = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const vars = storageBindings();

describe("the Responses API over a WebSocket", () => {
  it("sends the events of a response, one a message, and nothing behind the last", async () => {
    const socket = await openSocket(createTestGateway({ vars }));
    const events = await socket.ask({
      model,
      input: [{ type: "message", role: "user", content: "Count from 1 to 3." }],
    });
    expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, index) => index));
    expect(events[0]?.type).toBe("response.created");
    expect(responseOf(events)).toMatchObject({ status: "completed", store: true });
  });

  it("answers one request after the other", async () => {
    const socket = await openSocket(createTestGateway({ vars }));
    for (const word of ["first", "second"]) socket.send({ type: "response.create", model, store: false, input: word });
    const [first, second] = [responseOf(await socket.turn()), responseOf(await socket.turn())];
    expect(first).toMatchObject({ status: "completed", store: false });
    expect(second).toMatchObject({ status: "completed", store: false });
    expect(first.id).not.toBe(second.id);
  });

  it("continues a response that is not stored, on the same connection", async () => {
    const socket = await openSocket(createTestGateway());
    const first = responseOf(await socket.ask({ model, store: false, input: "My name is Ada Lovelace." }));
    const request = { model, store: false, input: "What is my name?", previous_response_id: first.id };
    expect(JSON.stringify(responseOf(await socket.ask(request)).output)).toContain("Ada");
  });

  it("does not know it on another connection, where a new one can be begun", async () => {
    const gateway = createTestGateway({ vars });
    const before = await openSocket(gateway);
    const first = responseOf(await before.ask({ model, store: false, input: "Hello!" }));
    before.close();
    const socket = await openSocket(gateway);
    expect(await socket.ask({ model, store: false, input: "Go on.", previous_response_id: first.id })).toEqual([
      notFound(first.id),
    ]);
    expect(responseOf(await socket.ask({ model, store: false, input: "Hello!" })).status).toBe("completed");
  });

  it("continues a response that is stored, on any connection", async () => {
    const gateway = createTestGateway({ vars });
    const first = responseOf(await (await openSocket(gateway)).ask({ model, input: "My name is Ada Lovelace." }));
    const socket = await openSocket(gateway);
    const request = { model, input: "What is my name?", previous_response_id: first.id };
    expect(JSON.stringify(responseOf(await socket.ask(request)).output)).toContain("Ada");
  });

  it("forgets a response that is not stored when its continuation fails", async () => {
    const socket = await openSocket(createTestGateway({ vars }));
    const first = responseOf(await socket.ask({ model, store: false, input: "Remember: ember." }));
    const output = { type: "function_call_output", call_id: "call_missing", output: "1" };
    const failed = await socket.ask({ model, store: false, previous_response_id: first.id, input: [output] });
    expect(failed).toMatchObject([{ type: "error", status: 400, error: { type: "invalid_request_error" } }]);
    const again = await socket.ask({ model, store: false, previous_response_id: first.id, input: "Go on." });
    expect(again).toEqual([notFound(first.id)]);
  });

  it("goes on from a compacted conversation", async () => {
    const gateway = createTestGateway({ vars });
    const input = [
      { type: "message", role: "user", content: [{ type: "input_text", text: "Remember the code word: slate." }] },
      { type: "message", role: "assistant", content: [{ type: "output_text", text: "OK." }] },
    ];
    const compacted = await gateway.post("/v1/responses/compact", { model, input });
    const { output }: { output: readonly object[] } = await compacted.json();
    const socket = await openSocket(gateway);
    const request = { model, store: false, input: [...output, { role: "user", content: "Continue." }], tools: [] };
    expect(responseOf(await socket.ask(request)).status).toBe("completed");
  });

  it("prepares a request without an answer, for the next one to go on from", async () => {
    const socket = await openSocket(createTestGateway());
    const warm = await socket.ask({ model, store: false, generate: false, input: "My name is Ada Lovelace." });
    expect(warm.map(({ type }) => type)).toEqual(["response.created", "response.in_progress", "response.completed"]);
    expect(responseOf(warm)).toMatchObject({ status: "completed", output: [], usage: null });
    const request = { model, store: false, input: "What is my name?", previous_response_id: responseOf(warm).id };
    expect(JSON.stringify(responseOf(await socket.ask(request)).output)).toContain("Ada");
  });

  it("names the lane of a request in each event of its answer, and in its error", async () => {
    const socket = await openSocket(createTestGateway({ vars, extraEntries: faultModels }));
    for (const request of [{ model }, { model: "@emulator/cut-stream" }, { model: "no-such-model" }, { seed: "x" }]) {
      const events = await socket.ask({ ...request, input: "Hello!", stream_id: "agent-1" });
      expect(events.filter(({ stream_id }) => stream_id !== "agent-1")).toEqual([]);
    }
    const events = await socket.ask({ model, input: "Hello!" });
    expect(events.filter((event) => "stream_id" in event)).toEqual([]);
    expect(await socket.ask({ model, input: "Hello!", stream_id: "agent 1" })).toMatchObject([
      { type: "error", status: 400, error: { param: "stream_id" } },
    ]);
  });

  it("remembers the last response of each lane, which any lane may continue", async () => {
    const socket = await openSocket(createTestGateway());
    const onLane = { model, store: false, stream_id: "names" };
    const first = responseOf(await socket.ask({ ...onLane, input: "My name is Ada Lovelace." }));
    const other = responseOf(await socket.ask({ model, store: false, input: "Hello!", stream_id: "greetings" }));
    const question = { input: "What is my name?", previous_response_id: first.id };
    const fork = await socket.ask({ model, store: false, ...question, stream_id: "fork" });
    expect(JSON.stringify(responseOf(fork).output)).toContain("Ada");
    expect(JSON.stringify(responseOf(await socket.ask({ ...onLane, ...question })).output)).toContain("Ada");
    // By now there is a later one on its lane, and none on the other.
    expect(await socket.ask({ model, store: false, ...question })).toEqual([notFound(first.id)]);
    const last = await socket.ask({ model, store: false, input: "Go on.", previous_response_id: other.id });
    expect(responseOf(last).status).toBe("completed");
  });

  it("ends a response that breaks with one event, which holds the error", async () => {
    const socket = await openSocket(createTestGateway({ extraEntries: faultModels }));
    const events = await socket.ask({ model: "@emulator/cut-stream", input: "Hello!" });
    expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, index) => index));
    expect(events.at(-1)?.type).toBe("response.failed");
    expect(responseOf(events)).toMatchObject({ status: "failed", error: { code: "server_error" } });
    expect(responseOf(await socket.ask({ model, input: "Hello!" })).status).toBe("completed");
  });

  it("stops what it is making when the client leaves, and stores it as cancelled", async () => {
    const gateway = createTestGateway({ vars, extraEntries: faultModels });
    const socket = await openSocket(gateway);
    socket.send({ type: "response.create", model: "@emulator/stall", input: "Hello!" });
    const { id } = responseOf((await socket.first("response.output_text.delta")).slice(0, 1));
    socket.close();
    await eventually(async () => {
      const response = await gateway.request(`/v1/responses/${id}`);
      expect(await response.json()).toMatchObject({ status: "cancelled" });
    });
  });

  it("is for WebSockets only", async () => {
    const response = await createTestGateway({ vars }).request("/v1/responses");
    expect(response.status).toBe(405);
    const refused = await createTestGateway({ vars }).request("/v1/responses", {
      headers: { upgrade: "websocket", authorization: "Bearer sk-wrong" },
    });
    expect(refused.status).toBe(401);
  });

  it("tells what is wrong with a message, and goes on", async () => {
    const socket = await openSocket(createTestGateway({ vars }));
    const refusals: readonly (readonly [message: unknown, status: number, param: string | null])[] = [
      ["no JSON", 400, null],
      [[], 400, null],
      [{ type: "session.update" }, 400, "type"],
      [{ type: "response.create", input: "Hello!" }, 400, "model"],
      [{ type: "response.create", model: "no-such-model", input: "Hello!" }, 404, "model"],
      [{ type: "response.create", model, input: "Hello!", background: true }, 400, "background"],
    ];
    for (const [message, status, param] of refusals) {
      socket.send(message);
      const [event, ...others] = await socket.turn();
      expect(event).toMatchObject({ type: "error", status, error: { param } });
      expect(findViolations(event, publishedSchema("open-responses/WebSocketErrorEvent"))).toEqual([]);
      expect(others).toEqual([]);
    }
    expect(responseOf(await socket.ask({ model, input: "Hello!" })).status).toBe("completed");
  });
});

interface AnsweredResponse {
  readonly id: string;
  readonly status: string;
  readonly output: readonly object[];
}

function responseOf(events: readonly SocketEvent[]): AnsweredResponse {
  const last = events.at(-1);
  if (last?.["response"] === undefined) throw new Error(`no response, but ${JSON.stringify(last)}`);
  return last["response"] as AnsweredResponse;
}

function notFound(id: string): object {
  return {
    type: "error",
    status: 400,
    error: {
      type: "invalid_request_error",
      code: "previous_response_not_found",
      message: expect.stringContaining(id),
      param: "previous_response_id",
    },
  };
}
