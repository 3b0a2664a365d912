import { expect, it } from "vitest";
import { onDemand } from "../../src/routes/on-demand.ts";

it("what is imported on demand is kept", async () => {
  let imports = 0;
  const load = onDemand(() => Promise.resolve({ number: (imports += 1) }));
  expect([await load(), await load()]).toEqual([{ number: 1 }, { number: 1 }]);
  expect(imports).toBe(1);
});

it("an import that failed is tried again", async () => {
  const answers = [Promise.reject(new Error("gone")), Promise.resolve("there")];
  const load = onDemand(async () => answers.shift());
  await expect(load()).rejects.toThrow("gone");
  expect(await load()).toBe("there");
});
