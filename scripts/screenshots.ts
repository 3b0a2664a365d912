/** `npm run screenshots`: the pictures of the web pages in docs/, from `npm run dev` and a Chromium. */
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../test/browser/support/chromium.ts";
import { startDevServer } from "../test/readme/dev-server.ts";

const DESKTOP = { width: 1280, height: 760 };
const PHONE = { width: 390, height: 760 };

const server = await startDevServer();
const browser = await launchBrowser();
try {
  await takePlayground(browser);
  await takePhone(browser);
  await takeUsage(browser);
  await takeReference(browser);
} finally {
  await browser.close();
  await server.stop();
}

async function open(
  from: Browser,
  path: string,
  viewport: typeof DESKTOP,
  colorScheme: "light" | "dark",
): Promise<Page> {
  const context = await from.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(`${server.origin}${path}`);
  return page;
}

async function save(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `docs/${name}.png` });
  console.log(`docs/${name}.png`);
}

/** Two models, one of which has called a tool. */
async function takePlayground(from: Browser): Promise<void> {
  const page = await open(from, "/", DESKTOP, "light");
  await page.getByRole("button", { name: /^Call a tool/ }).click();
  await page.getByRole("button", { name: "Compare with another model" }).click();
  await page.getByRole("combobox", { name: "Search models" }).fill("gpt-oss-120b");
  await page.keyboard.press("Enter");
  await page.getByRole("spinbutton", { name: "Temperature" }).fill("0.4");
  await page.getByRole("spinbutton", { name: "Seed" }).fill("7");
  await page.getByRole("textbox", { name: "Message" }).press("Enter");
  await page.getByRole("button", { name: "Send the result" }).nth(1).waitFor();
  await page
    .getByRole("textbox", { name: "Result of get_weather" })
    .first()
    .fill('{"temperature": 18, "sky": "clear"}');
  await page.getByRole("button", { name: "Send the result" }).first().click();
  await page.getByText("Tool result").waitFor();
  await page.getByRole("button", { name: "Regenerate" }).nth(1).waitFor();
  await save(page, "playground-desktop");
}

async function takePhone(from: Browser): Promise<void> {
  const page = await open(from, "/", PHONE, "dark");
  await page.getByRole("button", { name: /^Answer as JSON/ }).click();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Regenerate" }).waitFor();
  await save(page, "playground-phone");
}

/** An operation with its fields, an example and its answer. */
async function takeReference(from: Browser): Promise<void> {
  const page = await open(from, "/docs#tag/chat/POST/v1/chat/completions", DESKTOP, "light");
  const operation = page.getByRole("region", { name: "Answers a conversation", exact: true });
  await operation.getByRole("button", { name: "Test Request" }).waitFor();
  // The page goes to the place of its URL when all above that place is drawn.
  await page.waitForTimeout(2000);
  await save(page, "reference-desktop");
}

/** With figures that are made up: a development server has none to show. */
async function takeUsage(from: Browser): Promise<void> {
  const page = await open(from, "/usage", DESKTOP, "light");
  await page.route("**/admin/usage?*", (route) => {
    const query = new URL(route.request().url()).searchParams;
    return route.fulfill({
      json: { data: toSampleUsage(Date.parse(query.get("end") ?? "")), last_id: null, has_more: false },
    });
  });
  await page.reload();
  await page.getByRole("img", { name: /^Cost by day/ }).waitFor();
  await save(page, "usage-desktop");
}

function toSampleUsage(end: number): readonly object[] {
  const keys = ["ci", "support", "research"];
  const models = ["@cf/meta/llama-3.3-70b-instruct-fp8-fast", "@cf/openai/gpt-oss-120b", "@cf/qwen/qwen3-30b-a3b-fp8"];
  return Array.from({ length: 30 }, (_none, age) => age).flatMap((age) =>
    keys.flatMap((key, position) =>
      models.map((model, rank) => {
        const requests = Math.round((120 + 60 * Math.sin(age * (position + 1)) + 3 * (30 - age)) / (rank + 1));
        return {
          key_id: `sample-${position}`,
          key_name: key,
          day: new Date(end - age * 86_400_000).toISOString().slice(0, 10),
          model,
          requests,
          errors: Math.round(requests / 80),
          prompt_tokens: requests * 850,
          cached_tokens: requests * 210,
          completion_tokens: requests * 240,
          cost: (requests * 0.000_9) / (rank + 1),
          neurons: requests,
        };
      }),
    ),
  );
}
