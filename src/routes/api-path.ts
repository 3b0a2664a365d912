import { getPathNoStrict } from "hono/utils/url";

/** Where the API stands. */
export const API_BASE = "/v1";

/** Clients append paths to what they are given: with `/v1`, without it, or `/v1` once more. */
const DOUBLED_BASE = "/v1/v1";

/**
 * Reads the path of a request, under whichever base, as one under `/v1`. So the routes are there once: three times as many
 * took a tenth of what an isolate needs to start.
 *
 * `listRoutes` gives the paths of the service; what begins like none of those of the API is left as it is.
 */
export function createPathReader(listRoutes: () => readonly string[]): (request: Request) => string {
  let beginnings: ReadonlySet<string> | undefined;
  return (request) => {
    const path = getPathNoStrict(request);
    const isDoubled = path.startsWith(`${DOUBLED_BASE}/`);
    if (path.startsWith(`${API_BASE}/`) && !isDoubled) return path;
    const rest = isDoubled ? path.slice(DOUBLED_BASE.length) : path;
    beginnings ??= toBeginnings(listRoutes());
    return beginnings.has(toBeginning(rest)) ? API_BASE + rest : path;
  };
}

/** How the paths of the API begin, without its base. */
function toBeginnings(routes: readonly string[]): ReadonlySet<string> {
  const ofApi = routes.filter((route) => route.startsWith(`${API_BASE}/`));
  return new Set(ofApi.map((route) => toBeginning(route.slice(API_BASE.length))));
}

/** `/chat` of `/chat/completions`. */
function toBeginning(path: string): string {
  const end = path.indexOf("/", 1);
  return end === -1 ? path : path.slice(0, end);
}
