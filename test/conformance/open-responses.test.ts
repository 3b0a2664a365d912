import { describe, expect, it } from "vitest";
import { isRecord } from "../../src/json.ts";
import { findViolations, publishedSchema } from "../support/published-schemas.ts";
import { createTestGateway } from "../support/gateway.ts";
import { checkResponseStream } from "./support/check-response-stream.ts";
import { GEMMA, LLAMA } from "./support/samples.ts";

/** What the compliance suite of Open Responses asks over HTTP, in requests of our own, held to the specification's schemas. */

const gateway = createTestGateway({ emulator: { quirks: true } });

async function respond(body: object): Promise<Record<string, unknown>> {
  const answer = await gateway.post("/v1/responses", { model: LLAMA, ...body });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/json");
  const response: unknown = await answer.json();
  expect(findViolations(response, publishedSchema("open-responses/ResponseResource"))).toEqual([]);
  return isRecord(response) ? response : {};
}

const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };

describe("Open Responses", () => {
  it("basic text: a message is answered by a message", async () => {
    const input = [{ type: "message", role: "user", content: "Say hello in three words." }];
    expect(await respond({ input })).toMatchObject({ status: "completed", output: [{ type: "message" }] });
  });

  it("phases: assistant messages may say what they were for", async () => {
    const input = [
      { type: "message", role: "user", content: "Say one." },
      { type: "message", role: "assistant", phase: "commentary", content: "I shall say it." },
      { type: "message", role: "assistant", phase: "final_answer", content: "one" },
      { type: "message", role: "user", content: "Say two." },
    ];
    expect(await respond({ input })).toMatchObject({ status: "completed" });
  });

  it("streaming: semantic events, each with its name, and [DONE]", async () => {
    const input = [{ type: "message", role: "user", content: "Count to five." }];
    const answer = await gateway.post("/v1/responses", { model: LLAMA, input, stream: true });
    const { problems, response } = checkResponseStream(await answer.text());
    expect(problems).toEqual([]);
    expect(response).toMatchObject({ status: "completed" });
  });

  it("system prompt: a system message steers the answer", async () => {
    const input = [
      { type: "message", role: "system", content: "You are a helpful assistant." },
      { type: "message", role: "user", content: "Say exactly: ahoy" },
    ];
    expect(JSON.stringify((await respond({ input }))["output"])).toContain("ahoy");
  });

  it("tool calling: a function that fits is called", async () => {
    const tools = [{ type: "function", name: "get_weather", description: "Get the weather in a city", parameters }];
    const input = [{ type: "message", role: "user", content: "What is the weather in Paris?" }];
    const { output } = await respond({ input, tools });
    expect(output).toMatchObject([{ type: "function_call", name: "get_weather", status: "completed" }]);
  });

  it("tool calling, streamed: the call is told as it is made", async () => {
    const tools = [{ type: "function", name: "get_weather", description: "Get the weather in a city", parameters }];
    const input = [{ type: "message", role: "user", content: "What is the weather in Paris?" }];
    const answer = await gateway.post("/v1/responses", { model: LLAMA, input, tools, stream: true });
    const { problems, events } = checkResponseStream(await answer.text());
    expect(problems).toEqual([]);
    const types = events.map(({ type }) => type).filter((type) => type !== "response.function_call_arguments.delta");
    expect(types).toEqual([
      "response.created",
      "response.in_progress",
      "response.output_item.added",
      "response.function_call_arguments.done",
      "response.output_item.done",
      "response.completed",
    ]);
  });

  it("allowed tools: without a mode the model may choose, with none it may not call", async () => {
    const tools = ["get_weather", "get_time"].map((name) => ({ type: "function", name, parameters }));
    const input = "What is the weather in Paris?";
    const allowed = { type: "allowed_tools", tools: [{ type: "function", name: "get_weather" }] };
    expect(await respond({ input, tools, tool_choice: allowed })).toMatchObject({
      output: [{ type: "function_call", name: "get_weather" }],
      tool_choice: { ...allowed, mode: "auto" },
    });
    expect(await respond({ input, tools, tool_choice: { ...allowed, mode: "none" } })).toMatchObject({
      output: [{ type: "message" }],
      tool_choice: "none",
    });
  });

  it("image input: a picture is a part of a user's message", async () => {
    const image_url = "data:image/png;base64,iVBORw0KGgo=";
    const content = [
      { type: "input_text", text: "What is it?" },
      { type: "input_image", image_url },
    ];
    const input = [{ type: "message", role: "user", content }];
    expect(await respond({ model: GEMMA, input })).toMatchObject({ status: "completed" });
  });

  it("multi-turn: what was said before is known", async () => {
    const input = [
      { type: "message", role: "user", content: "My name is Ada." },
      { type: "message", role: "assistant", content: [{ type: "output_text", text: "Hello Ada.", annotations: [] }] },
      { type: "message", role: "user", content: "What is my name?" },
    ];
    expect(await respond({ input })).toMatchObject({ status: "completed" });
  });

  it("compaction: a conversation becomes a shorter one, and needs a model for it", async () => {
    const answer = await gateway.post("/v1/responses/compact", { model: LLAMA, input: "My name is Ada." });
    const compacted: unknown = await answer.json();
    expect(findViolations(compacted, publishedSchema("open-responses/CompactResource"))).toEqual([]);
    const output = isRecord(compacted) && Array.isArray(compacted["output"]) ? compacted["output"] : [];
    const input = [...output, { type: "message", role: "user", content: "What is my name?" }];
    expect(await respond({ input })).toMatchObject({ status: "completed" });
    expect((await gateway.post("/v1/responses/compact", { input: "Hello" })).status).toBe(400);
  });
});

