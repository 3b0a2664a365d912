import { catalogue } from "../../src/models/catalogue.ts";
import { retiredWithoutSuccessor } from "../../src/models/catalogue/retired.ts";
import { builtInAliases } from "../../src/models/aliases.ts";
import type { ModelEntry, ModelTask } from "../../src/models/model.ts";
import { toListedModel } from "../../src/translate/model-list.ts";
import type { ListedModel } from "../../src/translate/model-list.ts";
import type { ParameterSchema } from "../../src/translate/parameter-schemas.ts";
import { parameterSupport } from "../../src/translate/parameter-support.ts";
import { toMarkdownTable } from "./markdown.ts";

/** The catalogue for `docs/models.md`: what `GET /v1/models` tells of each model, and what stands behind it. */

const NOTHING = "–";

interface Model {
  readonly entry: ModelEntry;
  readonly listed: ListedModel;
}

function modelsOf(...tasks: readonly ModelTask[]): readonly Model[] {
  return catalogue
    .filter(({ task, retired }) => tasks.includes(task) && retired === undefined)
    .map((entry) => ({ entry, listed: toListedModel({ name: entry.id, entry }) }));
}

function name({ entry: { id, plannedShutdown } }: Model): string {
  return plannedShutdown === undefined ? `\`${id}\`` : `\`${id}\` (until ${plannedShutdown})`;
}

function number(value: number | undefined): string {
  return value === undefined ? NOTHING : value.toLocaleString("en-US");
}

function dollars(value: number | undefined): string {
  return value === undefined ? NOTHING : String(value);
}

/** `1 to 50`, `` `low`, `high` ``, or a word where any value of the type is taken. */
function toValues({ type, minimum, maximum, enum: values }: ParameterSchema): string {
  if (values !== undefined) return values.map((value) => `\`${value}\``).join(", ");
  const kind = type === "integer" ? "whole number" : type;
  if (minimum === undefined && maximum === undefined) return `any ${kind}`;
  if (maximum === undefined) return `${kind}, at least ${minimum}`;
  return `${minimum ?? ""} to ${maximum}${type === "integer" ? ", whole" : ""}`;
}

function toAbilities({ abilities }: ModelEntry): string {
  const words = [
    abilities.tools && "tools",
    abilities.vision && "images",
    abilities.reasoning !== undefined && "reasoning",
    abilities.jsonSchema !== "none" && "JSON by schema",
    abilities.fillIn !== undefined && "`suffix`",
    abilities.lora && "LoRA",
  ];
  return words.filter((word) => word !== false).join(", ") || NOTHING;
}

/** Windows, abilities and prices of the models that write text. */
export function toTextModelMarkdown(): string {
  const columns = ["model", "window", "longest answer", "inputs", "can", "`reasoning_effort`", "in", "cached", "out"];
  const rows = modelsOf("text-generation").map((model) => {
    const { entry, listed } = model;
    const effort = listed.parameter_schemas["reasoning_effort"];
    return [
      name(model),
      number(entry.contextWindow),
      number(entry.maxOutputTokens ?? entry.contextWindow),
      entry.wireFormat,
      toAbilities(entry),
      effort === undefined ? NOTHING : toValues(effort),
      dollars(entry.price?.input),
      dollars(entry.price?.cachedInput),
      dollars(entry.price?.output),
    ];
  });
  return toMarkdownTable(columns, rows);
}

/** What stands in the table of the models already. */
const toldByModel = new Set(["max_tokens", "max_completion_tokens", "reasoning_effort"]);

/** The values of each parameter by the kind of a model's inputs. */
export function toTextParameterMarkdown(): string {
  const models = modelsOf("text-generation");
  const native = models.filter(({ entry }) => entry.wireFormat === "native");
  const openai = models.filter(({ entry }) => entry.wireFormat === "openai");
  const rows = [...parameterSupport.keys()]
    .filter((parameter) => !toldByModel.has(parameter))
    .map((parameter) => [`\`${parameter}\``, toCell(parameter, native), toCell(parameter, openai)]);
  return toMarkdownTable(["parameter", "models with native inputs", "models with OpenAI's inputs"], rows);
}

