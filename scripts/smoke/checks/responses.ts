import { FEW_TOKENS, get, has, is, keeping, MODEL, post, remove, STORAGE } from "../check.ts";
import type { Check } from "../check.ts";

const response = { model: MODEL, input: "Say hello.", max_output_tokens: FEW_TOKENS };
const message = { type: "message", role: "user", content: "Say hello." };
const stored = { needs: STORAGE };

/** Responses and conversations; what these checks make, they delete. */
export const responseChecks: readonly Check[] = [
  post("responses", "/v1/responses", response, has("output", 0, "content", 0, "text"), {
    keep: keeping({ response: ["id"] }),
  }),
  get("responses, kept", "/v1/responses/{response}", has("id"), stored),
  get("responses, their input", "/v1/responses/{response}/input_items", has("data"), stored),
  remove("responses, deleted", "/v1/responses/{response}", stored),
  post("responses, in the background", "/v1/responses", { ...response, background: true }, has("status"), {
    ...stored,
    keep: keeping({ background: ["id"] }),
  }),
  post("responses, cancelled", "/v1/responses/{background}/cancel", {}, has("status"), stored),
  remove("responses, in the background, deleted", "/v1/responses/{background}", stored),
  {
    name: "responses, by WebSocket",
    method: "SOCKET",
    path: "/v1/responses",
    body: { ...response, type: "response.create", store: false },
    status: 101,
    // So few tokens may cut it.
    verify: ({ text }) => (/"type":"response\.(?:completed|incomplete)"/.test(text) ? undefined : "no end"),
  },
  post(
    "responses, input tokens",
    "/v1/responses/input_tokens",
    { model: MODEL, input: "Say hello." },
    has("input_tokens"),
  ),
  post(
    "responses, compacted",
    "/v1/responses/compact",
    { model: MODEL, input: [message, { type: "message", role: "assistant", content: "Hello!" }, message] },
    has("output"),
  ),
  post("conversation", "/v1/conversations", {}, has("id"), { ...stored, keep: keeping({ conversation: ["id"] }) }),
  get("conversation, kept", "/v1/conversations/{conversation}", has("id"), stored),
  post(
    "conversation, changed",
    "/v1/conversations/{conversation}",
    { metadata: { made: "by a smoke test" } },
    has("metadata", "made"),
    stored,
  ),
  post("conversation, added to", "/v1/conversations/{conversation}/items", { items: [message] }, has("data"), {
    ...stored,
    keep: keeping({ item: ["data", 0, "id"] }),
  }),
  get("conversation, its items", "/v1/conversations/{conversation}/items", has("data"), stored),
  get("conversation, an item", "/v1/conversations/{conversation}/items/{item}", is("message", "type"), stored),
  {
    name: "conversation, an item deleted",
    method: "DELETE",
    path: "/v1/conversations/{conversation}/items/{item}",
    verify: ({ text }) => (text.includes('"object":"conversation"') ? undefined : "no conversation"),
    ...stored,
  },
  remove("conversation, deleted", "/v1/conversations/{conversation}", stored),
];
