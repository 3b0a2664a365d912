import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { type OpenedPage, openPage } from "./browser.ts";

/** The playground with its models loaded. */
export async function openPlayground(browser: Browser, options: BrowserContextOptions = {}): Promise<OpenedPage> {
  const opened = await openPage(browser, "/", options);
  await opened.page.getByRole("button", { name: "Send" }).waitFor();
  return opened;
}

/** Chooses a model by its whole id, in the first column or the one at `position`. */
export async function chooseModel(page: Page, id: string, position = 0): Promise<void> {
  await page
    .getByRole("button", { name: /^Model: / })
    .nth(position)
    .click();
  await pickFromList(page, id);
}

/** Chooses a model in the list that is open. */
export async function pickFromList(page: Page, id: string): Promise<void> {
  await page.getByRole("combobox", { name: "Search models" }).fill(id);
  await page.getByRole("option").filter({ hasText: id }).first().click();
}

export async function say(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.keyboard.press("Enter");
}

/** The last answer, once it has come to an end of some kind. */
export async function lastAnswer(page: Page): Promise<Locator> {
  const answer = page.locator(".turn.assistant").last();
  await answer.locator('[aria-busy="false"]').waitFor();
  return answer;
}
