import { describe, expect, it } from "vitest";
import { createRecordBuffer } from "../../src/stored-responses/record-buffer.ts";
import { createFakeClock } from "../support/fake-clock.ts";

describe("the buffer of records", () => {
  it("writes what comes within a tenth of a second at once", async () => {
    const [written, clock] = [[] as string[], createFakeClock()];
    const buffer = createRecordBuffer((records) => written.push(records), clock);
    buffer.append("a");
    await clock.advance(99);
    buffer.append("b");
    expect(written).toEqual([]);
    await clock.advance(1);
    expect(written).toEqual(["ab"]);
    expect(clock.pending).toBe(0);
    buffer.append("c");
    await clock.advance(100);
    expect(written).toEqual(["ab", "c"]);
  });

  it("does not hold more than 64 Ki characters", () => {
    const [written, clock] = [[] as string[], createFakeClock()];
    const buffer = createRecordBuffer((records) => written.push(records), clock);
    buffer.append("a");
    buffer.append("b".repeat(64 * 1024));
    expect(written).toEqual([`a${"b".repeat(64 * 1024)}`]);
    expect(clock.pending).toBe(0);
  });

  it("writes what is left when it is flushed, and nothing where nothing is", () => {
    const [written, clock] = [[] as string[], createFakeClock()];
    const buffer = createRecordBuffer((records) => written.push(records), clock);
    buffer.flush();
    buffer.append("a");
    buffer.flush();
    buffer.flush();
    expect(written).toEqual(["a"]);
    expect(clock.pending).toBe(0);
  });
});
