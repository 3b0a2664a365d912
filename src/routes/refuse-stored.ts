import { GatewayError } from "../errors.ts";

interface StoredMembers {
  readonly previous_response_id: string | undefined;
  readonly conversation?: string | undefined;
  readonly background?: boolean | undefined;
}

/** What only works with responses that are kept, where none are. */
export function refuseStored({ previous_response_id, conversation, background }: StoredMembers): void {
  const asked = { previous_response_id, conversation, background: background === true ? true : undefined };
  for (const [param, value] of Object.entries(asked)) {
    if (value === undefined) continue;
    const message = `Unsupported parameter: '${param}': this gateway does not store responses.`;
    throw new GatewayError("unsupported_parameter", message, { param });
  }
}
