/**
 * What is imported with the first need of it, and kept: to import takes some 10 µs each time, also where the module has
 * been evaluated long since. Not the promise is kept but what came of it: a promise belongs to its request.
 */
export function onDemand<Part>(load: () => Promise<Part>): () => Promise<Part> {
  let part: Part | undefined;
  return async () => (part ??= await load());
}
