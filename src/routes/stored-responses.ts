import type { GatewayContext } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { isRecord, parseJson } from "../json.ts";
import { printableName } from "../models/model-name.ts";
import { toItemListJson } from "../openai/item-list.ts";
import { listQuery, retrieveQuery } from "../openai/list-query.ts";
import { toPage } from "../stored-responses/page.ts";
import { afterNotFoundError, parseQuery } from "./list-query.ts";
import { requireStorage } from "./storage.ts";
import { answerRecords, answerStoredJson } from "./stored-answer.ts";

/** `GET /v1/responses/{id}`, as it is now or, with `stream=true`, as the events that made it. */
export async function retrieveResponse(c: GatewayContext): Promise<Response> {
  const { stream, starting_after: startingAfter = -1 } = parseQuery(c, retrieveQuery);
  const { responses } = await requireStorage(c);
  const id = idOf(c);
  if (stream === "false") {
    const response = await responses.retrieve(id);
    if (response === undefined) throw responseNotFoundError(id);
    return answerStoredJson(c, response);
  }
  const following = await responses.follow(id, startingAfter);
  switch (following.outcome) {
    case "missing":
      throw responseNotFoundError(id);
    case "not_streamed": {
      const message = "Only responses that were created with background=true and stream=true can be streamed again.";
      throw new GatewayError("invalid_value", message, { param: "stream" });
    }
    case "streaming":
      return answerRecords(c, following.body);
    default:
      return following satisfies never;
  }
}

/** `DELETE /v1/responses/{id}`; one that is still being made is stopped. */
export async function deleteResponse(c: GatewayContext): Promise<Response> {
  const { responses } = await requireStorage(c);
  const id = idOf(c);
  if (!(await responses.remove(id))) throw responseNotFoundError(id);
  return c.json({ id, object: "response", deleted: true });
}

/** `POST /v1/responses/{id}/cancel`: the response as it then is; one that had ended stays as it was. */
export async function cancelResponse(c: GatewayContext): Promise<Response> {
  const { responses } = await requireStorage(c);
  const id = idOf(c);
  const cancellation = await responses.cancel(id);
  switch (cancellation.outcome) {
    case "missing":
      throw responseNotFoundError(id);
    case "foreground": {
      const message = "Only responses that were created with background=true can be cancelled.";
      throw new GatewayError("invalid_request", message);
    }
    case "ended":
      return answerStoredJson(c, cancellation.response);
    default:
      return cancellation satisfies never;
  }
}

/** `GET /v1/responses/{id}/input_items`: the items of the request, without those of the responses that it continued. */
export async function listInputItems(c: GatewayContext): Promise<Response> {
  const query = parseQuery(c, listQuery);
  const { responses } = await requireStorage(c);
  const id = idOf(c);
  const input = await responses.readInput(id);
  if (input === undefined) throw responseNotFoundError(id);
  const items = parseJson(input);
  const page = toPage(Array.isArray(items) ? items : [], query, itemIdOf);
  if (page === undefined) throw afterNotFoundError(query);
  const shown = page.items.map((item) => ({ id: itemIdOf(item), json: JSON.stringify(item) }));
  return answerStoredJson(c, toItemListJson(shown, page.hasMore));
}

function itemIdOf(item: unknown): string | undefined {
  return isRecord(item) && typeof item["id"] === "string" ? item["id"] : undefined;
}

function idOf(c: GatewayContext): string {
  return c.req.param("id") ?? "";
}

function responseNotFoundError(id: string): GatewayError {
  return new GatewayError("not_found", `Response with id '${printableName(id)}' not found.`);
}
