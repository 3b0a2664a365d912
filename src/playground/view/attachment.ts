import { element } from "./element.ts";

/** An image or a recording of a message, from its data URL. */
export function attachment(url: string, name: string): HTMLElement {
  return url.startsWith("data:audio/")
    ? element("audio", { src: url, controls: true, "aria-label": `Recording ${name}` })
    : element("img", { src: url, alt: `Image ${name}` });
}
