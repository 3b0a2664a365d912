import { isRecord } from "../../json.ts";
import { CallFailed, toFailure, toSilentFailure } from "../api/failure.ts";
import { createStoredKey } from "../api/stored-key.ts";
import { linkButton } from "./button.ts";
import { byId, element, fill } from "./element.ts";
import { failureView } from "./failure-view.ts";
import { loadScalar, toConfiguration } from "./scalar.ts";
import { isDark, onSystemTheme, themeButton } from "./theme-button.ts";

/** What the person gave to the playground and to the usage page, in this tab or on this device. */
function readKey(name: "flaregate.key" | "flaregate.admin-key"): string | undefined {
  return createStoredKey(name, sessionStorage, localStorage).read();
}

/** Draws the page: the gateway's OpenAPI document, by Scalar. */
export async function startReference(): Promise<void> {
  fill(
    byId("actions"),
    linkButton("Playground", "/", "chat"),
    linkButton("OpenAPI", "/openapi.json", "code"),
    themeButton(showTheme),
  );
  onSystemTheme(showTheme);
  // Scalar has its own mind about them when it starts, and when the system's theme changes.
  new MutationObserver(showTheme).observe(document.body, { attributeFilter: ["class"] });
  showTheme();
  try {
    const [scalar, apiDocument] = await Promise.all([loadScalar(), fetchDocument()]);
    // What is in its place it would take for a page that a server has drawn.
    fill(byId("reference"));
    const keys = { ofClient: readKey("flaregate.key"), ofAdmin: readKey("flaregate.admin-key") };
    scalar.createApiReference(byId("reference"), toConfiguration(apiDocument, keys));
  } catch (error) {
    const failure = error instanceof CallFailed ? error.failure : toSilentFailure(String(error));
    fill(
      byId("reference"),
      element("main", {}, element("h1", {}, "The reference could not be loaded"), failureView(failure)),
    );
  }
}

/** Scalar goes by these classes of the body. */
function showTheme(): void {
  document.body.classList.toggle("dark-mode", isDark());
  document.body.classList.toggle("light-mode", !isDark());
}

async function fetchDocument(): Promise<object> {
  const response = await fetch("/openapi.json");
  if (!response.ok) throw new CallFailed(await toFailure(response));
  const apiDocument: unknown = await response.json();
  if (!isRecord(apiDocument)) throw new TypeError("/openapi.json is no document.");
  return apiDocument;
}
