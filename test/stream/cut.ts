/** Cuts bytes into chunks of these sizes, again and again from the first one; in one piece where there are none. */
export function cut(bytes: Uint8Array, sizes: readonly number[]): readonly Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let start = 0, turn = 0; start < bytes.length; turn += 1) {
    const end = start + (sizes[turn % sizes.length] ?? bytes.length);
    chunks.push(bytes.subarray(start, end));
    start = end;
  }
  return chunks;
}
