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
 * spent. One pass over the text, whose strings are skipped by the runtime's own search; text that is no JSON may be
 * counted wrongly and is refused by the parser.
 */
export function refuseUnboundedJson(text: string): void {
  let depth = 0;
  let values = 1;
  for (let position = 0; position < text.length; position += 1) {
    switch (text.charCodeAt(position)) {
      case QUOTE:
        position = findEndOfString(text, position);
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

/** The position of the quote that ends the string; the end of the text where there is none. */
function findEndOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let first = end;
    while (text.charCodeAt(first - 1) === BACKSLASH) first -= 1;
    // An even number of backslashes escape each other and not the quote.
    if ((end - first) % 2 === 0) return end;
  }
  return text.length;
}

function refused(fault: string): GatewayError {
  return new GatewayError("invalid_request", `The request body ${fault}.`);
}
