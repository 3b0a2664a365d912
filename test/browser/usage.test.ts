import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { findViolations } from "./support/accessibility.ts";
import { openPage, origin } from "./support/browser.ts";
import { launchBrowser } from "./support/chromium.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});
afterAll(() => browser.close());

/** The development server's own, which `wrangler.dev.toml` sets. */
const ADMIN_KEY = "sk-admin-local-only";
const KEYS = [
  { key_id: "0123456789abcdef", key_name: "ci" },
  { key_id: "fedcba9876543210", key_name: "web" },
];
const MODELS = ["@cf/meta/llama-3.3-70b-instruct-fp8-fast", "@cf/openai/gpt-oss-120b"];

/** Usage of each day up to today, given in two pages. */
async function serveUsage(page: Page): Promise<void> {
  await page.route("**/admin/usage?*", (route) => {
    const query = new URL(route.request().url()).searchParams;
    const [position, hasMore] = query.has("after") ? [1, false] : [0, true];
    const data = listDays(query.get("start") ?? "", query.get("end") ?? "").flatMap((day, index) =>
      MODELS.map((model, offset) => ({
        ...KEYS[position],
        day,
        model,
        requests: 100 + 10 * index,
        errors: offset,
        prompt_tokens: 50_000,
        cached_tokens: 10_000,
        completion_tokens: 20_000,
        cost: 0.25 * (offset + 1),
        neurons: 10,
      })),
    );
    return route.fulfill({ json: { object: "list", data, last_id: KEYS[position]?.key_id, has_more: hasMore } });
  });
}

function listDays(start: string, end: string): string[] {
  const days: string[] = [];
  for (let day = Date.parse(start); day <= Date.parse(end); day += 86_400_000)
    days.push(new Date(day).toISOString().slice(0, 10));
  return days;
}

async function openReport(options: { readonly colorScheme?: "dark" | "light"; readonly width?: number } = {}) {
  const { colorScheme = "light", width = 1280 } = options;
  const opened = await openPage(browser, "/usage", { colorScheme, viewport: { width, height: 800 } });
  await serveUsage(opened.page);
  await opened.page.reload();
  await opened.page.getByRole("img", { name: /^Cost by day/ }).waitFor();
  return opened;
}

describe("the usage page", () => {
  it("asks for the admin key, says what the API says of a wrong one, and keeps the right one in the tab", async () => {
    const { page, hosts } = await openPage(browser, "/usage");
    await page.getByRole("heading", { name: "This page asks for the admin key" }).waitFor();
    await page.getByLabel("Admin key", { exact: true }).fill("sk-wrong");
    await page.keyboard.press("Enter");
    expect(await page.getByRole("alert").innerText()).toContain("Error 401 Incorrect admin key provided.");
    await page.getByLabel("Admin key", { exact: true }).fill(ADMIN_KEY);
    await page.keyboard.press("Enter");
    await page.getByText("Of managed keys, by days in UTC.").waitFor();
    const stored = await page.evaluate(() => [sessionStorage.getItem("flaregate.admin-key"), localStorage.length]);
    expect(stored).toEqual([ADMIN_KEY, 0]);
    expect([...hosts]).toEqual([new URL(origin()).host]);
  });

  it("adds up all pages of the list, by key, by model and by day", async () => {
    const { page } = await openReport();
    // 30 days, 2 keys, 2 models, of which the days' requests rise from 100 to 390.
    expect((await page.locator(".totals").innerText()).replaceAll(/\s+/g, " ")).toMatch(
      /^Cost \$45\.00 .* Tokens 8,400,000 6,000,000 in, 2,400,000 out Requests 29,400 2 keys, 2 models Errors 60 0\.2 % /,
    );
    const firstCells = async (name: string) =>
      await page.getByRole("table", { name }).getByRole("rowheader").allInnerTexts();
    expect((await firstCells("By key")).map((text) => text.split("\n")[0])).toEqual(["ci", "web"]);
    expect((await firstCells("By model")).map((text) => text.trim())).toEqual(MODELS.toReversed());
    expect(await firstCells("By day")).toHaveLength(30);
  });

  it("draws each measure by model and by key, for a period that is chosen", async () => {
    const { page, complaints } = await openReport();
    expect(await page.locator(".legend li").allInnerTexts()).toEqual(MODELS.toReversed());
    await page.getByRole("radio", { name: "By key" }).check();
    await page.getByRole("radio", { name: "Requests" }).check();
    expect(await page.locator(".legend li").allInnerTexts()).toEqual(["ci", "web"]);
    await page.locator(".bar-slot").first().hover();
    expect(await page.locator(".readout").innerText()).toMatch(/: 400 ci 200, web 200$/);
    await page.getByRole("radio", { name: "7 days" }).check();
    await page.getByRole("img", { name: /^Requests by day: .* in 7 days/ }).waitFor();
    expect(await page.locator(".bar-slot").count()).toBe(7);
    // Refused without a key before the report was there.
    expect(complaints.filter((text) => !text.includes("401"))).toEqual([]);
  });

  it.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 390],
    ["dark", 390],
  ] as const)(
    "has no violations of accessibility in the %s theme at a width of %i, and no sideways scroll",
    async (colorScheme, width) => {
      const { page } = await openReport({ colorScheme, width });
      expect(await findViolations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    },
  );

  it("has none where it asks for the key, and where nothing was used", async () => {
    const { page } = await openPage(browser, "/usage");
    await page.getByRole("heading", { name: "This page asks for the admin key" }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.route("**/admin/usage?*", (route) =>
      route.fulfill({ json: { data: [], last_id: null, has_more: false } }),
    );
    await page.reload();
    await page.getByRole("heading", { name: "Nothing was used in these days" }).waitFor();
    expect(await findViolations(page)).toEqual([]);
  });
});

describe("the usage page and the gateway", () => {
  it("agree on what a managed key used", async () => {
    const authorization = `Bearer ${ADMIN_KEY}`;
    const name = `browser-${crypto.randomUUID().slice(0, 8)}`;
    const made = await fetch(`${origin()}/admin/keys`, {
      method: "POST",
      headers: { authorization },
      body: JSON.stringify({ name }),
    });
    const { id, key } = (await made.json()) as { id: string; key: string };
    const answer = await fetch(`${origin()}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({ model: MODELS[1], messages: [{ role: "user", content: "Hello!" }] }),
    });
    const { usage } = (await answer.json()) as { usage: { prompt_tokens: number; completion_tokens: number } };
    // What a request used is written down when its answer is out.
    await expect
      .poll(async () => (await fetch(`${origin()}/admin/keys/${id}/usage`, { headers: { authorization } })).text())
      .toContain(`"prompt_tokens":${usage.prompt_tokens}`);

    const { page } = await openPage(browser, "/usage");
    await page.getByLabel("Admin key", { exact: true }).fill(ADMIN_KEY);
    await page.keyboard.press("Enter");
    const row = page.getByRole("table", { name: "By key" }).getByRole("row", { name });
    await row.waitFor();
    const cells = await row.getByRole("cell").allInnerTexts();
    expect(cells.slice(0, 5)).toEqual(["1", "0", String(usage.prompt_tokens), "0", String(usage.completion_tokens)]);
    expect(cells[5]).toMatch(/^\$0\.0000\d+$/);
    await fetch(`${origin()}/admin/keys/${id}`, { method: "DELETE", headers: { authorization } });
  });
});
