import { expect, it } from "vitest";
import { readScalar } from "../../scripts/scalar.ts";

// What Cloudflare takes for one static file.
const FILE_LIMIT_BYTES = 25 * 1024 * 1024;

it("Scalar's script is taken out of its package, with its licence, without a source map that nobody serves", () => {
  const bytes = readScalar();
  expect(bytes.byteLength).toBeLessThan(FILE_LIMIT_BYTES);
  const script = new TextDecoder().decode(bytes);
  expect(script.slice(0, 200)).toMatch(/^\/\*! Scalar .* MIT/);
  expect(script).toContain("createApiReference");
  expect(script.slice(-200)).not.toContain("sourceMappingURL");
});
