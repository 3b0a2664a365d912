const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** 62 symbols fit four times into a byte; the bytes above are drawn again, so that no symbol is likelier. */
const LAST_FAIR_BYTE = 4 * ALPHABET.length;

/** Bytes from the runtime's source of secrets, each of them used once. Asking it for each id took 3 µs of a request. */
const pool = new Uint8Array(1024);
let used = pool.length;

function randomByte(): number {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const byte = pool[used] ?? 0;
  used += 1;
  return byte;
}

/** Letters and digits that cannot be guessed. */
export function randomText(length: number): string {
  const codes: number[] = [];
  while (codes.length < length) {
    const byte = randomByte();
    if (byte < LAST_FAIR_BYTE) codes.push(ALPHABET.charCodeAt(byte % ALPHABET.length));
  }
  return String.fromCharCode(...codes);
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

/** 24 of 62 symbols are 142 bits: an id of a response cannot be guessed. */
const RESPONSE_ID_LENGTH = 24;

export function createResponseId(): string {
  return `resp_${randomText(RESPONSE_ID_LENGTH)}`;
}

export type ItemPrefix = "msg" | "rs" | "fc" | "fco" | "ctc" | "ctco" | "cmp";

/**
 * The id of an item of a response, with the prefix that OpenAI's ids of its kind have. The rest is that of the response's
 * id and the item's place, so that a client which refers to an item says where it is kept.
 */
export function createItemId(prefix: ItemPrefix, responseId: string, place: string | number): string {
  return `${prefix}_${responseId.slice("resp_".length)}${place}`;
}

const ITEM_ID = new RegExp(`^[a-z]+_([0-9A-Za-z]{${RESPONSE_ID_LENGTH}})`);

/** The id of the response to which an item belongs; `undefined` where the item's id is none of this gateway's. */
export function toResponseIdOfItem(itemId: string): string | undefined {
  const [, text] = ITEM_ID.exec(itemId) ?? [];
  return text === undefined ? undefined : `resp_${text}`;
}

/** The id of a message that is an answer by itself: of Anthropic's API. */
export function createMessageId(): string {
  return `msg_${randomText(24)}`;
}

export function createConversationId(): string {
  return `conv_${randomText(48)}`;
}

export function createModerationId(): string {
  return `modr-${randomText(29)}`;
}

export function createRerankId(): string {
  return `rerank-${randomText(29)}`;
}

/** The name of a stored image: its secret, since whoever knows it may see the image. */
export function createImageName(): string {
  return randomText(32);
}
