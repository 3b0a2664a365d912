import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";

interface LockedPackage {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock: { packages: Record<string, LockedPackage> } = JSON.parse(await readFile("package-lock.json", "utf8"));
const packages = new Map(Object.entries(lock.packages));

function locked(name: string): LockedPackage {
  return packages.get(`node_modules/${name}`) ?? {};
}

// npm leaves out what the registry in use does not offer, and `npm ci` then fails wherever the registry does.
it("the lock file names the binaries of every platform", () => {
  const missing = [...packages].flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages.has(`node_modules/${name}`) && !packages.has(`${path}/node_modules/${name}`),
    ),
  );
  expect(missing).toEqual([]);
});

it("one workerd is installed: wrangler and Miniflare are the very versions that the vitest plugin brings", () => {
  const { dependencies = {} } = locked("@cloudflare/vitest-plugin");
  expect(locked("wrangler").version).toBe(dependencies["wrangler"]);
  expect(locked("miniflare").version).toBe(dependencies["miniflare"]);
  expect([...packages.keys()].filter((path) => path.endsWith("node_modules/workerd"))).toEqual([
    "node_modules/workerd",
  ]);
});
