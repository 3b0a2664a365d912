import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/models/catalogue.ts";
import { chatRequest } from "../../src/openai/chat-request.ts";
import { completionRequest } from "../../src/openai/completion-request.ts";
import { parameterSupport, supportedParameters } from "../../src/translate/parameter-support.ts";
import { parameterTable } from "../../src/translate/parameter-table.ts";

function namesFor(endpoint: "chat" | "completions"): string[] {
  return parameterTable.filter(({ endpoints }) => endpoints.includes(endpoint)).map(({ name }) => name);
}

function supportedBy(id: string): readonly string[] {
  const entry = catalogue.find((candidate) => candidate.id === id);
  return entry === undefined ? [] : supportedParameters(entry);
}

describe("parameterTable", () => {
  it.each([
    ["chat", chatRequest],
    ["completions", completionRequest],
  ] as const)("has a row for every parameter of %s, and no others", (endpoint, schema) => {
    expect(namesFor(endpoint).toSorted()).toEqual(Object.keys(schema.shape).toSorted());
  });

  it("names every parameter once", () => {
    const names = parameterTable.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("supportedParameters", () => {
  it("differs with what a model can do", () => {
    expect(supportedBy("@cf/meta/llama-3.3-70b-instruct-fp8-fast")).toContain("tools");
    expect(supportedBy("@cf/meta/llama-3.2-1b-instruct")).not.toContain("tools");
    expect(supportedBy("@cf/qwen/qwen2.5-coder-32b-instruct")).toContain("suffix");
    expect(supportedBy("@cf/meta/llama-3.3-70b-instruct-fp8-fast")).not.toContain("suffix");
    expect(supportedBy("@cf/openai/gpt-oss-120b")).toContain("reasoning_effort");
  });

  it("knows every parameter of the table that is not refused or ignored by all, in the table's order", () => {
    const subject = new Set(["model", "models", "messages", "prompt"]);
    const served = parameterTable.filter(
      ({ name, treatment }) => !subject.has(name) && !/^(?:ignored|refused): /.test(treatment),
    );
    expect([...parameterSupport.keys()]).toEqual(served.map(({ name }) => name));
  });

  it("never names what no model can do", () => {
    for (const entry of catalogue) expect(supportedParameters(entry)).not.toContain("logit_bias");
  });
});
