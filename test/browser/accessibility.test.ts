import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { findViolations } from "./support/accessibility.ts";
import { openPage } from "./support/browser.ts";
import { launchBrowser } from "./support/chromium.ts";
import { chooseModel, lastAnswer, openPlayground, pickFromList, say } from "./support/playground.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});
afterAll(() => browser.close());

describe.each(["light", "dark"] as const)("the playground in the %s theme", (colorScheme) => {
  it("has no violations when it is empty, and with every section of the settings open", async () => {
    const { page } = await openPlayground(browser, { colorScheme });
    expect(await findViolations(page)).toEqual([]);
    for (const section of ["Tools", "Answer format", "Request"]) await page.getByText(section, { exact: true }).click();
    await page.getByRole("textbox", { name: "Tools, as JSON" }).fill("[");
    await page.getByLabel("Format", { exact: true }).selectOption("json_schema");
    await page.getByRole("spinbutton", { name: "Temperature" }).fill("99");
    expect(await findViolations(page)).toEqual([]);
  });

  it("has none with answers, a tool call, an error and two models", async () => {
    const { page } = await openPlayground(browser, { colorScheme });
    await say(page, "Hello!");
    await lastAnswer(page);
    await page.getByRole("button", { name: "Compare with another model" }).click();
    await pickFromList(page, "@emulator/quota-spent");
    await chooseModel(page, "@emulator/tool-flat");
    await page.getByText("Tools", { exact: true }).click();
    await page.getByRole("button", { name: "Example" }).first().click();
    await say(page, "What is the weather in Paris?");
    await page.getByRole("button", { name: "Send the result" }).waitFor();
    await page.getByRole("alert").waitFor();
    expect(await findViolations(page)).toEqual([]);
  });

  it("has none with the list of models, the code of a request and the key open", async () => {
    const { page } = await openPlayground(browser, { colorScheme });
    await say(page, "Hello!");
    await lastAnswer(page);
    for (const name of [/^Model: /, "Copy as code", "Key and base URL"]) {
      await page.getByRole("button", { name }).click();
      await page.getByRole("dialog").waitFor();
      expect(await findViolations(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
  });

  it("has none at the width of a phone, with the settings shut and open", async () => {
    const { page } = await openPlayground(browser, { colorScheme, viewport: { width: 390, height: 780 } });
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole("button", { name: "Settings" }).click();
    expect(await findViolations(page)).toEqual([]);
  });

  it("has none where it asks for a key", async () => {
    const { page } = await openPage(browser, "/", { colorScheme });
    await page.evaluate(() => sessionStorage.setItem("flaregate.key", "sk-wrong"));
    await page.reload();
    await page.getByRole("heading", { name: "This gateway asks for a key" }).waitFor();
    expect(await findViolations(page)).toEqual([]);
  });
});
