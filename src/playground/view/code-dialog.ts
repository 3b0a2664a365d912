import type { Answer } from "../chat/answer.ts";
import { languages } from "../code/code.ts";
import { abridge, KEY_VARIABLE, type CodeSubject } from "../code/subject.ts";
import { copyButton } from "./button.ts";
import { openDialog } from "./dialog.ts";
import { element, uniqueId } from "./element.ts";

/** Shows a request that was made, as code that makes it again. */
export function showCode({ request, from }: Answer, key: string | undefined): void {
  const panelId = uniqueId("code");
  const withKeyId = uniqueId("with-key");
  const code = element("pre", { id: panelId, role: "tabpanel", tabindex: 0, class: "code-panel" });
  const withKey = element("input", { id: withKeyId, type: "checkbox" });
  let language: (typeof languages)[number] = languages[0];

  function toText(): string {
    return language.render({ request, key: toKey() });
  }

  function toKey(): CodeSubject["key"] {
    if (key === undefined) return { kind: "none" };
    return withKey.checked ? { kind: "text", text: key } : { kind: "variable" };
  }

  const tabs = languages.map((candidate) =>
    element(
      "button",
      {
        type: "button",
        role: "tab",
        id: uniqueId("tab"),
        "aria-controls": panelId,
        class: "tab",
        click: () => select(candidate),
      },
      candidate.label,
    ),
  );

  function select(chosen: (typeof languages)[number]): void {
    language = chosen;
    for (const [position, tab] of tabs.entries()) {
      const isChosen = languages[position] === chosen;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      if (isChosen) code.setAttribute("aria-labelledby", tab.id);
    }
    code.textContent = abridge(toText());
  }

  const tabList = element("div", { role: "tablist", "aria-label": "Language", class: "tabs" }, ...tabs);
  tabList.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = (languages.indexOf(language) + step + languages.length) % languages.length;
    const chosen = languages[next];
    if (step === 0 || chosen === undefined) return;
    select(chosen);
    tabs[next]?.focus();
  });
  withKey.addEventListener("change", () => select(language));
  select(language);
  openDialog(
    "The request as code",
    "code-dialog",
    element("div", { class: "row between" }, tabList, copyButton("Copy", toText, { kind: "primary" })),
    code,
    from.requestId !== undefined &&
      element("p", { class: "note" }, `Its id, under which it is in the gateway's log: ${from.requestId}`),
    key === undefined
      ? element("p", { class: "note" }, "The request was made without a key.")
      : element(
          "div",
          { class: "check" },
          withKey,
          element(
            "label",
            { for: withKeyId },
            `Write the key into the code, instead of reading it from ${KEY_VARIABLE}`,
          ),
        ),
  );
}
