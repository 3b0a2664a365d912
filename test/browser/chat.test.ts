import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { origin } from "./support/browser.ts";
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

describe("the first load", () => {
  it("shows the composer and a model, and asks nobody but the gateway", async () => {
    const { page, complaints, hosts } = await openPlayground(browser);
    await expect(page.getByRole("button", { name: /^Model: llama-3\.3-70b/ }).isVisible()).resolves.toBe(true);
    expect(await page.title()).toBe("Flaregate playground");
    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([new URL(origin()).host]);
  });

  it("offers every model of the list, by search", async () => {
    const { page } = await openPlayground(browser);
    await page.getByRole("button", { name: /^Model: / }).click();
    const list: unknown = await (await fetch(`${origin()}/v1/models`)).json();
    const ids = (list as { data: { id: string; task: string }[] }).data.map(({ id }) => id);
    const options = page.getByRole("listbox", { name: "Models" }).getByRole("option");
    await expect.poll(() => options.count()).toBe(ids.length);
    await page.getByRole("combobox").fill("emulator reasoning-twice");
    expect(await options.count()).toBe(1);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Model: reasoning-twice. Choose another" }).waitFor();
  });
});

describe("a chat", () => {
  it("streams an answer, and says what it took", async () => {
    const { page, complaints } = await openPlayground(browser);
    await say(page, "Count to 20");
    const answer = await lastAnswer(page);
    const text = await answer.innerText();
    expect(text).toContain("1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20.");
    expect(text.replaceAll(/\s+/g, " ")).toMatch(
      /end stop tokens \d+ in, \d+ out cost \$0\.000\d+ first token .+ total .+/,
    );
    expect(complaints).toEqual([]);
  });

  it("grows while it streams, and ends where it is stopped", async () => {
    const { page } = await openPlayground(browser);
    await chooseModel(page, "@emulator/slow-stream");
    await say(page, "Count to 50");
    const prose = page.locator(".turn.assistant .prose").last();
    await expect.poll(() => prose.innerText()).not.toBe("");
    const early = await prose.innerText();
    await expect.poll(async () => (await prose.innerText()).length).toBeGreaterThan(early.length);
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    const answer = await lastAnswer(page);
    expect(await answer.innerText()).toContain("stopped by you");
    expect(await answer.innerText()).not.toContain("50");
    expect(await page.getByRole("button", { name: "Send" }).isVisible()).toBe(true);
  });

  it("asks for the last answer again", async () => {
    const { page } = await openPlayground(browser);
    await say(page, "Hello!");
    await lastAnswer(page);
    await page.getByRole("button", { name: "Regenerate" }).click();
    const answer = await lastAnswer(page);
    expect(await answer.innerText()).toContain("How can I help you today?");
    expect(await page.locator(".turn").count()).toBe(2);
  });

  it("shows an error as the API gave it", async () => {
    const { page } = await openPlayground(browser);
    await chooseModel(page, "@emulator/quota-spent");
    await say(page, "Hello!");
    await lastAnswer(page);
    const alert = page.getByRole("alert");
    const shown = await alert.innerText();
    await alert.getByText("As it came").click();
    const body: unknown = JSON.parse(await alert.locator("pre").innerText());
    const response = await fetch(`${origin()}/v1/chat/completions`, {
      method: "POST",
      body: JSON.stringify({ model: "@emulator/quota-spent", messages: [{ role: "user", content: "Hello!" }] }),
    });
    const expected: unknown = await response.json();
    expect(body).toEqual(expected);
    expect(shown).toContain(`Error ${response.status} ${(expected as { error: { message: string } }).error.message}`);
    expect(shown).toContain("insufficient_quota");
    expect(shown).toMatch(/req_[0-9a-f]{32}/);
  });

  it("shows an error in the middle of a stream behind what had come", async () => {
    const { page } = await openPlayground(browser);
    await chooseModel(page, "@emulator/cut-stream");
    await say(page, "Hello!");
    const answer = await lastAnswer(page);
    expect(await answer.locator(".prose").last().innerText()).not.toBe("");
    expect(await answer.getByRole("alert").innerText()).toMatch(/^Error .+/);
  });

  it("goes to several models side by side, each with its own conversation", async () => {
    const { page } = await openPlayground(browser);
    await page.getByRole("button", { name: "Compare with another model" }).click();
    await pickFromList(page, "@cf/openai/gpt-oss-20b");
    await say(page, "Hello!");
    const logs = page.getByRole("region", { name: /^Conversation with / });
    expect(await logs.count()).toBe(2);
    for (const position of [0, 1]) {
      await logs.nth(position).locator('.answer[aria-busy="false"] .facts').waitFor();
      expect(await logs.nth(position).locator(".turn").count()).toBe(2);
    }
    await page.getByRole("button", { name: "Remove gpt-oss-20b" }).click();
    expect(await logs.count()).toBe(1);
  });
});
