import { expect, it } from "vitest";
import { unstable_readConfig } from "wrangler";

it("the staging Worker is configured as the deployed one, but for what has to be its own", () => {
  const production = unstable_readConfig({ config: "wrangler.toml" });
  const staging = unstable_readConfig({ config: "wrangler.staging.toml" });
  expect(staging.name).not.toBe(production.name);
  const own = { name: "", topLevelName: "", configPath: "", userConfigPath: "", ratelimits: [] };
  expect({ ...staging, ...own }).toEqual({ ...production, ...own });
  expect(toLimits(staging.ratelimits)).toEqual(toLimits(production.ratelimits));
});

/** Who counts them is each Worker's own. */
function toLimits(limits: readonly { readonly name: string; readonly simple: object }[]): readonly object[] {
  return limits.map(({ name, simple }) => ({ name, simple }));
}
