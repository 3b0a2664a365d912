/** One server-sent event record that carries only data, as both OpenAI and Workers AI write them. */
export function encodeSseData(data: string): string {
  return `data: ${data}\n\n`;
}

/** The record that ends an OpenAI stream. */
export const SSE_DONE = encodeSseData("[DONE]");

/** One record of a stream whose records name what they are. */
export function encodeSseEvent(event: string, data: string): string {
  return `event: ${event}\n${encodeSseData(data)}`;
}
