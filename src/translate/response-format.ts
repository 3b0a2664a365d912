import { GatewayError } from "../errors.ts";
import type { JsonRecord } from "../json.ts";
import type { ModelEntry } from "../models/model.ts";
import type { ResponseFormat } from "../openai/chat-request.ts";

export interface ResponseFormatInputs {
  readonly inputs: JsonRecord;
  /** The model cannot stream in this format: it has to be run whole. */
  readonly mustRunWhole: boolean;
}

/** `response_format` as inputs. `text` is the absence of a format: the upstream has no name for it. */
export function toResponseFormatInputs(format: ResponseFormat | undefined, entry: ModelEntry): ResponseFormatInputs {
  if (format === undefined || format.type === "text") return { inputs: {}, mustRunWhole: false };
  if (entry.wireFormat !== "openai" && entry.abilities.jsonSchema === "none") {
    const message = `Unsupported parameter: the model '${entry.id}' has no JSON mode.`;
    throw new GatewayError("unsupported_parameter", message, { param: "response_format" });
  }
  // Error 5023: native models do not stream in JSON mode.
  const mustRunWhole = entry.wireFormat !== "openai";
  if (format.type === "json_object") return { inputs: { response_format: { type: "json_object" } }, mustRunWhole };
  const { name, description, strict, schema } = format.json_schema;
  switch (entry.abilities.jsonSchema) {
    case "none": {
      const message = `Unsupported parameter: the model '${entry.id}' does not follow a JSON schema.`;
      throw new GatewayError("unsupported_parameter", message, { param: "response_format" });
    }
    case "bare":
      return { inputs: { response_format: { type: "json_schema", json_schema: schema ?? {} } }, mustRunWhole };
    case "envelope": {
      const envelope = {
        name,
        schema: schema ?? {},
        ...(description !== undefined && { description }),
        ...(strict !== undefined && { strict }),
      };
      return { inputs: { response_format: { type: "json_schema", json_schema: envelope } }, mustRunWhole };
    }
    default:
      return entry.abilities.jsonSchema satisfies never;
  }
}
