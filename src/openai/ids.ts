const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** 62 symbols fit four times into a byte; the bytes above are drawn again, so that no symbol is likelier. */
const LAST_FAIR_BYTE = 4 * ALPHABET.length;

/** Letters and digits, from the runtime's source of secrets. */
export function randomText(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < LAST_FAIR_BYTE && text.length < length) text += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return text;
}

export function createChatCompletionId(): string {
  return `chatcmpl-${randomText(29)}`;
}

export function createTextCompletionId(): string {
  return `cmpl-${randomText(29)}`;
}

export function createToolCallId(): string {
  return `call_${randomText(24)}`;
}

export function createResponseId(): string {
  return `resp_${randomText(48)}`;
}

/** The id of an item of a response, with the prefix that OpenAI's ids of its kind have. */
export function createItemId(prefix: "msg" | "rs" | "fc" | "ctc" | "cmp"): string {
  // Shorter than OpenAI's: it stands in every event of the item.
  return `${prefix}_${randomText(24)}`;
}
