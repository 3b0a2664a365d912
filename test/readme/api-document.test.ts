import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, it } from "vitest";
import { toApiDocument } from "../../src/api-document/document.ts";
import { readProjectFile } from "./code-blocks.ts";

it("docs/openapi.json is what the code makes of it (`npm run docs` writes it)", () => {
  expect(JSON.parse(readProjectFile("docs/openapi.json"))).toEqual(toApiDocument());
});

it("is valid OpenAPI 3.1, and each of its references leads somewhere", async () => {
  const validator = new Validator();
  const result = await validator.validate(readProjectFile("docs/openapi.json"));
  expect(result).toEqual({ valid: true });
  expect(validator.version).toBe("3.1");
  expect(() => validator.resolveRefs()).not.toThrow();
});
