import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { findViolations } from "./support/accessibility.ts";
import { openPage, origin } from "./support/browser.ts";
import { launchBrowser } from "./support/chromium.ts";
import { goToOperation, openReference, openRequest, send, sendButton, waitForReference } from "./support/reference.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});
afterAll(() => browser.close());

// A page of Scalar takes some seconds.
vi.setConfig({ testTimeout: 90_000 });

const CHAT = ["tag/chat/POST/v1/chat/completions", "Answers a conversation"] as const;

interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly summary?: string }>>>>;
  readonly components: {
    readonly schemas: {
      readonly ChatCompletionRequest: { readonly properties: Record<string, { description: string }> };
    };
  };
}

async function fetchDocument(): Promise<ApiDocument> {
  const response = await fetch(`${origin()}/openapi.json`);
  return (await response.json()) as ApiDocument;
}

describe("the reference", () => {
  it("lists every operation of the document, and asks nobody but the gateway", async () => {
    const { page, hosts, complaints } = await openReference(browser);
    const shut = page.getByRole("button", { name: /^Open Group/ });
    while ((await shut.count()) > 0) await shut.first().click();
    const entries = page.getByRole("complementary").getByRole("link");
    const listed = (await entries.allInnerTexts()).map((text) => text.split("\n")[0]?.trim());
    const { paths } = await fetchDocument();
    const summaries = Object.values(paths).flatMap((path) =>
      Object.values(path).flatMap(({ summary = [] }) => summary),
    );
    expect(summaries.length).toBeGreaterThan(3);
    for (const summary of summaries) expect(listed).toContain(summary);
    const links = await page.locator("a").evaluateAll((all: HTMLAnchorElement[]) => all.map(({ host }) => host));
    expect(new Set(links)).toEqual(new Set([new URL(origin()).host, "scalar.com"]));
    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([new URL(origin()).host]);
  });

  it("shows the fields of an operation with their descriptions, its answers, and its examples in three languages", async () => {
    const { page } = await openReference(browser);
    const operation = await goToOperation(page, ...CHAT);
    const text = await operation.innerText();
    const { properties } = (await fetchDocument()).components.schemas.ChatCompletionRequest;
    for (const name of Object.keys(properties)) expect(text).toContain(name);
    expect(text).toContain(properties["logit_bias"]?.description);
    for (const status of ["200", "401", "429"]) expect(text).toContain(status);
    for (const [language, code] of [
      ["Shell", `curl ${origin()}/v1/chat/completions`],
      ["Python", `requests.post(`],
      ["JavaScript", `fetch('${origin()}/v1/chat/completions'`],
    ] as const) {
      await page.evaluate(() => (location.hash = ""));
      await page.getByRole("tab", { name: language, exact: true }).click();
      expect(await operation.innerText()).toContain(code);
    }
  });

  it("finds an operation by its name", async () => {
    const { page } = await openReference(browser);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("conversation");
    await page.getByRole("option").first().waitFor();
    expect(await findOwnViolations(page)).toEqual([]);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: CHAT[1], exact: true }).waitFor();
  });

  it("says what is missing where the document or the script is", async () => {
    for (const path of ["/openapi.json", "/assets/scalar.js"]) {
      const { page } = await openPage(browser, "/usage");
      await page.route(`**${path}`, (route) => route.fulfill({ status: 503, body: "" }));
      await page.goto(`${origin()}/docs`);
      await page.getByRole("alert").waitFor();
      expect(await page.getByRole("alert").innerText()).toMatch(/503|scalar\.js/);
      expect(await findViolations(page)).toEqual([]);
    }
  });

  it("is linked from the playground, and links to it", async () => {
    const { page } = await openPage(browser);
    await page.getByRole("link", { name: "Reference" }).click();
    await waitForReference(page);
    await page.getByRole("link", { name: "Playground" }).click();
    await page.getByRole("button", { name: "Send" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/");
  });

  it("turns dark and light with the system until the person has chosen, and keeps the choice for all pages", async () => {
    const { page } = await openReference(browser, { colorScheme: "light" });
    const shown = () => page.evaluate(() => `${document.body.className} ${getComputedStyle(document.body).color}`);
    const [light, dark] = ["reference light-mode rgb(29, 25, 22)", "reference dark-mode rgb(236, 231, 225)"];
    expect(await shown()).toBe(light);
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(shown, { timeout: 10_000 }).toBe(dark);
    await page.getByRole("button", { name: "Dark or light" }).click();
    expect(await shown()).toBe(light);
    await page.reload();
    await waitForReference(page);
    expect(await shown()).toBe(light);
  });
});

