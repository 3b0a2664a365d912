import { describe, expect, it } from "vitest";
import { createEmulator } from "../../src/emulator/handler.ts";
import { ask, at, GEMMA, LLAMA_31, LLAMA_33, PLAIN, run, runFrames, runJson, textOf } from "./support.ts";

function post(model: string | undefined, body: string): Request {
  const headers = {
    "content-type": "application/json",
    ...(model === undefined ? {} : { "cf-consn-model-id": model }),
  };
  return new Request("https://anywhere.example/run?version=3", { method: "POST", headers, body });
}

describe("a run", () => {
  it("answers a native model in the documented shape", async () => {
    const response = await run(LLAMA_33, ask("Say exactly: Hello there"));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("cf-ai-req-id")).toMatch(/^[0-9a-f-]{36}$/);
    const body = await response.json();
    expect(body).toEqual({
      response: "Hello there",
      tool_calls: [],
      usage: { prompt_tokens: expect.any(Number), completion_tokens: 2, total_tokens: expect.any(Number) },
    });
  });

  it("streams a native model in padded frames, a usage frame and [DONE]", async () => {
    const frames = await runFrames(LLAMA_33, ask("Say exactly: Hello there"));
    expect(frames).toEqual([
      { response: "Hello", tool_calls: [], p: expect.stringMatching(/^[a-z0-9]+$/) },
      { response: " there", tool_calls: [], p: expect.stringMatching(/^[a-z0-9]+$/) },
      {
        response: "",
        usage: { prompt_tokens: expect.any(Number), completion_tokens: 2, total_tokens: expect.any(Number) },
      },
      "[DONE]",
    ]);
  });

  it("answers an OpenAI-shaped model as a chat completion", async () => {
    const body = await runJson(GEMMA, ask("Say exactly: Hello"));
    expect(at(body, "object")).toBe("chat.completion");
    expect(at(body, "choices", 0)).toMatchObject({
      finish_reason: "stop",
      index: 0,
      message: { role: "assistant", content: "Hello" },
    });
    expect(at(body, "usage", "neurons")).toBeTypeOf("number");
  });

  it("counts the same tokens streamed and not", async () => {
    for (const model of [LLAMA_33, GEMMA]) {
      const whole = await runJson(model, { ...ask("Tell me about rivers"), seed: 5 });
      const frames = await runFrames(model, { ...ask("Tell me about rivers"), seed: 5 });
      expect(at(frames, -2, "usage")).toEqual(at(whole, "usage"));
    }
  });

  it("refuses an unknown model with 5007", async () => {
    const response = await run("@cf/nobody/nothing", ask("Hello"));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      internalCode: 5007,
      name: "AiError",
      description: "No such model @cf/nobody/nothing or task",
    });
  });

  it("refuses a retired model with 5028 and its date, unless it is told to serve it", async () => {
    const refused = await run(LLAMA_31, ask("Hello"));
    expect(await refused.json()).toMatchObject({
      internalCode: 5028,
      description: expect.stringContaining("was deprecated on 2026-05-30"),
    });
    const served = await runJson(LLAMA_31, ask("Say exactly: Yes"), { ...PLAIN, serveRetired: true });
    expect(textOf(served)).toBe("Yes");
  });

  it("refuses what is no run", async () => {
    const emulator = createEmulator(PLAIN);
    expect((await emulator(new Request("https://anywhere.example/other"))).status).toBe(404);
    expect(await (await emulator(post(undefined, "{}"))).json()).toMatchObject({ internalCode: 3003 });
    expect(await (await emulator(post(LLAMA_33, "nonsense"))).json()).toMatchObject({ internalCode: 3003 });
  });
});
