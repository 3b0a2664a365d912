import { element } from "./element.ts";
import { icon, type IconName } from "./icon.ts";

export interface ButtonOptions {
  readonly kind?: "quiet" | "primary" | "plain";
  readonly icon?: IconName;
  /** What a screen reader says, and a pointer's hint, where the label alone is not enough. */
  readonly description?: string;
  /** Shows the icon alone. */
  readonly iconOnly?: boolean;
}

export function button(label: string, onClick: () => void, options: ButtonOptions = {}): HTMLButtonElement {
  const { kind = "plain", iconOnly = false, description } = options;
  const name = description ?? (iconOnly ? label : undefined);
  return element(
    "button",
    { type: "button", class: `button ${kind}`, "aria-label": name, title: name, click: onClick },
    options.icon !== undefined && icon(options.icon),
    !iconOnly && element("span", {}, label),
  );
}

/** A link to another page, in the form of a button. */
export function linkButton(label: string, href: string, name: IconName): HTMLAnchorElement {
  return element("a", { class: "button quiet", href }, icon(name), element("span", {}, label));
}

/** A button that copies a text and says that it did. */
export function copyButton(label: string, text: () => string, options: ButtonOptions = {}): HTMLButtonElement {
  const copy = button(label, () => void write(), { icon: "copy", kind: "quiet", ...options });
  async function write(): Promise<void> {
    const isDone = await navigator.clipboard.writeText(text()).then(
      () => true,
      () => false,
    );
    announce(isDone ? "Copied" : "The browser did not allow to copy");
    copy.dataset["done"] = isDone ? "Copied" : "Not allowed";
    setTimeout(() => delete copy.dataset["done"], 1500);
  }
  return copy;
}

/** Says something to whoever cannot see it. */
export function announce(text: string): void {
  const region = document.getElementById("status");
  if (region !== null) region.textContent = text;
}