describe("a request of the reference", () => {
  it("is sent by keyboard with the key that the playground keeps, which goes nowhere else", async () => {
    const { page, complaints, hosts } = await openPage(browser, "/docs");
    await page.evaluate(() => sessionStorage.setItem("flaregate.key", "sk-local"));
    await page.reload();
    await waitForReference(page);
    const operation = await goToOperation(page, ...CHAT);
    await operation.getByRole("button", { name: "Test Request" }).focus();
    await page.keyboard.press("Enter");
    const client = page.getByRole("dialog", { name: "API Client" });
    const sent = page.waitForRequest((request) => request.method() === "POST");
    await sendButton(client).focus();
    await page.keyboard.press("Enter");
    expect((await sent).headers()["authorization"]).toBe("Bearer sk-local");
    await client.getByText("How can I help you today?").waitFor();
    await page.keyboard.press("Escape");
    await client.waitFor({ state: "hidden" });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("Test Request");
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("sk-local");
    expect([...hosts]).toEqual([new URL(origin()).host]);
    expect(complaints).toEqual([]);
  });

  it("shows the error as the API gave it, and no violations of accessibility but Scalar's own", async () => {
    const { page } = await openReference(browser, { colorScheme: "light" });
    const client = await openRequest(page, await goToOperation(page, ...CHAT));
    await client.getByRole("textbox", { name: "Bearer Token" }).fill("sk-wrong");
    await send(client, "401 Unauthorized");
    await client.getByText("Incorrect API key provided").waitFor();
    expect(await findOwnViolations(page)).toEqual([]);
    // A key that is typed here is forgotten with the page.
    expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toContain("sk-wrong");
  });

  it("shows a stream as it comes, on a phone, without violations but Scalar's own", async () => {
    const viewport = { width: 390, height: 800 };
    const { page, complaints } = await openReference(browser, { colorScheme: "dark", viewport });
    const operation = await goToOperation(page, ...CHAT);
    await operation.getByRole("button", { name: "A text" }).click();
    await page.getByRole("option", { name: /^A stream/ }).click();
    const client = await openRequest(page, operation);
    await send(client, "200 OK");
    await client.getByText("data: [DONE]").waitFor();
    expect(await findOwnViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("of the admin API goes with the key that the usage page keeps", async () => {
    const { page } = await openPage(browser, "/usage");
    await page.evaluate(() => sessionStorage.setItem("flaregate.admin-key", "sk-admin-local-only"));
    await page.goto(`${origin()}/docs#tag/admin/GET/admin/keys`);
    await waitForReference(page);
    const client = await openRequest(page, page.getByRole("region", { name: "Lists keys", exact: true }));
    const sent = page.waitForRequest(/\/admin\/keys/);
    await send(client, "200 OK");
    expect((await sent).headers()["authorization"]).toBe("Bearer sk-admin-local-only");
  });
});

describe.each([
  ["light", 1280],
  ["dark", 1280],
  ["light", 390],
  ["dark", 390],
] as const)("the reference in the %s theme at a width of %i", (colorScheme, width) => {
  it("has no violations of accessibility, and no sideways scroll", async () => {
    const { page } = await openReference(browser, { colorScheme, viewport: { width, height: 800 } });
    const operation = await goToOperation(page, ...CHAT);
    await operation.getByRole("button", { name: "messages", exact: true }).click();
    await operation.getByText("Show Schema", { exact: true }).click();
    expect(await findViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
});

/** What axe finds in the dialogs of Scalar 1.76, for search and for requests, which have no setting for it. */
const ofScalarsDialogs = [
  // The buttons "More Information".
  /^(?:aria-allowed-role|aria-prohibited-attr|presentation-role-conflict): .*role="none"/,
  // The fields for headers and for words to search, which do not say whether their list is open.
  /^aria-required-attr: .*role="combobox"/,
  // The editor and the views of the answer. The browser lets the keyboard scroll them nevertheless.
  /^aria-input-field-name: .*class="cm-content/,
  /^scrollable-region-focusable: .*class="(?:cm-scroller|text-xxs font-code)/,
  /^aria-valid-attr-value: .*class="group\/copy-button/,
  // A second main, and a second place for notices, beside those of the page.
  /^landmark-no-duplicate-main: .*class="references-rendered"/,
  /^landmark-unique: <section aria-label="Notifications/,
];

async function findOwnViolations(page: Page): Promise<readonly string[]> {
  const violations = await findViolations(page);
  return violations.filter((violation) => !ofScalarsDialogs.some((known) => known.test(violation)));
}
