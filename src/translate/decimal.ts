/** A number as decimal text, without an exponent, which readers of decimal text do not expect. */
export function toDecimal(value: number): string {
  return value.toFixed(12).replace(/\.?0+$/, "");
}
