import type { Settings } from "../chat/settings.ts";

/** The settings as the fields see them. */
export interface SettingsForm {
  readonly read: () => Settings;
  readonly change: (part: Partial<Settings>) => void;
}
