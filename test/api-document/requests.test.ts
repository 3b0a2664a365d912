import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import document from "../../docs/openapi.json";
import { bodies } from "../../src/api-document/requests.ts";
import { isRecord } from "../../src/json.ts";
import { chatSamples, responseSamples, textSamples } from "../fuzz/request-samples.ts";
import { findBreaks } from "./support/check-schema.ts";
import { examplesOf, operations } from "./support/operations.ts";

/** Requests that are right, by the component that describes them. */
const samples = new Map<string, unknown[]>();

for (const { operation, contentType, body } of operations.flatMap(examplesOf)) {
  const reference = operation.requestBody?.content[contentType]?.schema["$ref"];
  // Fields of forms are texts on their way, however they are described.
  if (typeof reference === "string" && contentType === "application/json")
    addSample(reference.replace("#/components/schemas/", ""), body);
}
const model = "llama-3.3-70b";
for (const sample of chatSamples) addSample("ChatCompletionRequest", { model, ...sample });
for (const sample of textSamples) addSample("TextCompletionRequest", { model, ...sample });
for (const sample of responseSamples) addSample("ResponseRequest", { model, ...sample });

function addSample(name: string, sample: unknown): void {
  samples.set(name, [...(samples.get(name) ?? []), sample]);
}

const value = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, 1, -1, 0.5, 3, 20, 129, 1e12, "", "a", "text", "auto", "none"),
  fc.constantFrom<unknown>([], {}, ["a"], [[1]], { type: "text" }, { type: "none" }, { role: "user" }, { name: "a" }),
  fc.constantFrom<unknown>(
    { type: "function" },
    { type: "text", text: "a" },
    { id: "a" },
    { url: "a" },
    "a".repeat(70),
  ),
);

type Change = (given: unknown) => unknown;

/** One change somewhere inside of a value: another value, a member less, a member more, an element twice. */
const change: fc.Arbitrary<Change> = fc
  .tuple(
    fc.nat(),
    fc.constantFrom("replace", "remove", "add", "repeat"),
    // Not `id`: the document takes a message that is wrong, with an id and without a type, for a reference to an item.
    fc.constantFrom("a", "type", "name", "x"),
    value,
  )
  .map(([seed, kind, name, other]): Change => {
    const inside = (given: unknown, depth: number): unknown => {
      if (typeof given !== "object" || given === null || Object.keys(given).length === 0) return other;
      const keys = Object.keys(given);
      const key = keys[(seed >> (depth * 3)) % keys.length] ?? "";
      const goesOn = depth < 6 && (seed >> (depth + 8)) % 4 > 0;
      if (Array.isArray(given)) {
        if (kind === "repeat") return [...given, ...given];
        return given.map((element: unknown, index) =>
          String(index) === key ? (goesOn ? inside(element, depth + 1) : other) : element,
        );
      }
      const record = isRecord(given) ? given : {};
      if (goesOn) return { ...record, [key]: inside(record[key], depth + 1) };
      if (kind === "remove") return Object.fromEntries(Object.entries(record).filter(([member]) => member !== key));
      return { ...record, [kind === "add" ? name : key]: other };
    };
    return (given) => inside(given, 0);
  });

describe("the OpenAPI document describes requests as the schemas read them", () => {
  it("but for forms all of them", () => {
    const untried = Object.keys(bodies).filter((name) => !samples.has(name));
    expect(untried).toEqual(["TranscriptionForm", "TranslationForm"]);
  });

  it.each([...samples])("%s", (name, known) => {
    const component: Record<string, unknown> = { ...new Map(Object.entries(document.components.schemas)).get(name) };
    const [schema] = bodies[name] ?? [];
    if (schema === undefined) throw new Error(`no schema of ${name}`);
    const requests = fc
      .tuple(fc.constantFrom(...known), fc.array(change, { maxLength: 3 }))
      .map(([sample, changes]) => changes.reduce<unknown>((changed, apply) => apply(changed), sample));
    fc.assert(
      fc.property(requests, (request) => {
        const result = schema.safeParse(request);
        // What a schema finds by a rule of its own, such as that a day exists, JSON Schema has no words for.
        if (result.error?.issues.every(({ code }) => code === "custom") === true) return;
        const breaks = findBreaks(request, component);
        expect({ isRight: breaks.length === 0, breaks: result.success ? breaks : [] }).toEqual({
          isRight: result.success,
          breaks: [],
        });
      }),
      { numRuns: 500 },
    );
  });
});