/** The values that most of these models take; the others are named. */
function toCell(parameter: string, models: readonly Model[]): string {
  const takers = models.filter(({ listed }) => listed.supported_parameters.includes(parameter));
  if (takers.length === 0) return NOTHING;
  const byValues = Map.groupBy(takers, ({ listed }) => {
    const schema = listed.parameter_schemas[parameter];
    return schema === undefined ? "yes" : toValues(schema);
  });
  const [first, ...others] = [...byValues].toSorted(([, one], [, other]) => other.length - one.length);
  const most = first?.[0] ?? NOTHING;
  const exceptions = others.map(([values, group]) => `${values} with ${group.map(name).join(", ")}`);
  const usual = takers.length === models.length ? most : `${most}, of those that can`;
  return [usual, ...exceptions].join("; ");
}

/** Embeddings, ranking, moderation. */
export function toTaskModelMarkdown(): string {
  const columns = ["model", "endpoint", "window", "dimensions", "parameters", "in", "out"];
  const rows = modelsOf("text-embeddings", "reranking", "moderation").map((model) => {
    const { entry, listed } = model;
    const { embedding } = entry.abilities;
    const shorter = (embedding?.shorter ?? []).map(([least, most]) =>
      least === most ? `${least}` : `${least} to ${most}`,
    );
    return [
      name(model),
      `\`${listed.endpoint}\``,
      number(entry.contextWindow),
      embedding === undefined ? NOTHING : [embedding.dimensions, ...shorter].join(", "),
      entry.task === "moderation" ? NOTHING : toParameterList(listed),
      dollars(entry.price?.input),
      dollars(entry.price?.output),
    ];
  });
  return toMarkdownTable(columns, rows);
}

/** Images, recordings, speech. */
export function toMediaModelMarkdown(): string {
  const rows = modelsOf("text-to-image", "automatic-speech-recognition", "text-to-speech").map((model) => {
    const { listed } = model;
    const prices = Object.entries(listed.unit_pricing ?? {}).map(
      ([unit, price]) => `${price} a ${unit.replaceAll("_", " ")}`,
    );
    return [name(model), `\`${listed.endpoint}\``, toParameterList(listed), prices.join(" + ") || NOTHING];
  });
  return toMarkdownTable(["model", "endpoint", "parameters", "US dollars"], rows);
}

/** Long lists of names are the endpoint's own document's. */
const MOST_NAMES = 8;

function toParameterList({ supported_parameters: parameters, parameter_schemas: schemas }: ListedModel): string {
  return parameters
    .map((parameter) => {
      const schema = schemas[parameter];
      if (schema === undefined) return `\`${parameter}\``;
      const { enum: names = [] } = schema;
      const values = names.length > MOST_NAMES ? `one of ${names.length} names` : toValues(schema);
      return `\`${parameter}\` (${values})`;
    })
    .join(", ");
}

/** The short names that the catalogue knows, beside every id without its vendor. */
export function toAliasMarkdown(): string {
  const aliases = Object.entries(builtInAliases).filter(([alias, id]) => !id.endsWith(`/${alias}`));
  return toMarkdownTable(
    ["alias", "model"],
    aliases.map(([alias, id]) => [`\`${alias}\``, `\`${id}\``]),
  );
}

export function toRetiredModelMarkdown(): string {
  const succeeded = catalogue.flatMap(({ id, retired }) =>
    retired === undefined ? [] : [[`\`${id}\``, retired.date, `\`${retired.successor}\``]],
  );
  const others = Object.entries(retiredWithoutSuccessor).map(([id, date]) => [`\`${id}\``, date, NOTHING]);
  return toMarkdownTable(["model", "refused since", "answered by"], [...succeeded, ...others]);
}
