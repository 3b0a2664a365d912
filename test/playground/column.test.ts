import { describe, expect, it } from "vitest";
import { createColumn, findWait, isReady, type Column } from "../../src/playground/chat/column.ts";
import { toRequest } from "../../src/playground/chat/request.ts";
import { initialSettings } from "../../src/playground/chat/settings.ts";
import type { UserTurn } from "../../src/playground/chat/turn.ts";
import { toModel } from "./samples.ts";

const hello: UserTurn = { kind: "user", text: "Hello", images: [] };

/** A column before a server that answers with these messages in turn, or hangs until it is aborted where there is none left. */
function createTestColumn(messages: readonly object[]) {
  const bodies: unknown[] = [];
  const rest = [...messages];
  const column: Column = createColumn({
    model: toModel(),
    toRequest: (model, turns) => toRequest("/v1", model, { ...initialSettings, stream: false }, turns),
    onChange: () => undefined,
    ports: {
      now: () => 0,
      credentials: () => ({}),
      fetch: async (_url, { body, signal }) => {
        bodies.push(typeof body === "string" ? JSON.parse(body) : body);
        const message = rest.shift();
        if (message !== undefined) return Response.json({ choices: [{ index: 0, message, finish_reason: "stop" }] });
        return await new Promise((_resolve, reject) => {
          signal?.addEventListener("abort", () => reject(new Error("aborted")));
        });
      },
    },
  });
  return { column, bodies };
}

const call = { id: "c", type: "function", function: { name: "f", arguments: "{}" } };

describe("a column", () => {
  it("sends what was said before with each message", async () => {
    const { column, bodies } = createTestColumn([{ content: "Hi" }, { content: "Bye" }]);
    await column.ask([hello]);
    await column.ask([{ ...hello, text: "Bye" }]);
    expect(bodies[1]).toHaveProperty("messages", [
      { role: "user", content: "Hello" },
      { role: "assistant", content: "Hi" },
      { role: "user", content: "Bye" },
    ]);
  });

  it("puts another answer in the place of the last one", async () => {
    const { column, bodies } = createTestColumn([{ content: "Hi" }, { content: "Hello there" }]);
    await column.ask([hello]);
    await column.again();
    expect(bodies[1]).toEqual(bodies[0]);
    expect(column.turns).toMatchObject([hello, { answer: { text: "Hello there", state: "done" } }]);
  });

  it("takes nothing more while an answer is running, and is ready when it is stopped", async () => {
    const { column, bodies } = createTestColumn([]);
    const asked = column.ask([hello]);
    await column.ask([hello]);
    await column.again();
    expect(isReady(column)).toBe(false);
    expect(bodies).toHaveLength(1);
    column.stop();
    await asked;
    expect(column.turns).toMatchObject([hello, { answer: { state: "stopped" } }]);
    expect(isReady(column)).toBe(true);
  });

  it("waits for the result of a tool call, and goes on with it", async () => {
    const { column, bodies } = createTestColumn([{ content: null, tool_calls: [call] }, { content: "18 degrees" }]);
    await column.ask([hello]);
    expect(isReady(column)).toBe(false);
    expect(findWait([column])).toBe("A tool call waits for its result.");
    await column.ask([{ kind: "tool-result", callId: "c", content: "18" }]);
    expect(bodies[1]).toHaveProperty("messages.2", { role: "tool", tool_call_id: "c", content: "18" });
    expect(isReady(column)).toBe(true);
    expect(findWait([column])).toBeUndefined();
  });

  it("is empty after it was cleared, whatever comes of the answer that ran", async () => {
    const { column } = createTestColumn([]);
    const asked = column.ask([hello]);
    column.clear();
    await asked;
    expect(column.turns).toEqual([]);
    expect(isReady(column)).toBe(true);
  });
});
