import { describe, expect, it } from "vitest";
import { createStoredKey } from "../../src/playground/api/stored-key.ts";

function createStore() {
  const entries = new Map<string, string>();
  return {
    entries,
    getItem: (name: string) => entries.get(name) ?? null,
    setItem: (name: string, value: string) => void entries.set(name, value),
    removeItem: (name: string) => void entries.delete(name),
  };
}

describe("the key that was typed", () => {
  it("is kept in the tab, and on the device only where that is wanted", () => {
    const [ofTab, ofDevice] = [createStore(), createStore()];
    const key = createStoredKey("key", ofTab, ofDevice);
    key.write("sk-1", false);
    expect([ofTab.entries.size, ofDevice.entries.size, key.isKept()]).toEqual([1, 0, false]);
    key.write("sk-2", true);
    expect([ofTab.entries.size, ofDevice.entries.size, key.isKept()]).toEqual([0, 1, true]);
    expect(createStoredKey("key", createStore(), ofDevice).read()).toBe("sk-2");
    key.write("sk-3", false);
    expect([ofTab.entries.get("key"), ofDevice.entries.size]).toEqual(["sk-3", 0]);
  });

  it("is forgotten in both places", () => {
    const [ofTab, ofDevice] = [createStore(), createStore()];
    const key = createStoredKey("key", ofTab, ofDevice);
    key.write("sk-1", true);
    key.forget();
    expect(key.read()).toBeUndefined();
    expect([ofTab.entries.size, ofDevice.entries.size]).toEqual([0, 0]);
  });
});
