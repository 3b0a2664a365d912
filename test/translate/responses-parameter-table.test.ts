import { expect, it } from "vitest";
import { responsesParameterTable } from "../../src/translate/responses-parameter-table.ts";
import { responsesRequest } from "../../src/openai/responses-request.ts";

it("has a row for every parameter of a response, and no others", () => {
  const names = responsesParameterTable.map(({ name }) => name.split(".", 1).join(""));
  expect([...new Set(names)].toSorted()).toEqual(Object.keys(responsesRequest.shape).toSorted());
});
