import { CallFailed, toFailure, toSilentFailure } from "../api/failure.ts";
import { toCredentials } from "../api/gateway.ts";
import { parseUsagePage, type UsageRow } from "./rows.ts";

const KEYS_A_PAGE = 100;

/** What all keys used from `start` to `end`, both included. Throws `CallFailed`. */
export async function fetchUsage(
  origin: string,
  key: string | undefined,
  start: string,
  end: string,
): Promise<readonly UsageRow[]> {
  const rows: UsageRow[] = [];
  let after: string | undefined;
  do {
    const query = new URLSearchParams({
      start,
      end,
      limit: String(KEYS_A_PAGE),
      ...(after !== undefined && { after }),
    });
    // Each page begins where the one before has ended.
    const page = parseUsagePage(await fetchJson(`${origin}/admin/usage?${query.toString()}`, key));
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined);
  return rows;
}

async function fetchJson(url: string, key: string | undefined): Promise<unknown> {
  const response = await fetch(url, { headers: toCredentials(key) }).catch((error: unknown) => {
    throw new CallFailed(toSilentFailure(`The gateway cannot be reached: ${String(error)}`));
  });
  if (!response.ok) throw new CallFailed(await toFailure(response));
  return await response.json();
}
