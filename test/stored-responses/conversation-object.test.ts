import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { conversationsOf, storageBindings } from "./objects.ts";

const head = { createdAt: 1_800_000_000, metadata: { topic: "tests" } };
const items = ["a", "b", "c"].map((id) => ({ id, json: JSON.stringify({ id, type: "message" }) }));
const first = { limit: 2, order: "asc", after: undefined } as const;

describe("a stored conversation", () => {
  it("keeps its items in the order in which they came, also after the object has been evicted", async () => {
    const store = conversationsOf("anna");
    expect(await store.create("conv_1", head, items)).toBe(true);
    expect(await store.add("conv_1", [{ id: "0", json: '{"id":"0"}' }])).toBe("added");
    await evictDurableObject(storageBindings().CONVERSATIONS.getByName("anna/conv_1"));
    expect(await store.retrieve("conv_1")).toEqual(head);
    const all: unknown = JSON.parse((await store.readAll("conv_1")) ?? "");
    expect(all).toEqual(["a", "b", "c", "0"].map((id) => expect.objectContaining({ id })));
  });

  it("is listed in pages, in both orders", async () => {
    const store = conversationsOf("anna");
    await store.create("conv_2", head, items);
    expect(await store.list("conv_2", first)).toEqual({ items: items.slice(0, 2), hasMore: true });
    expect(await store.list("conv_2", { ...first, after: "b" })).toEqual({ items: items.slice(2), hasMore: false });
    const newest = { limit: 2, order: "desc", after: "c" } as const;
    expect(await store.list("conv_2", newest)).toEqual({ items: items.slice(0, 2).toReversed(), hasMore: false });
    expect(await store.list("conv_2", { ...first, after: "x" })).toEqual({ missing: "after" });
    expect(await store.list("conv_none", first)).toEqual({ missing: "conversation" });
  });

  it("gives and deletes single items", async () => {
    const store = conversationsOf("anna");
    await store.create("conv_3", head, items);
    expect(await store.item("conv_3", "b")).toBe(items[1]?.json);
    expect(await store.removeItem("conv_3", "b")).toEqual(head);
    expect(await store.removeItem("conv_3", "b")).toBeUndefined();
    expect(await store.item("conv_3", "b")).toBeUndefined();
  });

  it("changes its metadata", async () => {
    const store = conversationsOf("anna");
    await store.create("conv_4", head, []);
    expect(await store.update("conv_4", { topic: "more tests" })).toEqual({
      ...head,
      metadata: { topic: "more tests" },
    });
    expect((await store.retrieve("conv_4"))?.metadata).toEqual({ topic: "more tests" });
    expect(await store.update("conv_none", {})).toBeUndefined();
  });

  it("is not there for anybody else", async () => {
    await conversationsOf("anna").create("conv_5", head, items);
    const store = conversationsOf("berta");
    expect(await store.retrieve("conv_5")).toBeUndefined();
    expect(await store.readAll("conv_5")).toBeUndefined();
    expect(await store.item("conv_5", "a")).toBeUndefined();
    expect(await store.add("conv_5", items)).toBe("missing");
    expect(await store.removeItem("conv_5", "a")).toBeUndefined();
    expect(await store.remove("conv_5")).toBe(false);
  });

  it("takes all items of a call or none, and no more than fit", async () => {
    const store = conversationsOf("anna");
    const half = { id: "half", json: JSON.stringify("x".repeat(5 * 1024 * 1024)) };
    expect(await store.create("conv_6", head, [half])).toBe(true);
    expect(await store.add("conv_6", [items[0] ?? half, half])).toBe("full");
    expect(await store.list("conv_6", first)).toEqual({ items: [half], hasMore: false });
    await store.removeItem("conv_6", "half");
    expect(await store.add("conv_6", [half])).toBe("added");
    expect(await store.create("conv_7", head, [half, half])).toBe(false);
    expect(await store.retrieve("conv_7")).toBeUndefined();
  });

  it("is deleted at the end of its lifetime, which each change begins anew", async () => {
    await conversationsOf("anna", -1).create("conv_8", head, items);
    expect(await conversationsOf("anna").retrieve("conv_8")).toBeUndefined();
    await runDurableObjectAlarm(storageBindings().CONVERSATIONS.getByName("anna/conv_8"));
    expect(await conversationsOf("anna").remove("conv_8")).toBe(false);
  });
});