describe("a request in the form of Codex's", () => {
  const request = {
    model: LLAMA,
    instructions: "You are a coding agent.",
    input: [
      {
        type: "message",
        role: "developer",
        content: [{ type: "input_text", text: "<permissions>read only</permissions>" }],
      },
      { type: "message", role: "user", content: [{ type: "input_text", text: "What is the weather in Paris?" }] },
      { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "gAAA", content: null },
      {
        type: "local_shell_call",
        id: "ls_1",
        call_id: "call_0",
        status: "completed",
        action: { type: "exec", command: ["ls"] },
      },
      { type: "web_search_call", id: "ws_1", status: "completed", action: { type: "search", query: "x" } },
    ],
    tools: [
      { type: "function", name: "get_weather", description: "Get the weather in a city", strict: false, parameters },
      {
        type: "custom",
        name: "apply_patch",
        description: "Edits files",
        format: { type: "grammar", syntax: "lark", definition: "start: /x/" },
      },
      {
        type: "namespace",
        name: "mcp",
        description: "Tools of a server",
        tools: [{ type: "function", name: "search" }],
      },
      { type: "web_search", external_web_access: false },
    ],
    tool_choice: "auto",
    parallel_tool_calls: true,
    reasoning: { effort: "medium", summary: "auto" },
    store: false,
    stream: true,
    include: ["reasoning.encrypted_content"],
    prompt_cache_key: "019ac5e2-7a1d",
    text: { verbosity: "low" },
    client_metadata: { "x-codex-turn": "1" },
  };

  it("is answered, and what could not be served is named", async () => {
    const answer = await gateway.post("/v1/responses", request, {
      accept: "text/event-stream",
      originator: "codex_exec",
    });
    const { problems, response } = checkResponseStream(await answer.text());
    expect(problems).toEqual([]);
    expect(response["output"]).toMatchObject([{ type: "function_call", name: "get_weather" }]);
    const told = answer.headers.get("x-flaregate-parameters");
    expect(told).toContain("tools.namespace=emulated");
    for (const name of ["tools.web_search", "input.local_shell_call", "input.web_search_call"]) {
      expect(told).toContain(`${name}=ignored`);
    }
  });
});
