import { getPathNoStrict } from "hono/utils/url";

/** Where the API stands. */
export const API_BASE = "/v1";

/** Clients append paths to what they are given: with `/v1`, without it, or `/v1` once more. */
const DOUBLED_BASE = "/v1/v1";

/**
 * Reads the path of a request, under whichever base, as one under `/v1`. So the routes are there once: three times as many
 * took a tenth of what an isolate needs to start.
 *
 * `routes` are the paths of the API; what begins like none of them is left as it is.
 */
export function createPathReader(routes: readonly string[]): (request: Request) => string {
  const beginnings = new Set(routes.map(toBeginning));
  return (request) => {
    const path = getPathNoStrict(request);
    const isDoubled = path.startsWith(`${DOUBLED_BASE}/`);
    if (path.startsWith(`${API_BASE}/`) && !isDoubled) return path;
    const rest = isDoubled ? path.slice(DOUBLED_BASE.length) : path;
    return beginnings.has(toBeginning(rest)) ? API_BASE + rest : path;
  };
}

/** `/chat` of `/chat/completions`. */
function toBeginning(path: string): string {
  const end = path.indexOf("/", 1);
  return end === -1 ? path : path.slice(0, end);
}
