import { parseJson } from "../../json.ts";
import type { Model } from "../api/model-list.ts";
import { toComposerState } from "../chat/composer-state.ts";
import { toRequest } from "../chat/request.ts";
import type { SendPorts } from "../chat/send.ts";
import { initialSettings, restoreSettings, type Settings } from "../chat/settings.ts";
import { button } from "./button.ts";
import { showCode } from "./code-dialog.ts";
import { createColumnSet } from "./column-set.ts";
import { createComposer } from "./composer.ts";
import { byId } from "./element.ts";
import { pickModel } from "./model-picker.ts";
import { createSettingsPanel } from "./settings-panel.ts";
import { createSettingsToggle } from "./settings-toggle.ts";
import { startersView, type Starter } from "./starters.ts";

const MAX_COLUMNS = 4;

/** What outlives a reload of the tab. */
const SETTINGS = "flaregate.settings";
const MODELS = "flaregate.models";

export interface WorkbenchOptions {
  readonly baseUrl: string;
  readonly key: () => string | undefined;
  readonly ports: SendPorts;
}

export interface Workbench {
  /** The buttons of the page's head. */
  readonly actions: readonly HTMLElement[];
  /** Draws the columns, for the models that the key may use. */
  show(models: readonly Model[]): void;
  /** Puts away what makes no sense without models. */
  hide(): void;
}

/** The columns, the composer and the settings, and what each has to know of the others. */
export function createWorkbench({ baseUrl, key, ports }: WorkbenchOptions): Workbench {
  let models: readonly Model[] = [];
  let settings = restoreSettings(parseJson(sessionStorage.getItem(SETTINGS) ?? ""));

  const set = createColumnSet({
    root: byId("columns"),
    ports,
    toRequest: (model, turns) => toRequest(baseUrl, model, settings, turns),
    pickModel: (current, onPick) => pickModel(models, current, onPick),
    onCode: (answer) => showCode(answer, key()),
    toEmpty: () => startersView(begin),
    onModels() {
      sessionStorage.setItem(MODELS, JSON.stringify(set.models().map(({ id }) => id)));
      panel.render(set.models());
      compare.disabled = set.columns().length >= MAX_COLUMNS;
    },
    onUpdate() {
      newChat.disabled = set.columns().every(({ turns }) => turns.length === 0);
      updateComposer();
    },
  });
  const composer = createComposer({
    root: byId("composer"),
    onSend: (text, images) => set.ask(text, images),
    onStop: () => set.stop(),
  });
  const panel = createSettingsPanel(byId("settings"), { read: () => settings, change });
  const newChat = button("New chat", startAnew, { icon: "again", kind: "quiet" });
  const compare = button("Compare", addColumn, {
    icon: "add",
    kind: "quiet",
    description: "Compare with another model",
  });

  function change(part: Partial<Settings>): void {
    settings = { ...settings, ...part };
    sessionStorage.setItem(SETTINGS, JSON.stringify(settings));
    updateComposer();
  }

  function updateComposer(): void {
    composer.update(toComposerState(set.columns(), settings));
  }

  function startAnew(): void {
    set.clear();
    composer.focus();
  }

  function addColumn(): void {
    pickModel(models, undefined, (model) => set.add([model]));
  }

  function begin({ text, settings: own }: Starter): void {
    const { tools, format } = initialSettings;
    change({ tools, format, ...own });
    panel.render(set.models());
    composer.propose(text);
  }

  return {
    actions: [newChat, compare, createSettingsToggle(byId("settings"))],
    show(available) {
      models = available;
      document.body.classList.add("ready");
      if (set.columns().length > 0) set.show();
      else set.add(toFirstModels(models));
      composer.focus();
    },
    hide() {
      document.body.classList.remove("ready");
    },
  };
}

/** The models of the tab's last visit, as far as there are any. */
function toFirstModels(models: readonly Model[]): readonly Model[] {
  const stored = parseJson(sessionStorage.getItem(MODELS) ?? "");
  const names: readonly unknown[] = Array.isArray(stored) ? stored.slice(0, MAX_COLUMNS) : [];
  const known = names.flatMap((name) => models.find(({ id }) => id === name) ?? []);
  return known.length > 0 ? known : models.slice(0, 1);
}
