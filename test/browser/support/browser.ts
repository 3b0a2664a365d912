import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { inject } from "vitest";

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
