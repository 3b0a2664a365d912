import { button } from "./button.ts";

/** Where the page is this narrow the settings lie over it, and are out of the way until they are asked for. */
const NARROW = "(max-width: 860px)";

/** The button that shows and hides the settings on a narrow page. */
export function createSettingsToggle(panel: HTMLElement): HTMLButtonElement {
  const narrow = matchMedia(NARROW);
  const toggle = button("Settings", () => show(!panel.classList.contains("open")), { icon: "settings", kind: "quiet" });
  toggle.classList.add("narrow-only");
  toggle.setAttribute("aria-controls", panel.id);

  function show(isOpen: boolean): void {
    panel.classList.toggle("open", isOpen);
    panel.inert = narrow.matches && !isOpen;
    toggle.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) panel.querySelector<HTMLElement>("textarea, input, select")?.focus();
  }

  narrow.addEventListener("change", () => show(false));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !panel.classList.contains("open")) return;
    show(false);
    toggle.focus();
  });
  show(false);
  return toggle;
}
