/** The pictures of the buttons, as strokes in a square of 16. */
const paths = {
  add: "M8 3v10M3 8h10",
  again: "M13 8a5 5 0 1 1-1.5-3.5M13 2v3h-3",
  book: "M8 4.5C6.5 3 4.5 2.5 2 2.5v10c2.5 0 4.5.5 6 2 1.5-1.5 3.5-2 6-2v-10c-2.5 0-4.5.5-6 2zM8 4.5v10",
  chat: "M2.5 3h11v8h-6l-3 2.5V11h-2z",
  close: "M4 4l8 8M12 4l-8 8",
  code: "M5.5 4.5L2 8l3.5 3.5M10.5 4.5L14 8l-3.5 3.5",
  copy: "M5.5 5.5h8v8h-8zM3 10.5h-.5v-8h8V3",
  down: "M4 6l4 4 4-4",
  image: "M2.5 3h11v10h-11zM2.5 11l3.5-3.5 3 3 2-2 2.5 2.5M10.5 6h.01",
  key: "M9.5 6.5L14 2M12 4l1.5 1.5M10 9a3.5 3.5 0 1 1-2.5-2.5A3.5 3.5 0 0 1 10 9z",
  send: "M8 13V3M4 7l4-4 4 4",
  settings: "M2 5h7M13 5h1M11 3v4M2 11h1M7 11h7M5 9v4",
  stop: "M4.5 4.5h7v7h-7z",
  theme: "M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11",
} as const;

export type IconName = keyof typeof paths;

const SVG = "http://www.w3.org/2000/svg";

/** Decoration: whatever it stands in has a name of its own. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}
