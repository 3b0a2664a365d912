/**
 * Dark and light: as the system has it, or as the person has chosen on this device. Loaded before the page is drawn, so
 * that it is never drawn in the other one first.
 */
const NAME = "flaregate.theme";

function apply(theme: string | null): void {
  if (theme === "dark" || theme === "light") document.documentElement.dataset["theme"] = theme;
}

/** Storage may be closed to the page. */
try {
  apply(localStorage.getItem(NAME));
} catch {
  apply(null);
}
