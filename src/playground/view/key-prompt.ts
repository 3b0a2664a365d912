import type { Failure } from "../api/failure.ts";
import type { StoredKey } from "../api/stored-key.ts";
import { button } from "./button.ts";
import { element } from "./element.ts";
import { failureView } from "./failure-view.ts";
import { keyForm } from "./key-form.ts";

export interface KeyPromptOptions {
  readonly failure: Failure;
  readonly storedKey: StoredKey;
  /** What is asked for where the gateway wants a key, and whom to ask for it. */
  readonly title: string;
  readonly origin: string;
  readonly label: string;
  /** What could not be done where the failure is of another kind. */
  readonly otherTitle: string;
  readonly onRetry: () => void;
}

/** In the middle of the page: what the gateway wants first, or why it does not give what the page is about. */
export function keyPrompt(options: KeyPromptOptions): HTMLElement {
  const { failure, storedKey, title, origin, label, otherTitle, onRetry } = options;
  const isAboutKey = failure.status === 401;
  // A gateway that wants a key is no fault.
  const isFirstTry = isAboutKey && storedKey.read() === undefined;
  return element(
    "section",
    { class: "welcome" },
    element("h2", {}, isAboutKey ? title : otherTitle),
    isFirstTry
      ? element("p", {}, origin)
      : failureView(failure, !isAboutKey && button("Try again", onRetry, { icon: "again" })),
    isAboutKey && keyForm(storedKey, label, onRetry),
  );
}
