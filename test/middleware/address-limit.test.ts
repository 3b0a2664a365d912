import { describe, expect, it } from "vitest";
import { toNetwork } from "../../src/middleware/network.ts";
import { createBinding, nativeAnswer } from "../support/binding.ts";
import { readError } from "../support/error-answer.ts";
import { createKeyGateway } from "../support/key-objects.ts";

/** The binding's own behaviour: so many calls for each key, and then no more. */
function createLimiter(most: number) {
  const counts = new Map<string, number>();
  return {
    counts,
    async limit({ key }: { readonly key: string }) {
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return { success: count <= most };
    },
  };
}

const from = (address: string, authorization = "") => ({
  headers: { "cf-connecting-ip": address, authorization },
});

describe("requests without a valid key", () => {
  it.each([
    ["no key", "/v1/models", ""],
    ["a wrong key", "/v1/models", "Bearer sk-wrong"],
    ["a wrong managed key", "/v1/models", `Bearer sk-fg-${"a".repeat(12)}-${"b".repeat(40)}`],
    ["a wrong admin key", "/admin/keys", "Bearer sk-wrong"],
  ])("%s: are refused with 429 beyond the limit of their address", async (_, path, authorization) => {
    const gateway = createKeyGateway({ vars: { ADDRESS_LIMIT: createLimiter(2) } });
    const ask = async (address: string) => gateway.request(path, from(address, authorization));
    expect([(await ask("192.0.2.1")).status, (await ask("192.0.2.1")).status]).toEqual([401, 401]);
    const refused = await ask("192.0.2.1");
    expect(refused.headers.get("retry-after")).toBe("60");
    expect(await readError(refused)).toMatchObject({ status: 429, type: "requests", code: "rate_limit_exceeded" });
    expect((await ask("192.0.2.2")).status).toBe(401);
  });

  it("are limited where ALLOW_ANONYMOUS serves them", async () => {
    const binding = createBinding(() => nativeAnswer());
    const vars = { ALLOW_ANONYMOUS: "true", ADDRESS_LIMIT: createLimiter(1) };
    const gateway = createKeyGateway({ binding, vars });
    const body = { model: "llama-3.3-70b", messages: [{ role: "user", content: "Hello" }] };
    const ask = () => gateway.post("/v1/chat/completions", body, from("192.0.2.1").headers);
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 429]);
    expect(binding.calls).toHaveLength(1);
  });

  it("count for the network of an IPv6 address", async () => {
    const limiter = createLimiter(1);
    const gateway = createKeyGateway({ vars: { ADDRESS_LIMIT: limiter } });
    await gateway.request("/v1/models", from("2001:db8:1:2::1"));
    expect((await gateway.request("/v1/models", from("2001:DB8:1:2:ffff::2"))).status).toBe(429);
    expect([...limiter.counts.keys()]).toEqual(["2001:db8:1:2"]);
  });
});

describe("requests with a key", () => {
  it("do not count", async () => {
    const limiter = createLimiter(0);
    const gateway = createKeyGateway({ vars: { ADDRESS_LIMIT: limiter } });
    const key = await gateway.createKey();
    for (const authorization of ["Bearer sk-test", key.headers.authorization]) {
      expect((await gateway.request("/v1/models", from("192.0.2.1", authorization))).status).toBe(200);
    }
    expect(limiter.counts.size).toBe(0);
  });
});

describe("toNetwork", () => {
  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
    ["2001:0DB8:0001:0002:3:4:5:6", "2001:db8:1:2"],
    ["2001:db8::1", "2001:db8:0:0"],
    ["::1", "0:0:0:0"],
    ["::", "0:0:0:0"],
    ["fe80:1:2:3:4::", "fe80:1:2:3"],
    ["::ffff:192.0.2.1", "0:0:0:0"],
    ["", ""],
  ])("of %s is %s", (address, network) => {
    expect(toNetwork(address)).toBe(network);
  });
});
