import { CallFailed, toSilentFailure, type Failure } from "../api/failure.ts";
import { fetchModels, toCredentials } from "../api/gateway.ts";
import type { Model } from "../api/model-list.ts";
import { createStoredKey } from "../api/stored-key.ts";
import { openDialog } from "./dialog.ts";
import { button, linkButton } from "./button.ts";
import { byId, element, fill } from "./element.ts";
import { keyForm } from "./key-form.ts";
import { keyPrompt } from "./key-prompt.ts";
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
    linkButton("Reference", "/docs", "book"),
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

function showFailure(failure: Failure): void {
  workbench.hide();
  const prompt = keyPrompt({
    failure,
    storedKey,
    title: "This gateway asks for a key",
    origin: "It comes from whoever operates this gateway.",
    label: "Key",
    otherTitle: "The models could not be loaded",
    onRetry: () => void load(),
  });
  fill(byId("columns"), prompt);
  prompt.querySelector("input")?.focus();
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
