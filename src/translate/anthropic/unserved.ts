import type { MessagesRequest } from "../../anthropic/messages-request.ts";
import type { UnservedParameter } from "../unserved.ts";
import { isOwnTool } from "./chat-request.ts";

const notStored = "nothing of a request is stored";
const foreignTools = "tools that run on Anthropic's servers, or that only its models know, are left out";

/** The parameters of the Messages API that Workers AI cannot serve: they leave an answer what it is. */
export const unservedByMessages: readonly UnservedParameter<MessagesRequest>[] = [
  {
    name: "cache_control",
    treatment: "ignored",
    reason: "the upstream decides what it caches",
    isAsked: hasCacheControl,
  },
  {
    name: "tools",
    treatment: "ignored",
    reason: foreignTools,
    isAsked: ({ tools = [] }) => !tools.every(isOwnTool),
  },
  {
    name: "mcp_servers",
    treatment: "ignored",
    reason: foreignTools,
    isAsked: ({ mcp_servers: servers }) => Array.isArray(servers) && servers.length > 0,
  },
  {
    name: "thinking",
    treatment: "ignored",
    reason: "models that do not reason cannot show it",
    isAsked: ({ thinking }, { abilities }) => thinking?.type === "enabled" && abilities.reasoning === undefined,
  },
  {
    name: "messages",
    treatment: "ignored",
    reason: "an answer that is begun in the last message is not gone on with; it is read as a turn that is over",
    isAsked: ({ messages }) => messages.at(-1)?.role === "assistant",
  },
  { name: "container", treatment: "ignored", reason: notStored, isAsked: ({ container }) => container !== undefined },
  {
    name: "context_management",
    treatment: "ignored",
    reason: "a conversation is read as it was sent",
    isAsked: (request) => request.context_management !== undefined,
  },
  {
    name: "diagnostics",
    treatment: "ignored",
    reason: notStored,
    isAsked: ({ diagnostics }) => diagnostics !== undefined,
  },
  {
    name: "inference_geo",
    treatment: "ignored",
    reason: "the upstream decides where a model runs",
    isAsked: (request) => request.inference_geo !== undefined,
  },
  {
    name: "service_tier",
    treatment: "ignored",
    reason: "there is one tier; `auto` and `standard_only` ask for it",
    isAsked: ({ service_tier: tier }) => tier !== undefined && tier !== "auto" && tier !== "standard_only",
  },
  {
    name: "speed",
    treatment: "ignored",
    reason: "there is one speed; `standard` asks for it",
    isAsked: ({ speed }) => speed !== undefined && speed !== "standard",
  },
];

function hasCacheControl(request: MessagesRequest): boolean {
  const { cache_control: control, system, tools, messages } = request;
  const blocks = [system, ...messages.map(({ content }) => content)].flatMap((content) =>
    typeof content === "object" ? content : [],
  );
  return control !== undefined || [...blocks, ...(tools ?? [])].some(isCached);
}

function isCached(part: object): boolean {
  return "cache_control" in part && part.cache_control !== undefined;
}
