import { toComposerState, type ComposerState } from "../chat/composer-state.ts";
import { initialSettings } from "../chat/settings.ts";
import { button } from "./button.ts";
import { element, fill } from "./element.ts";
import { createImageInput } from "./image-input.ts";
import { shortName } from "./model-text.ts";

export interface Composer {
  update(state: ComposerState): void;
  /** Puts a text into the field, for the person to send or change. */
  propose(text: string): void;
  focus(): void;
}

export interface ComposerOptions {
  readonly root: HTMLElement;
  readonly onSend: (text: string, images: readonly string[]) => void;
  readonly onStop: () => void;
}

/** Where the next message is written. */
export function createComposer({ root, onSend, onStop }: ComposerOptions): Composer {
  let state = toComposerState([], initialSettings);
  const field = element("textarea", {
    id: "message",
    rows: 1,
    placeholder: "Write a message",
    "aria-label": "Message",
    "aria-describedby": "hint",
  });
  const hint = element("p", { id: "hint", class: "note" });
  const images = createImageInput(show, (problem) => (hint.textContent = problem));
  const action = element("div", { class: "composer-action" });
  const form = element(
    "form",
    { class: "composer" },
    images.list,
    element("div", { class: "composer-row" }, images.button, field, action),
    hint,
  );
  let shownAction: boolean | undefined;

  function showAction(): void {
    if (shownAction === state.isRunning) return;
    shownAction = state.isRunning;
    const submit = element("button", { type: "submit", class: "button primary" }, "Send");
    const stop = button("Stop", onStop, { icon: "stop", kind: "primary" });
    const hadFocus = action.contains(document.activeElement);
    fill(action, state.isRunning ? stop : submit);
    if (hadFocus) (state.isRunning ? stop : submit).focus();
  }

  function show(): void {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight + 2, 220)}px`;
    showAction();
    const hasImages = images.urls().some((url) => url.startsWith("data:image/"));
    const warning = hasImages ? toWarning(state.blind) : undefined;
    hint.textContent = state.obstacle ?? warning ?? state.hint ?? "Enter sends, Shift and Enter begins a line.";
    hint.classList.toggle("problem", state.isWrong || warning !== undefined);
  }

  function send(): void {
    const text = field.value.trim();
    if (state.isRunning || state.obstacle !== undefined || (text === "" && images.urls().length === 0)) return;
    const urls = images.urls();
    field.value = "";
    images.clear();
    onSend(text, urls);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  field.addEventListener("keydown", (event) => {
    // While a person composes a character, Enter belongs to the input method.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  field.addEventListener("input", show);
  field.addEventListener("paste", (event) => images.add(event.clipboardData?.files ?? []));
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    images.add(event.dataTransfer?.files ?? []);
  });
  fill(root, form);
  show();
  return {
    update(next) {
      state = next;
      show();
    },
    propose(text) {
      field.value = text;
      show();
      field.focus();
    },
    focus: () => field.focus(),
  };
}

function toWarning(blind: readonly string[]): string | undefined {
  return blind.length > 0 ? `Reads no images: ${blind.map(shortName).join(", ")}.` : undefined;
}
