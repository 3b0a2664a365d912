import { MAX_JSON_DEPTH, MAX_JSON_VALUES } from "../config/limits.ts";
import { GatewayError } from "../errors.ts";

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Refuses JSON that is nested too deeply or holds too many values, before it is parsed: once it is, its memory is
 * spent. One pass over the bytes, whose strings are skipped by the runtime's own search; text that is no JSON may be
 * counted wrongly and is refused by the parser.
 */
export function refuseUnboundedJson(bytes: Uint8Array): void {
  let depth = 0;
  let values = 1;
  for (let position = 0; position < bytes.length; position += 1) {
    switch (bytes[position]) {
      case QUOTE:
        position = findEndOfString(bytes, position);
        break;
      case OPEN_BRACKET:
      case OPEN_BRACE:
        depth += 1;
        values += 1;
        if (depth > MAX_JSON_DEPTH) throw refused(`is nested more than ${MAX_JSON_DEPTH} levels deep`);
        break;
      case CLOSE_BRACKET:
      case CLOSE_BRACE:
        depth -= 1;
        break;
      case COMMA:
        values += 1;
        break;
      default:
        break;
    }
    if (values > MAX_JSON_VALUES) throw refused(`holds more than ${MAX_JSON_VALUES} values`);
  }
}

/** The position of the quote that ends the string; the end of the bytes where there is none. */
function findEndOfString(bytes: Uint8Array, start: number): number {
  for (let end = bytes.indexOf(QUOTE, start + 1); end !== -1; end = bytes.indexOf(QUOTE, end + 1)) {
    let first = end;
    while (bytes[first - 1] === BACKSLASH) first -= 1;
    // An even number of backslashes escape each other and not the quote.
    if ((end - first) % 2 === 0) return end;
  }
  return bytes.length;
}

function refused(fault: string): GatewayError {
  return new GatewayError("invalid_request", `The request body ${fault}.`);
}
