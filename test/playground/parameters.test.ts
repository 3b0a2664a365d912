import { expect, it } from "vitest";
import { commonRange, reasoningLevels } from "../../src/playground/chat/parameters.ts";
import { toModel } from "./samples.ts";

const wide = toModel({ id: "wide" });
const narrow = toModel({
  id: "narrow",
  parameter_schemas: { temperature: { type: "number", minimum: 0.1, maximum: 2 }, seed: { type: "integer" } },
});

it("the range of models side by side is what all of them take that have the parameter", () => {
  expect(commonRange([wide, narrow], "temperature")).toEqual({
    minimum: 0.1,
    maximum: 2,
    isInteger: false,
    lackedBy: [],
  });
  expect(commonRange([wide, narrow], "seed")).toEqual({
    minimum: undefined,
    maximum: undefined,
    isInteger: true,
    lackedBy: ["wide"],
  });
  expect(commonRange([wide, narrow], "max_completion_tokens")).toMatchObject({ maximum: 24_000, lackedBy: ["narrow"] });
});

it("a parameter that no model has is not there", () => {
  expect(commonRange([wide, narrow], "top_k")).toBeUndefined();
  expect(commonRange([], "temperature")).toBeUndefined();
});

it("levels of reasoning are those of any model, in their order", () => {
  expect(reasoningLevels([levels(["high", "low"]), levels(["none", "high"]), wide])).toEqual(["none", "low", "high"]);
  expect(reasoningLevels([wide])).toEqual([]);
});

function levels(names: readonly string[]) {
  return toModel({ parameter_schemas: { reasoning_effort: { type: "string", enum: names } } });
}
