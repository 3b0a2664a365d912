/** What an operator sets of a key. Names are LiteLLM's, on the wire and in storage; null means no limit. */
export interface KeySettings {
  /** What logs and tables call the key. Several keys may share a name. */
  readonly name: string;
  /** Models that the key may use: ids, aliases, or patterns with `*`. All of them where the list is empty. */
  readonly models: readonly string[];
  /** Requests within 60 seconds. */
  readonly rpm: number | null;
  /** Tokens within 60 seconds, of prompts and answers. */
  readonly tpm: number | null;
  readonly max_parallel_requests: number | null;
  /** US dollars: in all, or in each `budget_duration`. */
  readonly max_budget: number | null;
  /** Such as `1d`: how long a budget lasts until spending begins at 0 again. */
  readonly budget_duration: string | null;
  /** From when on the key is refused, as `2027-01-31T00:00:00.000Z`. */
  readonly expires: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly blocked: boolean;
}

/** The members that are to change, null for those that go back to having no value. */
export type KeyChanges = { readonly [Member in keyof KeySettings]?: KeySettings[Member] | null | undefined };

/** A key as the admin API shows it: everything but the secret, which nobody has but its holder. */
export interface KeyInfo extends KeySettings {
  readonly id: string;
  /** US dollars, since the budget last began. */
  readonly spend: number;
  readonly budget_reset_at: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly last_used_at: string | null;
}

const unlimited: KeySettings = {
  name: "",
  models: [],
  rpm: null,
  tpm: null,
  max_parallel_requests: null,
  max_budget: null,
  budget_duration: null,
  expires: null,
  metadata: {},
  blocked: false,
};

/** The settings of a new key. */
export function toKeySettings(changes: KeyChanges): KeySettings {
  return changeSettings(unlimited, changes);
}

export function changeSettings(settings: KeySettings, changes: KeyChanges): KeySettings {
  return {
    name: change("name"),
    models: change("models"),
    rpm: change("rpm"),
    tpm: change("tpm"),
    max_parallel_requests: change("max_parallel_requests"),
    max_budget: change("max_budget"),
    budget_duration: change("budget_duration"),
    expires: change("expires"),
    metadata: change("metadata"),
    blocked: change("blocked"),
  };

  /** What is null goes back to the value of a key without limits. */
  function change<Member extends keyof KeySettings>(member: Member): KeySettings[Member] {
    const given: KeySettings[Member] | null | undefined = changes[member];
    return given === undefined ? settings[member] : (given ?? unlimited[member]);
  }
}
