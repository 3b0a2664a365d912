import { button } from "./button.ts";
import { element, fill } from "./element.ts";

/** What models read; the gateway refuses the rest. */
const TYPES = ["image/png", "image/jpeg", "image/webp", "image/gif"];

export interface ImageInput {
  /** Opens the browser's choice of files. */
  readonly button: HTMLElement;
  /** The images that are chosen, as small pictures. */
  readonly list: HTMLElement;
  readonly urls: () => readonly string[];
  add(files: Iterable<File>): void;
  clear(): void;
}

/** Images for the next message, as data URLs. */
export function createImageInput(onChange: () => void, onProblem: (text: string) => void): ImageInput {
  let urls: readonly string[] = [];
  const file = element("input", {
    type: "file",
    accept: TYPES.join(","),
    multiple: true,
    hidden: true,
    "aria-label": "Images",
  });
  const list = element("ul", { class: "thumbnails", "aria-label": "Images of the message" });

  function show(): void {
    list.hidden = urls.length === 0;
    fill(
      list,
      ...urls.map((url, position) =>
        element(
          "li",
          {},
          element("img", { src: url, alt: `Image ${position + 1}` }),
          button("Remove", () => change(urls.filter((candidate) => candidate !== url)), {
            icon: "close",
            iconOnly: true,
            description: `Remove image ${position + 1}`,
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
      if (!TYPES.includes(candidate.type)) {
        onProblem(`${candidate.name} is no PNG, JPEG, WebP or GIF.`);
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
      button("Add an image", () => file.click(), { icon: "image", iconOnly: true, kind: "quiet" }),
      file,
    ),
    list,
    urls: () => urls,
    add,
    clear: () => change([]),
  };
}
