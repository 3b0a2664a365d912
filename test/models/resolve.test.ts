import { describe, expect, it } from "vitest";
import { GatewayError } from "../../src/errors.ts";
import { builtInAliases } from "../../src/models/aliases.ts";
import { unknownTextModel } from "../../src/models/catalogue/entry.ts";
import { catalogue } from "../../src/models/catalogue.ts";
import { createModelDirectory, retiredModelError } from "../../src/models/resolve.ts";

const llama33 = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const llama31 = "@cf/meta/llama-3.1-70b-instruct";
const directory = createModelDirectory({});

function errorOf(action: () => unknown): GatewayError {
  try {
    action();
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("resolve", () => {
  it("finds a model by its id", () => {
    const { entry, retired } = directory.resolve(llama33);
    expect([entry.id, retired]).toEqual([llama33, undefined]);
  });

  it("finds every catalogue model by the last part of its id", () => {
    for (const { id, retired } of catalogue) {
      const resolution = directory.resolve(id.slice(id.lastIndexOf("/") + 1));
      expect((resolution.retired ?? resolution.entry).id).toBe(id);
      expect(resolution.entry.id).toBe(retired?.successor ?? id);
    }
  });

  it.each([
    ["llama-3.3-70b", llama33],
    ["gpt-oss-120b", "@cf/openai/gpt-oss-120b"],
    ["gemma-4-26b", "@cf/google/gemma-4-26b-a4b-it"],
    ["qwen3-30b", "@cf/qwen/qwen3-30b-a3b-fp8"],
    ["bge-m3", "@cf/baai/bge-m3"],
  ])("knows %s", (alias, id) => {
    expect(directory.resolve(alias).entry.id).toBe(id);
  });

  it.each([llama31, "llama-3.1-70b", "llama-3.1-70b-instruct"])("lets the successor answer for %s", (name) => {
    const { entry, retired } = directory.resolve(name);
    expect(entry.id).toBe(llama33);
    expect(retired?.id).toBe(llama31);
  });

  it("calls an id of Workers AI's form that it does not know, with what every dialect takes", () => {
    const { entry, retired } = directory.resolve("@cf/acme/rocket-7b");
    expect(entry).toMatchObject({
      id: "@cf/acme/rocket-7b",
      wireFormat: "common",
      ownedBy: "acme",
      contextWindow: undefined,
    });
    expect(entry.abilities).toEqual({
      tools: false,
      needsToolChoice: false,
      jsonSchema: "none",
      vision: false,
      reasoning: undefined,
      lora: false,
      systemFirst: false,
      fillIn: undefined,
    });
    expect(retired).toBeUndefined();
  });

  it.each([
    "gpt-4o",
    "",
    "constructor",
    "__proto__",
    "@cf/meta",
    "@cf/a/b/c",
    "@cf/../run",
    "@cf/a/..",
    "@cf/a/b c",
    "@cf/a/b\n",
    "@xx/a/b",
    `@cf/a/${"b".repeat(195)}`,
  ])("refuses %j", (name) => {
    const error = errorOf(() => directory.resolve(name));
    expect([error.kind, error.param]).toEqual(["model_not_found", "model"]);
  });

  it("refuses with OpenAI's message", () => {
    const error = errorOf(() => directory.resolve("gpt-4o"));
    expect(error.message).toBe("The model 'gpt-4o' does not exist or you do not have access to it.");
  });

  it("shortens and cleans the name in the message", () => {
    expect(errorOf(() => directory.resolve("x".repeat(1_000_000))).message.length).toBeLessThan(200);
    const message = errorOf(() => directory.resolve("a\u{1b}[31m\n\u{202e}\u{d800}b")).message;
    expect(message).toContain("'a\u{fffd}[31m\u{fffd}\u{fffd}\u{fffd}b'");
  });

  it("refuses a retired model without a successor, naming the day", () => {
    const error = errorOf(() => directory.resolve("@cf/facebook/bart-large-cnn"));
    expect(error.kind).toBe("model_not_found");
    expect(error.message).toContain("2026-05-30");
  });
});

describe("retiredModelError", () => {
  it("names the model, the day and the successor", () => {
    const { retired } = directory.resolve(llama31);
    const error = retired && retiredModelError(retired);
    expect(error?.kind).toBe("model_not_found");
    expect(error?.message).toBe(
      `The model '${llama31}' was retired by Workers AI on 2026-05-30; use '${llama33}' instead.`,
    );
  });
});

describe("extra aliases", () => {
  it("win over built-in aliases and over ids", () => {
    const custom = createModelDirectory({ "gpt-oss-120b": llama33, [llama31]: "@cf/openai/gpt-oss-20b" });
    expect(custom.resolve("gpt-oss-120b").entry.id).toBe(llama33);
    expect(custom.resolve(llama31)).toMatchObject({ entry: { id: "@cf/openai/gpt-oss-20b" }, retired: undefined });
  });

  it("may name an alias, a retired model or an unknown Workers AI model", () => {
    const custom = createModelDirectory({ "gpt-4o": "gpt-oss-120b", old: llama31, fresh: "@cf/acme/rocket-7b" });
    expect(custom.resolve("gpt-4o").entry.id).toBe("@cf/openai/gpt-oss-120b");
    expect(custom.resolve("old").retired?.id).toBe(llama31);
    expect(custom.resolve("fresh").entry.id).toBe("@cf/acme/rocket-7b");
  });

  it("that lead nowhere, in a circle or too far are all reported at once", () => {
    const extra = { lost: "nowhere", a: "b", b: "a", self: "self", far: "near", near: "gpt-oss-20b", " ": llama33 };
    const error = errorOf(() => createModelDirectory(extra));
    expect(error.kind).toBe("misconfigured");
    expect(error.message).toContain("'lost' -> 'nowhere' names no model");
    for (const alias of ["'a'", "'b'", "'self'", "'far'", "' '"]) expect(error.message).toContain(`${alias} ->`);
    expect(error.message).not.toContain("'near' ->");
  });
});

describe("list", () => {
  const names = directory.list().map(({ name }) => name);

  it("shows every live model, then the aliases", () => {
    const live = catalogue.filter(({ retired }) => retired === undefined).map(({ id }) => id);
    expect(names.slice(0, live.length)).toEqual(live);
    expect(names).toContain("llama-3.3-70b");
    expect(new Set(names).size).toBe(names.length);
  });

  it("shows neither a retired model nor an alias of one", () => {
    expect(names).not.toContain(llama31);
    expect(names).not.toContain("llama-3.1-70b");
  });

  it("shows only names that resolve", () => {
    for (const { name, entry } of directory.list()) expect(directory.resolve(name).entry).toBe(entry);
  });

  it("claims no name of OpenAI's own products", () => {
    expect(
      Object.keys(builtInAliases).filter((alias) => /^(gpt-[1-9]|o[1-9]|chatgpt|text-embedding|davinci)/.test(alias)),
    ).toEqual([]);
  });
});

describe("find", () => {
  it("finds a model and an alias", () => {
    expect(directory.find(llama33)?.entry.id).toBe(llama33);
    expect(directory.find("llama-3.3-70b")).toMatchObject({ name: "llama-3.3-70b", entry: { id: llama33 } });
  });

  it("finds a retired model as it was, with its retirement", () => {
    expect(directory.find(llama31)?.entry).toMatchObject({ id: llama31, retired: { date: "2026-05-30" } });
  });

  it("does not vouch for what the catalogue does not know", () => {
    expect(directory.find("@cf/acme/rocket-7b")).toBeUndefined();
    expect(directory.find("gpt-4o")).toBeUndefined();
  });
});

describe("extra entries", () => {
  it("are models like the others, in this directory only", () => {
    const fault = unknownTextModel("@emulator/stall");
    const development = createModelDirectory({ slow: "@emulator/stall" }, [fault]);
    expect(development.resolve("slow").entry).toBe(fault);
    expect(development.list().map(({ name }) => name)).toContain("@emulator/stall");
    expect(errorOf(() => directory.resolve("@emulator/stall")).kind).toBe("model_not_found");
  });
});
