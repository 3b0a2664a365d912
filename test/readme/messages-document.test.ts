import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countTokensRequest, messagesRequest } from "../../src/anthropic/messages-request.ts";
import { runExampleAt } from "../clients/support/run-example.ts";
import { serveGateway, type LoopbackGateway } from "../clients/support/loopback-gateway.ts";
import { readCodeBlocks, readProjectFile, readTable } from "./code-blocks.ts";

/** `docs/messages.md` says what happens to each member of a request. */

const document = readProjectFile("docs/messages.md");
const rows = readTable(document, "parameter", "what happens to it");

describe("the example of docs/messages.md", () => {
  let gateway: LoopbackGateway;
  beforeAll(async () => {
    gateway = await serveGateway();
  });
  afterAll(() => gateway.close());

  it("prints a streamed answer and its usage", async () => {
    const printed = await runExampleAt(readCodeBlocks(document), "new Anthropic(", gateway.origin);
    expect(printed).toMatch(/^1, 2, 3, 4, 5\./);
    expect(printed).toMatch(/output_tokens: [1-9]/);
  });
});

describe("the table of docs/messages.md", () => {
  it("names every member that the requests know, and no other", () => {
    const named = rows.flatMap(([names = ""]) => [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name));
    const known = Object.keys({ ...messagesRequest.shape, ...countTokensRequest.shape });
    expect(named).toHaveLength(known.length);
    expect(new Set(named)).toEqual(new Set(known));
  });
});
