import { CallFailed, toSilentFailure, type Failure } from "../api/failure.ts";
import { createStoredKey } from "../api/stored-key.ts";
import { fetchUsage } from "../usage/fetch-usage.ts";
import { lastDays } from "../usage/period.ts";
import type { UsageRow } from "../usage/rows.ts";
import { announce, button } from "./button.ts";
import { openDialog } from "./dialog.ts";
import { byId, element, fill } from "./element.ts";
import { keyForm } from "./key-form.ts";
import { keyPrompt } from "./key-prompt.ts";
import { segments } from "./segments.ts";
import { themeButton } from "./theme-button.ts";
import { usageReport, type ReportView } from "./usage-report.ts";

const storedKey = createStoredKey("flaregate.admin-key", sessionStorage, localStorage);
const view: ReportView = { measure: "cost", dimension: "model" };
let dayCount = 30;

const periods = [
  ["7", "7 days"],
  ["30", "30 days"],
  ["90", "90 days"],
] as const;

/** Draws the page: the usage if the gateway gives it, else what it wants first. */
export function startUsagePage(): void {
  fill(byId("actions"), button("Admin key", editKey, { icon: "key", kind: "quiet" }), themeButton());
  void load();
}

async function load(): Promise<void> {
  const root = byId("usage");
  root.setAttribute("aria-busy", "true");
  const days = lastDays(dayCount, Date.now());
  const read = await readUsage(days);
  root.removeAttribute("aria-busy");
  if ("failure" in read) showFailure(read.failure);
  else showReport(read.rows, days);
}

async function readUsage(
  days: readonly string[],
): Promise<{ readonly rows: readonly UsageRow[] } | { readonly failure: Failure }> {
  try {
    return { rows: await fetchUsage(location.origin, storedKey.read(), days[0] ?? "", days.at(-1) ?? "") };
  } catch (error) {
    return { failure: error instanceof CallFailed ? error.failure : toSilentFailure(String(error)) };
  }
}

function showReport(rows: readonly UsageRow[], days: readonly string[]): void {
  const period = segments("Period", periods, String(dayCount), (value) => {
    dayCount = Number(value);
    void load();
  });
  const head = element(
    "div",
    { class: "row between report-head" },
    element("p", { class: "note" }, "Of managed keys, by days in UTC."),
    element(
      "div",
      { class: "row" },
      period,
      button("Refresh", () => void load(), { icon: "again", kind: "quiet" }),
    ),
  );
  const report = rows.length > 0 ? usageReport(rows, days, view) : [nothingUsed()];
  fill(byId("usage"), head, ...report);
  announce(`The usage of ${dayCount} days is shown.`);
}

function nothingUsed(): HTMLElement {
  return element(
    "section",
    { class: "welcome" },
    element("h2", {}, "Nothing was used in these days"),
    element(
      "p",
      {},
      "Managed keys are counted here from their first request. They are made with the admin API or on the command line:",
    ),
    element("pre", { tabindex: 0, "aria-label": "Command" }, "npm run keys -- create --name ci"),
  );
}

function showFailure(failure: Failure): void {
  const prompt = keyPrompt({
    failure,
    storedKey,
    title: "This page asks for the admin key",
    origin: "It is the secret ADMIN_KEY of this gateway.",
    label: "Admin key",
    otherTitle: "The usage could not be loaded",
    onRetry: () => void load(),
  });
  fill(byId("usage"), prompt);
  prompt.querySelector("input")?.focus();
}

function editKey(): void {
  const dialog = openDialog(
    "Admin key",
    "key-dialog",
    keyForm(storedKey, "Admin key of this gateway", () => {
      dialog.close();
      void load();
    }),
  );
}
