import { button } from "./button.ts";
import { attachment } from "./attachment.ts";
import { element, fill } from "./element.ts";

/** What models read; the gateway refuses the rest of the images, and says what it thinks of a recording. */
const IMAGES = ["image/png", "image/jpeg", "image/webp", "image/gif"];

function isAccepted({ type }: File): boolean {
  return IMAGES.includes(type) || type.startsWith("audio/");
}

export interface ImageInput {
  /** Opens the browser's choice of files. */
  readonly button: HTMLElement;
  /** The images that are chosen, as small pictures. */
  readonly list: HTMLElement;
  readonly urls: () => readonly string[];
  add(files: Iterable<File>): void;
  clear(): void;
}

/** Images and recordings for the next message, as data URLs. */
export function createImageInput(onChange: () => void, onProblem: (text: string) => void): ImageInput {
  let urls: readonly string[] = [];
  const file = element("input", {
    type: "file",
    accept: [...IMAGES, "audio/*"].join(","),
    multiple: true,
    hidden: true,
    "aria-label": "Images and recordings",
  });
  const list = element("ul", { class: "thumbnails", "aria-label": "Attachments of the message" });

  function show(): void {
    list.hidden = urls.length === 0;
    fill(
      list,
      ...urls.map((url, position) =>
        element(
          "li",
          {},
          attachment(url, `${position + 1}`),
          button("Remove", () => change(urls.filter((candidate) => candidate !== url)), {
            icon: "close",
            iconOnly: true,
            description: `Remove attachment ${position + 1}`,
          }),
        ),
      ),
    );
  }

  function change(next: readonly string[]): void {
    urls = next;
    show();
    onChange();
  }

  function add(files: Iterable<File>): void {
    for (const candidate of files) {
      if (!isAccepted(candidate)) {
        onProblem(`${candidate.name} is no PNG, JPEG, WebP or GIF, and no recording.`);
        continue;
      }
      const reader = new FileReader();
      reader.addEventListener("load", () => {
        if (typeof reader.result === "string") change([...urls, reader.result]);
      });
      reader.addEventListener("error", () => onProblem(`${candidate.name} could not be read.`));
      reader.readAsDataURL(candidate);
    }
  }

  file.addEventListener("change", () => {
    add(file.files ?? []);
    // The same file may be chosen once more.
    file.value = "";
  });
  show();
  return {
    button: element(
      "div",
      {},
      button("Add an image or a recording", () => file.click(), { icon: "image", iconOnly: true, kind: "quiet" }),
      file,
    ),
    list,
    urls: () => urls,
    add,
    clear: () => change([]),
  };
}
