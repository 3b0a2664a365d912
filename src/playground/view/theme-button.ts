import { announce, button } from "./button.ts";

const NAME = "flaregate.theme";

/** Turns the page to the other of dark and light, and keeps that on this device. */
export function themeButton(): HTMLButtonElement {
  return button("Dark or light", toggle, { icon: "theme", iconOnly: true, kind: "quiet" });
}

function toggle(): void {
  const root = document.documentElement;
  const isDark =
    root.dataset["theme"] === undefined
      ? matchMedia("(prefers-color-scheme: dark)").matches
      : root.dataset["theme"] === "dark";
  const theme = isDark ? "light" : "dark";
  root.dataset["theme"] = theme;
  localStorage.setItem(NAME, theme);
  announce(`The page is ${theme}`);
}
