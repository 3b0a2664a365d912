import { expect, it } from "vitest";
import { createEmulatorBinding } from "../../src/emulator/binding.ts";
import { arrayOf, objectOf } from "../../src/emulator/json-value.ts";
import { catalogue } from "../../src/models/catalogue.ts";
import type { ModelEntry } from "../../src/models/model.ts";
import { refineCatalogue } from "../../src/models/refine.ts";
import { at, LLAMA_33 } from "./support.ts";

async function listed(entries?: readonly ModelEntry[]): Promise<unknown> {
  return await createEmulatorBinding(entries === undefined ? {} : { catalogue: entries }).models?.();
}

function propertiesOf(list: unknown, name: string): unknown {
  const model = arrayOf(list).find((entry) => at(entry, "name") === name);
  return Object.fromEntries(
    arrayOf(at(model, "properties")).map((property) => [at(property, "property_id"), at(property, "value")]),
  );
}

it("the binding lists its models as the live list does", async () => {
  const list = await listed();
  expect(objectOf(arrayOf(list)[0])).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f-]{27}$/),
    name: LLAMA_33,
    task: { name: "Text Generation" },
    tags: [],
  });
  expect(propertiesOf(list, LLAMA_33)).toEqual({
    context_window: "24000",
    price: [
      { unit: "per M input tokens", price: 0.293, currency: "USD" },
      { unit: "per M output tokens", price: 2.253, currency: "USD" },
    ],
    function_calling: "true",
    lora: "true",
  });
  expect(await listed()).toEqual(list);
});

it("a planned shutdown is a property, and retired models are not listed", async () => {
  const [first, second] = catalogue;
  if (first === undefined || second === undefined) throw new Error("The catalogue is empty.");
  const leaving = { ...first, plannedShutdown: "2027-01-31" };
  const gone = { ...second, retired: { date: "2026-05-30", successor: first.id } };
  const list = await listed([leaving, gone]);
  expect(propertiesOf(list, first.id)).toMatchObject({ planned_deprecation_date: "2027-01-31" });
  expect(arrayOf(list).some((entry) => at(entry, "name") === second.id)).toBe(false);
});

it("what the list refines stays equal to the built-in catalogue", async () => {
  expect(refineCatalogue(catalogue, await listed())).toEqual(catalogue);
});
