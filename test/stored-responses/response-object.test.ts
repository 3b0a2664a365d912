import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type { ResponseObject } from "../../src/stored-responses/response-object.ts";
import { responsesOf, storageBindings } from "./objects.ts";

const saved = {
  response: '{"id":"resp_1","status":"completed","output":[]}',
  input: '[{"id":"msg_1"}]',
  history: "[]",
};

function stubOf(owner: string, id: string): DurableObjectStub<ResponseObject> {
  return storageBindings().RESPONSES.getByName(`${owner}/${id}`);
}

describe("a stored response", () => {
  it("is there for its owner, also after the object has been evicted", async () => {
    const store = responsesOf("anna");
    await store.save("resp_1", saved);
    await evictDurableObject(stubOf("anna", "resp_1"));
    expect(await store.readAll("resp_1")).toEqual(saved);
    expect(await store.retrieve("resp_1")).toBe(saved.response);
    expect(await store.readInput("resp_1")).toBe(saved.input);
  });

  it("finds items by their ids, of the request and of the response", async () => {
    const store = responsesOf("anna");
    const response = JSON.stringify({ output: [{ id: "msg_2" }, { id: "msg_3" }] });
    await store.save("resp_8", { ...saved, response });
    expect(await store.findItems("resp_8", ["msg_3", "msg_1", "msg_4"])).toBe('[{"id":"msg_1"},{"id":"msg_3"}]');
    expect(await responsesOf("berta").findItems("resp_8", ["msg_1"])).toBe("[]");
  });

  it("is not there for anybody else, and asking for it leaves nothing behind", async () => {
    await responsesOf("anna").save("resp_2", saved);
    const store = responsesOf("berta");
    expect(await store.retrieve("resp_2")).toBeUndefined();
    expect(await store.readAll("resp_2")).toBeUndefined();
    expect(await store.readInput("resp_2")).toBeUndefined();
    expect(await store.remove("resp_2")).toBe(false);
    expect(await store.cancel("resp_2")).toEqual({ outcome: "missing" });
    expect(await store.follow("resp_2", -1)).toEqual({ outcome: "missing" });
    await runInDurableObject(stubOf("berta", "resp_2"), (_, { storage }) => {
      expect(storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'documents'").toArray()).toEqual([]);
    });
  });

  it.each(["", "../anna/resp_1", "a/b", "x".repeat(100_000), "\u0000", "resp_1 "])("has no id like %j", async (id) => {
    expect(await responsesOf("anna").retrieve(id)).toBeUndefined();
  });

  it("keeps texts of any length and any character", async () => {
    const response = JSON.stringify({ text: "ü€😀".repeat(400_000) });
    const store = responsesOf("anna");
    await store.save("resp_3", { ...saved, response });
    expect(await store.retrieve("resp_3")).toBe(response);
    await store.save("resp_3", saved);
    expect(await store.retrieve("resp_3")).toBe(saved.response);
  });

  it("is refused where it is too large", async () => {
    const save = responsesOf("anna").save("resp_4", { ...saved, input: " ".repeat(16 * 1024 * 1024) });
    await expect(save).rejects.toThrow("too large");
  });

  it("is deleted once, and then is not there", async () => {
    const store = responsesOf("anna");
    await store.save("resp_5", saved);
    expect(await store.remove("resp_5")).toBe(true);
    expect(await store.remove("resp_5")).toBe(false);
    expect(await store.retrieve("resp_5")).toBeUndefined();
    await store.save("resp_5", saved);
    expect(await store.retrieve("resp_5")).toBe(saved.response);
  });

  it("is deleted by its alarm at the end of its lifetime, and not before", async () => {
    const store = responsesOf("anna");
    await store.save("resp_6", saved);
    expect(await runDurableObjectAlarm(stubOf("anna", "resp_6"))).toBe(true);
    expect(await store.retrieve("resp_6")).toBe(saved.response);
    await responsesOf("anna", -1).save("resp_6", saved);
    expect(await store.retrieve("resp_6")).toBeUndefined();
    await runDurableObjectAlarm(stubOf("anna", "resp_6"));
    await runInDurableObject(stubOf("anna", "resp_6"), async (_, { storage }) => {
      expect(storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'documents'").toArray()).toEqual([]);
      expect(await storage.getAlarm()).toBeNull();
    });
  });

  it("cannot be cancelled or followed where it was not made in the background", async () => {
    const store = responsesOf("anna");
    await store.save("resp_7", saved);
    expect(await store.cancel("resp_7")).toEqual({ outcome: "foreground" });
    expect(await store.follow("resp_7", -1)).toEqual({ outcome: "not_streamed" });
  });
});
