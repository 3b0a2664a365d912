import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { inject } from "vitest";

/** Names under which systems install it. */
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Nothing that asks the network for anything, and no sandbox, which a container does not allow. */
const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browser, with a profile of its own that is gone with it. */
export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: findChromium(), args: ARGUMENTS });
}

function findChromium(): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const candidates = [
    process.env["CHROMIUM"] ?? "",
    ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))),
  ];
  const found = candidates.find((path) => path !== "" && existsSync(path));
  if (found === undefined) {
    throw new Error(`No browser: install Chromium or Chrome (${NAMES.join(", ")}), or name one in CHROMIUM.`);
  }
  return found;
}

export interface OpenedPage {
  readonly page: Page;
  /** What the browser complained about: errors of scripts, breaches of the policy, requests that failed. */
  readonly complaints: readonly string[];
  /** The hosts that the page has asked for anything. */
  readonly hosts: ReadonlySet<string>;
}

/** The address of the gateway under test. */
export const origin = (): string => inject("devOrigin");

/** Opens a path of the gateway in a profile without a past. */
export async function openPage(browser: Browser, path = "/", options: BrowserContextOptions = {}): Promise<OpenedPage> {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: origin() });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  const hosts = new Set<string>();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== "data:" && protocol !== "blob:") hosts.add(host);
  });
  await page.goto(`${origin()}${path}`);
  return { page, complaints, hosts };
}
