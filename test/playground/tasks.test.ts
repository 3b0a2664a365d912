import { describe, expect, it } from "vitest";
import { createAnswer, type Answer } from "../../src/playground/chat/answer.ts";
import { toRequest } from "../../src/playground/chat/request.ts";
import { send, type SendPorts } from "../../src/playground/chat/send.ts";
import { initialSettings } from "../../src/playground/chat/settings.ts";
import { toTaskHint } from "../../src/playground/chat/task-request.ts";
import { parseModels, modelPaths } from "../../src/playground/api/model-list.ts";
import { createTestGateway } from "../support/gateway.ts";
import { toModel } from "./samples.ts";

const gateway = createTestGateway({ vars: { API_KEYS: "sk-page" } });

/** Sends a message to a model of the gateway's own list, through the whole gateway. */
async function ask(id: string, text: string, images: readonly string[] = []): Promise<Answer> {
  const models = parseModels(await (await gateway.request("/v1/models", { headers: bearer })).json());
  const model = models.find((candidate) => candidate.id === id);
  if (model === undefined) throw new Error(`no model ${id}`);
  const ports: SendPorts = {
    fetch: (url, init) => gateway.request(url, init),
    now: () => 0,
    credentials: () => bearer,
  };
  const answer = createAnswer(toRequest("/v1", model, initialSettings, [{ kind: "user", text, images }]));
  await send(answer, ports, new AbortController().signal, () => undefined);
  return answer;
}

const bearer = { authorization: "Bearer sk-page" };

describe("a model that holds no conversation", () => {
  it("makes an image of the message, which says what it cost", async () => {
    const answer = await ask("@cf/black-forest-labs/flux-1-schnell", "A cat");
    expect(answer).toMatchObject({ state: "done", failure: undefined, text: "" });
    expect(answer.media).toEqual([
      { kind: "image", url: expect.stringMatching(/^data:image\/jpeg;base64,[\w+/]+=*$/) },
    ]);
    expect(answer.from.cost).toBeGreaterThan(0);
  });

  it("reads the message aloud", async () => {
    const answer = await ask("@cf/myshell-ai/melotts", "A cat");
    expect(answer).toMatchObject({ state: "done", failure: undefined });
    expect(answer.media).toEqual([
      { kind: "audio", url: expect.stringMatching(/^data:audio\/[\w-]+;base64,[\w+/]+=*$/) },
    ]);
  });

  it("makes an embedding, of which the beginning is shown and the length", async () => {
    const answer = await ask("@cf/baai/bge-m3", "A cat");
    expect(answer.state).toBe("done");
    expect(answer.text).toMatch(/^\[\n(?: {2}-?[\d.e-]+,\n){8} {2}…\n\]\n\n1,024 numbers$/);
  });

  it("ranks the lines behind the first", async () => {
    const answer = await ask("@cf/baai/bge-reranker-base", "cat\n\na dog\na cat\n");
    expect(answer.request.body).toMatchObject({ query: "cat", documents: ["a dog", "a cat"] });
    expect(JSON.parse(answer.text)).toMatchObject([{ index: 1 }, { index: 0 }]);
  });

  it("writes down a recording, which goes as a file of a form", async () => {
    const spoken = await ask("@cf/myshell-ai/melotts", "A cat");
    const recording = spoken.media[0]?.url ?? "";
    const answer = await ask("@cf/openai/whisper-large-v3-turbo", "cats", [recording]);
    expect(answer.request.body).toEqual({
      model: "@cf/openai/whisper-large-v3-turbo",
      prompt: "cats",
      file: recording,
    });
    expect(answer).toMatchObject({ state: "done", failure: undefined });
    expect(answer.text).not.toBe("");
    expect((await ask("@cf/openai/whisper", "")).failure).toMatchObject({ status: 400, param: "file" });
  });

  it("gets the last message alone", () => {
    const model = toModel({ endpoint: "/v1/embeddings" });
    const turns = ["one", "two"].map((text) => ({ kind: "user", text, images: [] }) as const);
    const { path, body } = toRequest("/v1", model, { ...initialSettings, system: "Be brief" }, turns);
    expect([path, body]).toEqual(["/embeddings", { model: model.id, input: "two", encoding_format: "float" }]);
  });

  it("is explained, and one that chats is not", () => {
    for (const path of modelPaths) {
      const hint = toTaskHint(toModel({ endpoint: `/v1${path}` }));
      expect(hint === undefined).toBe(path === "/chat/completions");
    }
  });
});
