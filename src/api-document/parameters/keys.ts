import type { ParameterRow } from "./parameter-row.ts";

/** The fields of a managed key. */
export const keyFields: readonly ParameterRow[] = [
  [["name"], "what logs and tables call the key: 1 to 64 letters, digits, `_`, `.`, `-`. Several keys may share one"],
  [
    ["models"],
    "list of models that the key may use: ids, aliases, or patterns of them with `*`. All where it is empty",
  ],
  [["rpm"], "requests within 60 seconds"],
  [["tpm"], "tokens within 60 seconds, of prompts and answers"],
  [["max_parallel_requests"], "requests at one time"],
  [["max_budget"], "US dollars: in all, or in each `budget_duration`"],
  [
    ["budget_duration"],
    "`30s`, `5m`, `12h`, `30d`, `2w`: when so much time has passed, spending begins at 0 again. Counted from the making of the key, or from the change of this field",
  ],
  [["expires"], "when the key ends: a time (`2027-01-31T12:00:00Z`), or how far it is from now (`90d`)"],
  [["metadata"], "up to 16 texts of the operator's own"],
  [["blocked"], "`true` stops the key"],
];
