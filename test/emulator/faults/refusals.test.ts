import { describe, expect, it } from "vitest";
import { createEmulatorBinding } from "../../../src/emulator/binding.ts";
import { faultModels, faults } from "../../../src/emulator/faults/fault-table.ts";
import { parseJson } from "../../../src/emulator/json-value.ts";
import { at } from "../support.ts";
import { ASK, FAST, fault } from "./fault-support.ts";

async function refusal(name: string): Promise<string> {
  const response = await fault(name, ASK);
  const body = parseJson(await response.text());
  return `${response.status} ${String(at(body, "internalCode") ?? at(body, "errors", 0, "code"))}`;
}

describe("the table of faults", () => {
  it("gives every id once, with a description that is a sentence", () => {
    expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
    for (const { id, description } of faults) {
      expect(id).toMatch(/^@emulator\/[a-z0-9-]+$/);
      expect(description).toMatch(/\.$/);
    }
  });

  it("is a list of models", () => {
    expect(faultModels.map(({ id }) => id)).toEqual(faults.map(({ id }) => id));
  });

  it("does not hold an id that is not in it", async () => {
    expect(await refusal("nothing")).toBe("400 5007");
  });
});

describe("refusals", () => {
  it.each([
    ["out-of-capacity", "429 3040"],
    ["quota-spent", "429 4006"],
    ["internal-error", "500 8008"],
    ["unauthorized", "401 10000"],
    ["plan-required", "403 5035"],
    ["bad-input", "400 5006"],
    ["unknown-model", "400 5007"],
    ["too-long", "413 5021"],
    ["timed-out", "408 3007"],
    ["html-error", "502 undefined"],
    ["empty-error", "500 undefined"],
  ])("answer %s with %s", async (name, expected) => {
    expect(await refusal(name)).toBe(expected);
  });

  it("may come with a time to wait, or with a megabyte of body", async () => {
    expect((await fault("out-of-capacity-retry-after", ASK)).headers.get("retry-after")).toBe("7");
    expect((await (await fault("huge-error-body", ASK)).text()).length).toBe(1024 * 1024);
  });

  it("stop after so many attempts, and start anew after the answer", async () => {
    const binding = createEmulatorBinding(FAST);
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 6; attempt++) {
      const signal = new AbortController().signal;
      statuses.push(
        (await binding.run("@emulator/capacity-twice-then-ok", ASK, { returnRawResponse: true, signal })).status,
      );
    }
    expect(statuses).toEqual([429, 429, 200, 429, 429, 200]);
  });
});

describe("thrown faults", () => {
  it("reject the run with what they are named after", async () => {
    await expect(fault("throws-undefined", ASK)).rejects.toBeUndefined();
    await expect(fault("throws-string", ASK)).rejects.toBe("something went wrong");
    await expect(fault("connection-lost", ASK)).rejects.toMatchObject({
      message: "Network connection lost.",
      retryable: true,
    });
    await expect(fault("throws-error", ASK)).rejects.toMatchObject({ name: "InferenceUpstreamError" });
  });
});

it("every fault answers in both modes, or ends with the abort", async () => {
  const endless = new Set(
    ["endless-line", "huge-json", "very-many-events", "huge-frame"].map((name) => `@emulator/${name}`),
  );
  const binding = createEmulatorBinding(FAST);
  for (const { id } of faults.filter((row) => !endless.has(row.id))) {
    for (const stream of [true, false]) {
      const signal = AbortSignal.timeout(
        id.includes("stall") || id.includes("silent") || id.includes("no-answer") ? 10 : 10_000,
      );
      const outcome = await binding
        .run(id, { ...ASK, stream }, { returnRawResponse: true, signal })
        .then((response) => response.text())
        .then(
          () => "read",
          () => "failed",
        );
      expect(["read", "failed"], id).toContain(outcome);
    }
  }
});
