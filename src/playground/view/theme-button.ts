import { announce, button } from "./button.ts";

const NAME = "flaregate.theme";
const systemTheme = matchMedia("(prefers-color-scheme: dark)");

/** Turns the page to the other of dark and light, and keeps that on this device. */
export function themeButton(onChange?: () => void): HTMLButtonElement {
  return button(
    "Dark or light",
    () => {
      toggle();
      onChange?.();
    },
    { icon: "theme", iconOnly: true, kind: "quiet" },
  );
}

/** What the person has chosen, else what the system has. */
export function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme === undefined ? systemTheme.matches : theme === "dark";
}

/** For what has to be told, where the colours of the style sheet follow by themselves. */
export function onSystemTheme(listener: () => void): void {
  systemTheme.addEventListener("change", listener);
}

function toggle(): void {
  const theme = isDark() ? "light" : "dark";
  document.documentElement.dataset["theme"] = theme;
  localStorage.setItem(NAME, theme);
  announce(`The page is ${theme}`);
}
