import { button } from "./button.ts";
import { element, uniqueId, type Child } from "./element.ts";

/** Opens a modal dialog, which is gone from the page when it closes. */
export function openDialog(title: string, name: string, ...content: readonly Child[]): HTMLDialogElement {
  const id = uniqueId("dialog");
  const dialog = element(
    "dialog",
    { class: `dialog ${name}`, "aria-labelledby": id },
    element(
      "header",
      { class: "dialog-head" },
      element("h2", { id }, title),
      button("Close", () => dialog.close(), { icon: "close", iconOnly: true, kind: "quiet" }),
    ),
    element("div", { class: "dialog-body" }, ...content),
  );
  dialog.addEventListener("close", () => dialog.remove());
  // The dialog fills none of its backdrop: a click on the element itself is one beside its content.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
