import { get, has, is, MODEL } from "../check.ts";
import type { Answer, Check } from "../check.ts";

const pages = "the web pages (ASSETS)";

function begins(beginning: string): Check["verify"] {
  return ({ text }) => (text.startsWith(beginning) ? undefined : `it does not begin with ${beginning}`);
}

function page(name: string, path: string, needs: string): Check {
  return { name, method: "GET", path, as: "nobody", verify: isPage, needs };
}

function isPage({ text }: Answer): string | undefined {
  return /^<!doctype html>/i.test(text) ? undefined : "no page";
}

/** What needs no model, and what needs no key. */
export const serviceChecks: readonly Check[] = [
  get("health", "/healthz", is("ok", "status"), { as: "nobody" }),
  { name: "home", method: "GET", path: "/", as: "nobody", verify: begins("Flaregate") },
  {
    name: "home, for a browser",
    method: "GET",
    path: "/",
    as: "nobody",
    headers: { accept: "text/html" },
    // Without the pages, or with PLAYGROUND=false, it is the text.
    verify: ({ text }) => (/^(?:<!doctype html>|Flaregate)/i.test(text) ? undefined : "neither a page nor the text"),
    keep: ({ text }: Answer) => {
      const [, script = "none"] = /\/assets\/([\w.-]+\.js)/.exec(text) ?? [];
      return { script };
    },
  },
  {
    name: "home, its script",
    method: "GET",
    path: "/assets/{script}",
    as: "nobody",
    verify: ({ headers }) =>
      /javascript/.test(headers.get("content-type") ?? "") ? undefined : `it is ${headers.get("content-type")}`,
    needs: pages,
  },
  page("usage page", "/usage", `${pages} and ADMIN_KEY`),
  page("reference", "/docs", `${pages} and PLAYGROUND`),
  get("OpenAPI", "/openapi.json", has("openapi"), { as: "nobody", needs: pages }),
  get("models", "/v1/models", has("data")),
  get("model", `/v1/models/${MODEL}`, is(MODEL, "id")),
];
