import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { basename, extname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findViolations } from "./support/accessibility.ts";
import { origin } from "./support/browser.ts";
import { launchBrowser } from "./support/chromium.ts";

/** examples/browser, served from an origin of its own, as a page of somebody else's is. */

const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript" };

const server = createServer((request, response) => {
  const name = basename(new URL(request.url ?? "/", "http://localhost").pathname) || "index.html";
  readFile(join("examples/browser", name)).then(
    (file) => response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "" }).end(file),
    () => response.writeHead(404).end(),
  );
});

let browser: Browser;
let pageUrl: string;
beforeAll(async () => {
  browser = await launchBrowser();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no port.");
  pageUrl = `http://127.0.0.1:${address.port}/`;
});
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});

async function ask(question: string, key = "sk-local"): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(pageUrl);
  await page.getByLabel("Base URL").fill(`${origin()}/v1`);
  await page.getByLabel("API key").fill(key);
  await page.getByLabel("Question").fill(question);
  await page.getByRole("button", { name: "Ask" }).click();
  return page;
}

describe("the page of the examples", () => {
  it("shows the streamed answer, from another origin than the gateway's", async () => {
    const page = await ask("Count to 5");
    await page.getByText("1, 2, 3, 4, 5.").waitFor();
    expect(await page.getByRole("button", { name: "Stop" }).isDisabled()).toBe(true);
    expect(await findViolations(page)).toEqual([]);
    await page.close();
  });

  it("shows what the gateway says of a wrong key", async () => {
    const page = await ask("Hello!", "sk-wrong");
    await page.getByText("Incorrect API key provided.").waitFor();
    expect(await page.getByRole("button", { name: "Stop" }).isDisabled()).toBe(true);
    await page.close();
  });
});
