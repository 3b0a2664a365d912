/** What an image is, as its first bytes say. */
export type ImageFormat = "png" | "jpeg" | "webp" | "gif";

const signatures: readonly (readonly [ImageFormat, number, readonly number[]])[] = [
  ["png", 0, [0x89, 0x50, 0x4e, 0x47]],
  ["jpeg", 0, [0xff, 0xd8, 0xff]],
  ["gif", 0, [0x47, 0x49, 0x46, 0x38]],
  ["webp", 8, [0x57, 0x45, 0x42, 0x50]],
];

/** `undefined` for bytes that are no image. */
export function toImageFormat(head: Uint8Array): ImageFormat | undefined {
  return signatures.find(([, offset, signature]) =>
    signature.every((byte, index) => head[offset + index] === byte),
  )?.[0];
}
