import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runExampleAt } from "../clients/support/run-example.ts";
import { serveGateway, type LoopbackGateway } from "../clients/support/loopback-gateway.ts";
import { catalogue } from "../../src/models/catalogue.ts";
import { imageRequest } from "../../src/openai/image-request.ts";
import { readCodeBlocks, readProjectFile, readTable } from "./code-blocks.ts";

const document = readProjectFile("docs/images.md");

function namesIn(cell = ""): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
}

describe("docs/images.md", () => {
  let gateway: LoopbackGateway;
  beforeAll(async () => {
    gateway = await serveGateway();
  });
  afterAll(() => gateway.close());

  it("has an example that gets an image", async () => {
    const printed = await runExampleAt(readCodeBlocks(document), "images.generate(", gateway.origin);
    expect(printed).toMatch(/^jpeg [1-9]\d* bytes\n$/);
  });

  it("names every parameter, and no other", () => {
    const names = readTable(document, "parameter", "what happens to it").flatMap(([cell]) => namesIn(cell));
    const known = Object.keys(imageRequest.shape);
    expect(names).toHaveLength(known.length);
    expect(new Set(names)).toEqual(new Set(known));
  });

  it("names every model, with its sizes", () => {
    const models = catalogue.filter(({ task }) => task === "text-to-image");
    const rows = readTable(document, "model", "sizes", "steps", "cost");
    expect(rows.map(([model]) => namesIn(model)[0])).toEqual(models.map(({ id }) => id));
    for (const [index, { abilities }] of models.entries()) {
      const { side, sides } = abilities.image ?? { side: 0, sides: undefined };
      const size = sides === undefined ? `${side}x${side}` : `sides of ${sides.least} to ${sides.most} pixels`;
      expect(rows[index]?.[1]).toBe(size);
    }
  });
});
