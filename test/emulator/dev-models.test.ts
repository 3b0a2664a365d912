import { createExecutionContext } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import dev from "../../src/dev.ts";
import { arrayOf } from "../../src/emulator/json-value.ts";
import { faults } from "../../src/emulator/faults/fault-table.ts";
import { createTestGateway } from "../support/gateway.ts";
import { at } from "./support.ts";

const REQUEST = "http://localhost/v1/models";
const headers = { authorization: "Bearer sk-test" };

async function idsOf(response: Response): Promise<readonly unknown[]> {
  return arrayOf(at(await response.json(), "data")).map((model) => at(model, "id"));
}

describe("GET /v1/models", () => {
  it("lists every fault with its description in npm run dev", async () => {
    const environment = { API_KEYS: "test:sk-test", EMULATOR_SEED: "1" };
    const response = await dev.fetch(new Request(REQUEST, { headers }), environment, createExecutionContext());
    const models = arrayOf(at(await response.json(), "data"));
    for (const { id, description } of faults) {
      expect(models).toContainEqual(expect.objectContaining({ id, description, owned_by: "emulator" }));
    }
    // The emulator's own list has refined the catalogue by now, and has not changed it.
    const again = await dev.fetch(new Request(REQUEST, { headers }), environment, createExecutionContext());
    expect(at(await again.json(), "data")).toEqual(models);
  });

  it("lists none in production, also where the emulator stands behind the binding", async () => {
    const production = await createApp().fetch(new Request(REQUEST, { headers }), { API_KEYS: "test:sk-test" });
    const bound = await createTestGateway().request("/v1/models");
    for (const ids of [await idsOf(production), await idsOf(bound)]) {
      expect(ids.length).toBeGreaterThan(20);
      expect(ids.filter((id) => String(id).startsWith("@emulator/"))).toEqual([]);
    }
  });
});
