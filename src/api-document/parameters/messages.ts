import { unservedByMessages } from "../../translate/anthropic/unserved.ts";
import { withUnserved } from "./parameter-row.ts";

/** The parameters of `POST /v1/messages`, of which those that a model reads are counted by `/v1/messages/count_tokens`. */
export const messageParameters = withUnserved(
  [
    [["model"], "catalogue id, alias, or any other Workers AI id"],
    [["models"], "this gateway's own: models to try in this order when `model` fails"],
    [
      ["messages"],
      "text, images (base64 and URL), tool calls and their results, thinking, search results, documents that are text; PDF documents, stored files and the blocks of Anthropic's own tools are refused. `system` messages among them stay where they are. An answer that is begun in a last message of the assistant's is read as a turn that is over: ignored",
    ],
    [["system"], "text or blocks"],
    [["max_tokens"], "lowered to what the window and the model leave: adjusted"],
    [["stop_sequences"], "passed on, or emulated"],
    [["stream"], "server-sent events in Anthropic's order"],
    [["temperature", "top_p", "top_k"], "passed on, brought into the model's range"],
    [["tools"], "the caller's own; tools of Anthropic's types (`web_search_…`, `bash_…`) are left out: ignored"],
    [["tool_choice"], "`auto`, `any`, `tool`, `none`, and `disable_parallel_tool_use`: passed on, or emulated"],
    [
      ["thinking"],
      "`enabled`: `budget_tokens` becomes the nearest of the model's levels, if it has any (below 4,096 `low`, below 16,384 `medium`, else `high`): adjusted; ignored by models that do not reason. `disabled` turns the reasoning off where the model can. `display` is honoured. Without `thinking` the reasoning is left out of the answer",
    ],
    [
      ["output_config"],
      "`effort` in the levels that the model has; `format` is the model's JSON mode, checked against the schema",
    ],
    [["output_format"], "the same as `output_config.format`"],
    [["metadata"], "`user_id` keeps a conversation on the machine that has its beginning cached"],
    [["cache_control"], "ignored, on the request and on blocks: the upstream decides what it caches"],
  ],
  unservedByMessages,
);
