import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { type OpenedPage, openPage } from "./browser.ts";

/** The reference, drawn. */
export async function openReference(browser: Browser, options: BrowserContextOptions = {}): Promise<OpenedPage> {
  const opened = await openPage(browser, "/docs", options);
  await waitForReference(opened.page);
  return opened;
}

export async function waitForReference(page: Page): Promise<void> {
  // Scalar is 5 MB of script, and its dialog for requests brings an editor.
  page.setDefaultTimeout(30_000);
  await page.getByRole("heading", { level: 1, name: "Flaregate" }).waitFor();
}

/** Goes to an operation by its place in the page's URL, as its link in the list does. */
export async function goToOperation(page: Page, place: string, summary: string): Promise<Locator> {
  await page.evaluate((hash) => (location.hash = hash), place);
  const operation = page.getByRole("region", { name: summary, exact: true });
  await operation.waitFor();
  return operation;
}

/** Opens the request of the operation for sending. */
export async function openRequest(page: Page, operation: Locator): Promise<Locator> {
  await operation.getByRole("button", { name: "Test Request" }).click();
  const client = page.getByRole("dialog", { name: "API Client" });
  await client.waitFor();
  return client;
}

/** Sends the request, and waits for the status of the answer. */
export async function send(client: Locator, status: string): Promise<void> {
  await sendButton(client).click();
  await client.getByText(status).waitFor();
}

/** The one beside the URL; another one stands in for the answer until there is one. */
export function sendButton(client: Locator): Locator {
  return client.getByRole("button", { name: /^Send \w+ request to / });
}
