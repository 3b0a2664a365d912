import { CallFailed, toSilentFailure, type Failure } from "../api/failure.ts";
import { fetchModels, toCredentials } from "../api/gateway.ts";
import type { Model } from "../api/model-list.ts";
import { createStoredKey } from "../api/stored-key.ts";
import { openDialog } from "./dialog.ts";
import { button } from "./button.ts";
import { byId, element, fill } from "./element.ts";
import { failureView } from "./failure-view.ts";
import { keyForm } from "./key-form.ts";
import { themeButton } from "./theme-button.ts";
import { createWorkbench } from "./workbench.ts";

/** The gateway is where the page came from. */
const baseUrl = `${location.origin}/v1`;
const storedKey = createStoredKey("flaregate.key", sessionStorage, localStorage);

const workbench = createWorkbench({
  baseUrl,
  key: () => storedKey.read(),
  ports: {
    fetch: (url, init) => fetch(url, init),
    now: () => performance.now(),
    credentials: () => toCredentials(storedKey.read()),
  },
});

/** Draws the page: the models if the gateway gives them, else what it wants first. */
export function startPlayground(): void {
  fill(
    byId("actions"),
    ...workbench.actions,
    button("Key", editKey, { icon: "key", kind: "quiet", description: "Key and base URL" }),
    themeButton(),
  );
  void load();
}

async function load(): Promise<void> {
  fill(byId("columns"), element("p", { class: "loading", role: "status" }, "Loading the models…"));
  const found = await readModels();
  if ("models" in found) workbench.show(found.models);
  else showFailure(found.failure);
}

async function readModels(): Promise<{ readonly models: readonly Model[] } | { readonly failure: Failure }> {
  try {
    return { models: await fetchModels(baseUrl, storedKey.read()) };
  } catch (error) {
    return { failure: error instanceof CallFailed ? error.failure : toSilentFailure(String(error)) };
  }
}

/** A gateway that wants a key is no fault; it is asked for in the middle of the page. */
function showFailure(failure: Failure): void {
  workbench.hide();
  const isAboutKey = failure.status === 401;
  const isFirstTry = isAboutKey && storedKey.read() === undefined;
  fill(
    byId("columns"),
    element(
      "section",
      { class: "welcome" },
      element("h2", {}, isAboutKey ? "This gateway asks for a key" : "The models could not be loaded"),
      isFirstTry
        ? element("p", {}, "It comes from whoever operates this gateway.")
        : failureView(failure, !isAboutKey && button("Try again", () => void load(), { icon: "again" })),
      isAboutKey && keyForm(storedKey, "Key", () => void load()),
    ),
  );
  if (isAboutKey) document.querySelector<HTMLInputElement>(".welcome input")?.focus();
}

function editKey(): void {
  const dialog = openDialog(
    "Key",
    "key-dialog",
    keyForm(storedKey, "Key of this gateway", () => {
      dialog.close();
      void load();
    }),
    element("p", { class: "note" }, "Base URL for any OpenAI client: ", element("code", {}, baseUrl)),
  );
}
