import { afterAll, beforeAll, expect, it } from "vitest";
import { readCodeBlocks, readProjectFile } from "../readme/code-blocks.ts";
import { serveGateway, type LoopbackGateway } from "./support/loopback-gateway.ts";
import { runExampleAt } from "./support/run-example.ts";

/** `docs/responses.md`: its example runs as it stands but for the port. */

const blocks = readCodeBlocks(readProjectFile("docs/responses.md"));

let gateway: LoopbackGateway;
beforeAll(async () => {
  gateway = await serveGateway();
});
afterAll(() => gateway.close());

it("OpenAI's SDK prints a streamed response and its usage", async () => {
  const output = await runExampleAt(blocks, "responses.stream", gateway.origin);
  expect(output).toMatch(/^1, 2, 3, 4, 5\.\n[1-9]\d* tokens\n$/);
});
