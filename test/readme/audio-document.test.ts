import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runExampleAt } from "../clients/support/run-example.ts";
import { serveGateway, type LoopbackGateway } from "../clients/support/loopback-gateway.ts";
import { catalogue } from "../../src/models/catalogue.ts";
import { speechRequest } from "../../src/openai/speech-request.ts";
import { transcriptionRequest } from "../../src/openai/transcription-request.ts";
import { readCodeBlocks, readProjectFile, readTable } from "./code-blocks.ts";

const document = readProjectFile("docs/audio.md");
const [, transcription = "", speech = ""] = document.split("\n## ");

function namesIn(cell = ""): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
}

function idsOf(task: string): readonly string[] {
  return catalogue.filter((entry) => entry.task === task).map(({ id }) => id);
}

describe("docs/audio.md", () => {
  let gateway: LoopbackGateway;
  beforeAll(async () => {
    gateway = await serveGateway();
  });
  afterAll(() => gateway.close());

  it("has an example that speaks, and writes down what it said", async () => {
    const printed = await runExampleAt(readCodeBlocks(document), "audio.speech.create(", gateway.origin);
    expect(printed).toBe("The train leaves at noon.\n");
  });

  it.each([
    ["transcriptions", transcription, ["file", ...Object.keys(transcriptionRequest.shape)]],
    ["speech", speech, Object.keys(speechRequest.shape)],
  ])("names every parameter of %s, and no other", (_endpoint, section, known) => {
    const names = readTable(section, "parameter", "what happens to it").flatMap(([cell]) => namesIn(cell));
    expect(names).toHaveLength(known.length);
    expect(new Set(names)).toEqual(new Set(known));
  });

  it("names every model", () => {
    const hearing = readTable(transcription, "model", "takes", "translates", "tells");
    expect(hearing.flatMap(([model]) => namesIn(model))).toEqual(idsOf("automatic-speech-recognition"));
    const speaking = readTable(speech, "model", "voices");
    expect(speaking.flatMap(([model]) => namesIn(model))).toEqual(idsOf("text-to-speech"));
    for (const [model = "", voices = ""] of speaking) {
      const known = catalogue.find(({ id }) => model.includes(id))?.abilities.speech?.voices ?? [];
      const [first] = namesIn(voices);
      expect(first).toBe(known[0]);
      expect(voices.startsWith("its") ? namesIn(voices) : Number.parseInt(voices, 10)).toEqual(
        voices.startsWith("its") ? known : known.length,
      );
    }
  });
});
