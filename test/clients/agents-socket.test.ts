import { Agent, setTracingDisabled, tool, withResponsesWebSocketSession } from "@openai/agents";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEmulator } from "../../src/emulator/handler.ts";
import { type ProductionWorker, startProductionWorker } from "../production/production-worker.ts";
import { createFunctions, loopModels, weather } from "./support/loop-tools.ts";

setTracingDisabled(true);

/** The Agents SDK's WebSocket transport, over a true connection to the deployed bundle, which stores nothing here. */

let worker: ProductionWorker;
beforeAll(async () => {
  worker = await startProductionWorker({ upstream: createEmulator({ seed: 1 }), vars: { API_KEYS: "test:sk-test" } });
});
afterAll(() => worker.stop());

const providerOptions = () => ({ apiKey: "sk-test", baseURL: `${worker.origin}/v1` });

describe("a run of the Agents SDK over a WebSocket", () => {
  it.each(loopModels)("calls tools and answers, whole and streamed: %s", async (model) => {
    const { getWeather } = createFunctions();
    const tools = [tool({ ...weather, execute: getWeather })];
    const agent = new Agent({ name: "Assistant", instructions: "You are helpful.", model, tools });
    const question = "What is the weather in Paris?";
    await withResponsesWebSocketSession(
      async ({ run }) => {
        const { finalOutput, rawResponses } = await run(agent, question);
        expect(finalOutput).toContain("25 degrees");
        expect(rawResponses).toHaveLength(2);
        const streamed = await run(agent, question, { stream: true });
        let text = "";
        for await (const piece of streamed.toTextStream()) text += piece;
        await streamed.completed;
        expect(text).toContain("25 degrees");
      },
      { providerOptions: providerOptions() },
    );
  });

  it("goes on from its last response", async () => {
    const agent = new Agent({ name: "Assistant", model: loopModels[0] });
    await withResponsesWebSocketSession(
      async ({ run }) => {
        const { lastResponseId } = await run(agent, "My name is Ada Lovelace.");
        const next = await run(agent, "What is my name?", { previousResponseId: lastResponseId ?? "" });
        expect(next.finalOutput).toContain("Ada");
      },
      { providerOptions: providerOptions() },
    );
  });
});
