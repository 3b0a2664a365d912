/** A frame around a token's JSON, which may have padding and a count of tokens. */
export type RecordForm = (json: string, padding: string, count: number) => string;

const TAIL = '"created":1791402526,"id":"f9620000","model":"m","object":"chat.completion.chunk"';

function openai(delta: string, others = ""): string {
  return `{"choices":[{"delta":{${delta}},"finish_reason":null,"index":0,"logprobs":null,"matched_stop":null}],${TAIL}${others}}`;
}

/** The frames in which tokens come, as the fixtures and the emulator have them and as other engines write them. */
export const recordForms: Readonly<Record<string, RecordForm>> = {
  native: (json, p) => `{"response":${json},"p":"${p}"}`,
  "native with calls": (json, p) => `{"response":${json},"tool_calls":[],"p":"${p}"}`,
  "native alone": (json) => `{"response":${json}}`,
  "native with a delta": (json) => `{"delta":{"content":${json}},"p":"abc"}`,
  dual: (json, p) =>
    `{"choices":[{"delta":{"content":${json}},"finish_reason":null,"index":0}],${TAIL},"response":${json},"tool_calls":[],"p":"${p}"}`,
  "dual, native first": (json) => `{"response":${json},"choices":[{"delta":{"content":${json}}}]}`,
  openai: (json, p) => openai(`"content":${json}`, `,"p":"${p}"`),
  "openai with null for a usage": (json) => openai(`"content":${json},"reasoning_content":null`, ',"usage":null'),
  "openai with its own usage": (json, p) =>
    openai(
      `"content":${json},"reasoning_content":null`,
      `,"p":"${p}","usage":{"prompt_tokens":0,"completion_tokens":1,"total_tokens":1,"prompt_tokens_details":{"cached_tokens":0},"neurons":0.027}`,
    ),
  "openai with spaces": (json) =>
    `{"id": "f9", "choices": [{"index": 0, "delta": {"content": ${json}}, "logprobs": null, "token_ids": null}], "usage": null}`,
  reasoning: (json, p) => openai(`"reasoning_content":${json}`, `,"p":"${p}"`),
  "reasoning twice": (json, p) => openai(`"reasoning_content":${json},"reasoning":${json}`, `,"p":"${p}"`),
  "reasoning with its own usage": (json) =>
    openai(`"reasoning":${json}`, ',"usage":{"prompt_tokens":0,"completion_tokens":1}'),
  "a text completion": (json) =>
    `{"choices":[{"index":0,"text":${json},"logprobs":null,"finish_reason":null}],${TAIL}}`,
  "parts of content": (json) => openai(`"content":[{"type":"text","text":${json}}]`),
  "an envelope": (json) => `{"success":true,"result":{"response":${json}}}`,
};

/** Frames that no other is like. */
export const countingForms: Readonly<Record<string, RecordForm>> = {
  "native with a running usage": (json, _p, count) =>
    `{"response":${json},"usage":{"prompt_tokens":9,"completion_tokens":${count},"total_tokens":${9 + count}}}`,
  "openai with a running usage": (json, p, count) =>
    openai(
      `"content":${json}`,
      `,"p":"${p}","usage":{"prompt_tokens":9,"completion_tokens":${count},"total_tokens":${9 + count},"completion_tokens_details":{"reasoning_tokens":${count}}}`,
    ),
};
