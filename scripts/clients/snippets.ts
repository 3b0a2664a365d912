export interface Snippet {
  readonly language: string;
  readonly code: string;
}

/** The fenced snippets of one section of a document, in order. */
export function readSnippets(markdown: string, heading: string): readonly Snippet[] {
  const section = markdown.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`There is no section ${heading}.`);
  return [...section.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].map(([, language = "", code = ""]) => ({ language, code }));
}
