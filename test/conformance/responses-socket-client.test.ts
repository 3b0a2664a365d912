import { ResponsesWebSocketAccumulator } from "openai/lib/responses/responses-websocket-accumulator";
import { ResponsesWebSocketSession } from "openai/lib/responses/responses-websocket-session";
import { describe, expect, it } from "vitest";
import { createTestGateway } from "../support/gateway.ts";
import { openOfficialSocket } from "./support/official-socket.ts";
import { GPT_OSS, LLAMA } from "./support/samples.ts";

/** The Responses API over a WebSocket, with the official client's own classes for it. */

const limits = { maxLanes: 4, maxBufferedEvents: 10_000, maxBufferedBytes: 10_000_000 };

async function openSession(): Promise<ResponsesWebSocketSession> {
  return new ResponsesWebSocketSession(await openOfficialSocket(createTestGateway()), limits);
}

describe("the official client's lanes", () => {
  it("each get the responses to their own requests", async () => {
    const session = await openSession();
    const lanes = [session.lane(), session.lane("first"), session.lane("second")];
    for (const [index, lane] of lanes.entries()) lane.create({ model: LLAMA, input: `Count to ${index + 2}` });
    const responses = await Promise.all(lanes.map((lane) => lane.finalResponse()));
    expect(responses.map(({ output_text: text }) => text)).toEqual(["1, 2.", "1, 2, 3.", "1, 2, 3, 4."]);
  });

  it("go on from their last responses where nothing is stored", async () => {
    const session = await openSession();
    const [names, greetings] = [session.lane("names"), session.lane("greetings")];
    names.create({ model: LLAMA, store: false, input: "My name is Ada Lovelace." });
    const { id } = await names.finalResponse();
    greetings.create({ model: LLAMA, store: false, input: "Hello!" });
    expect((await greetings.finalResponse()).status).toBe("completed");
    names.create({ model: LLAMA, store: false, input: "What is my name?", previous_response_id: id });
    expect((await names.finalResponse()).output_text).toContain("Ada");
  });

  it("raise the error of their own request, and take the next", async () => {
    const session = await openSession();
    const [wrong, right] = [session.lane("wrong"), session.lane("right")];
    wrong.create({ model: "no-such-model", input: "Hello!" });
    right.create({ model: LLAMA, input: "Count from 1 to 3." });
    await expect(wrong.finalResponse()).rejects.toMatchObject({ error: { error: { code: "model_not_found" } } });
    expect((await right.finalResponse()).output_text).toBe("1, 2, 3.");
    wrong.create({ model: LLAMA, input: "Count from 1 to 3." });
    expect((await wrong.finalResponse()).output_text).toBe("1, 2, 3.");
  });
});

describe("the official client's accumulator", () => {
  it("follows the events of a lane to the response", async () => {
    const session = await openSession();
    const lane = session.lane("reasoning");
    lane.create({ model: GPT_OSS, input: "Hello!" });
    const accumulator = new ResponsesWebSocketAccumulator();
    for (;;) {
      const event = await lane.receive();
      accumulator.add(event);
      expect(accumulator.current?.phase).not.toBe("unavailable");
      if (event.type === "response.completed") break;
    }
    expect(accumulator.current).toMatchObject({ phase: "terminal", event: { response: { status: "completed" } } });
  });
});
