import { describe, expect, it } from "vitest";
import { createResponseMemory } from "../../src/routes/response-memory.ts";
import { MAX_CONTEXT_LENGTH } from "../../src/stored-responses/response-store.ts";

const saved = (length: number) => ({ response: "x".repeat(length), input: "", history: "" });

describe("the memory of a connection", () => {
  it("has the last response of each lane", () => {
    const memory = createResponseMemory();
    const [first, second, other] = [saved(1), saved(2), saved(3)];
    memory.remember("a", "resp_1", first);
    memory.remember(undefined, "resp_2", other);
    expect(memory.recall("resp_1")).toBe(first);
    memory.remember("a", "resp_3", second);
    expect(["resp_1", "resp_2", "resp_3"].map((id) => memory.recall(id))).toEqual([undefined, other, second]);
  });

  it("forgets a response whatever its lane", () => {
    const memory = createResponseMemory();
    memory.remember("a", "resp_1", saved(1));
    memory.remember("b", "resp_2", saved(1));
    memory.forget("resp_1");
    memory.forget(undefined);
    expect(memory.recall("resp_1")).toBeUndefined();
    expect(memory.recall("resp_2")).toBeDefined();
  });

  it("has a bound for all lanes together, at which the oldest goes first", () => {
    const memory = createResponseMemory();
    const third = Math.floor(MAX_CONTEXT_LENGTH / 3);
    for (const lane of ["a", "b", "c"]) memory.remember(lane, lane, saved(third));
    // A lane whose response is replaced is no longer the oldest.
    memory.remember("a", "a2", saved(third));
    memory.remember("d", "d", saved(third));
    expect(["a2", "b", "c", "d"].filter((id) => memory.recall(id) !== undefined)).toEqual(["a2", "c", "d"]);
  });

  it("does not take what is longer than a response may be, and keeps the others", () => {
    const memory = createResponseMemory();
    memory.remember("a", "small", saved(1));
    memory.remember("b", "before", saved(1));
    memory.remember("b", "large", saved(MAX_CONTEXT_LENGTH + 1));
    expect(["small", "before", "large"].filter((id) => memory.recall(id) !== undefined)).toEqual(["small"]);
  });
});
