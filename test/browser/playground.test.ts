import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openPage, origin } from "./support/browser.ts";
import { findViolations } from "./support/accessibility.ts";
import { launchBrowser } from "./support/chromium.ts";
import { chooseModel, lastAnswer, openPlayground, say } from "./support/playground.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});
afterAll(() => browser.close());

/** One pixel. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

describe("tools", () => {
  it("are called, get the result that the person types, and the conversation goes on", async () => {
    const { page } = await openPlayground(browser);
    await page.getByRole("button", { name: /^Call a tool/ }).click();
    await page.keyboard.press("Enter");
    const field = page.getByRole("textbox", { name: "Result of get_weather" });
    await field.waitFor();
    const call = page.locator(".tool-call");
    expect(JSON.parse(await call.locator("pre").innerText())).toEqual({ city: "Paris" });
    expect(await page.locator("#hint").innerText()).toBe("A tool call waits for its result.");
    // The field has the focus: the person types on.
    await page.keyboard.type('{"temperature": 18.5}');
    await page.keyboard.press("Control+Enter");
    await page.getByText("Tool result").waitFor();
    const answer = await lastAnswer(page);
    expect(await answer.innerText()).toContain("18.5");
    await say(page, "Thank you");
    await lastAnswer(page);
    expect(await page.locator(".turn").count()).toBe(6);
  });

  it("that are no JSON are told below the field, and not sent", async () => {
    const { page } = await openPlayground(browser);
    await page.getByText("Tools", { exact: true }).click();
    await page.getByRole("textbox", { name: "Tools, as JSON" }).fill("[{");
    expect(await page.locator(".json-field .problem").innerText()).toMatch(/^This is no JSON: /);
    await say(page, "Hello!");
    expect(await page.locator("#hint").innerText()).toMatch(/^Tools: This is no JSON: /);
    expect(await page.locator(".turn").count()).toBe(0);
  });
});

describe("a request", () => {
  it("holds what was set, and nothing that was not", async () => {
    const { page } = await openPlayground(browser);
    await page.getByRole("textbox", { name: "System prompt" }).fill("Be brief.");
    await page.getByRole("spinbutton", { name: "Temperature" }).fill("0.5");
    await page.getByRole("slider", { name: "Top K, slider" }).fill("7");
    await page.getByRole("spinbutton", { name: "Seed" }).fill("42");
    await page.getByRole("button", { name: "Back to the model's default seed" }).click();
    await page.getByText("Request", { exact: true }).click();
    await page.getByLabel("Stream the answer").uncheck();
    const sent = page.waitForRequest((request) => request.url().endsWith("/v1/chat/completions"));
    await say(page, "Hello!");
    const request = await sent;
    expect(request.postDataJSON()).toEqual({
      model: "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "Hello!" },
      ],
      temperature: 0.5,
      top_k: 7,
      usage: { include: true },
    });
    expect(request.headers()).not.toHaveProperty("authorization");
    expect(await (await lastAnswer(page)).innerText()).toContain("How can I help you today?");
  });

  it("asks for JSON by a schema, and the answer is shown tidy", async () => {
    const { page } = await openPlayground(browser);
    await page.getByRole("button", { name: /^Answer as JSON/ }).click();
    await page.keyboard.press("Enter");
    const answer = await lastAnswer(page);
    const text = await answer.locator(".prose pre").innerText();
    expect(JSON.parse(text)).toEqual({ name: expect.any(String), age: 36 });
    expect(text).toContain("\n  ");
  });

  it("brings an image to a model that reads images", async () => {
    const { page } = await openPlayground(browser);
    await page.setInputFiles('input[type="file"]', { name: "pixel.png", mimeType: "image/png", buffer: PNG });
    await page.getByText("Reads no images: llama-3.3-70b-instruct-fp8-fast.").waitFor();
    await chooseModel(page, "@cf/meta/llama-4-scout-17b-16e-instruct");
    const sent = page.waitForRequest((request) => request.url().endsWith("/v1/chat/completions"));
    await say(page, "What is on the image?");
    expect((await sent).postDataJSON()).toHaveProperty("messages.0.content", [
      { type: "text", text: "What is on the image?" },
      { type: "image_url", image_url: { url: `data:image/png;base64,${PNG.toString("base64")}` } },
    ]);
    expect(await (await lastAnswer(page)).getByRole("alert").count()).toBe(0);
    expect(await page.getByRole("img", { name: "Image 1 of the message" }).isVisible()).toBe(true);
  });

  it("is copied as curl, which answers with the same words", async () => {
    const { page } = await openPlayground(browser);
    await page.getByRole("spinbutton", { name: "Seed" }).fill("7");
    await say(page, 'It\'s a "test": tell me about $HOME & `sea`');
    const answer = await lastAnswer(page);
    const words = (await answer.locator(".prose").last().innerText()).trim();
    await answer.getByRole("button", { name: "Copy as code" }).click();
    await page.getByRole("button", { name: "Copy", exact: true }).last().click();
    await page.getByText("Copied", { exact: true }).waitFor({ state: "attached" });
    const command = await page.evaluate(() => navigator.clipboard.readText());
    const env = { ...process.env, NO_PROXY: "*", no_proxy: "*" };
    const { stdout } = await promisify(execFile)("bash", ["-c", `${command} --silent --show-error`], { env });
    const pieces = [...stdout.matchAll(/^data: (\{.*\})$/gm)].map(([, json]) => {
      const chunk = JSON.parse(json ?? "") as { choices: { delta: { content?: string } }[] };
      return chunk.choices[0]?.delta.content ?? "";
    });
    expect(pieces.join("").trim()).toBe(words);
  });

  it("is shown in three languages, by pointer and by arrow keys", async () => {
    const { page } = await openPlayground(browser);
    await say(page, "Hello!");
    await (await lastAnswer(page)).getByRole("button", { name: "Copy as code" }).click();
    const panel = page.getByRole("tabpanel");
    await page.getByRole("tab", { name: "Python" }).click();
    expect(await panel.innerText()).toContain("from openai import OpenAI");
    await page.keyboard.press("ArrowRight");
    expect(await panel.innerText()).toContain('import OpenAI from "openai"');
    await page.keyboard.press("ArrowRight");
    expect(await panel.innerText()).toMatch(/^curl --no-buffer/);
  });
});

describe("a model that holds no conversation", () => {
  it("shows the image that it has made", async () => {
    const { page, complaints } = await openPlayground(browser);
    await chooseModel(page, "@cf/black-forest-labs/flux-1-schnell");
    expect(await page.locator("#hint").innerText()).toBe("Makes an image of the message.");
    await say(page, "A lighthouse");
    const image = (await lastAnswer(page)).getByRole("img", { name: "What the model made" });
    await expect.poll(() => image.evaluate((shown: HTMLImageElement) => shown.naturalWidth)).toBeGreaterThan(0);
    expect(await findViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("plays the speech that it has made", async () => {
    const { page, complaints } = await openPlayground(browser);
    await chooseModel(page, "@cf/myshell-ai/melotts");
    await say(page, "Hello!");
    const player = (await lastAnswer(page)).locator("audio");
    await expect
      .poll(() => player.evaluate((shown: HTMLAudioElement) => shown.error?.code ?? shown.duration))
      .toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });

  it("writes down a recording that is added to the message", async () => {
    const { page, complaints } = await openPlayground(browser);
    await chooseModel(page, "@cf/openai/whisper-large-v3-turbo");
    // A tenth of a second of silence.
    const wav = Buffer.alloc(44 + 1600);
    wav.write("RIFF____WAVEfmt ");
    wav.writeUInt32LE(wav.length - 8, 4);
    wav.set([16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x80, 0x3e, 0, 0, 2, 0, 16, 0], 16);
    wav.write("data", 36);
    wav.writeUInt32LE(1600, 40);
    await page.setInputFiles('input[type="file"]', { name: "silence.wav", mimeType: "audio/wav", buffer: wav });
    await page.locator(".composer audio").waitFor();
    await page.getByRole("button", { name: "Send" }).click();
    const answer = await lastAnswer(page);
    expect(await answer.getByRole("alert").count()).toBe(0);
    expect(await answer.locator(".prose").last().innerText()).not.toBe("");
    expect(await findViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("shows the order of the lines that it has ranked", async () => {
    const { page } = await openPlayground(browser);
    await chooseModel(page, "@cf/baai/bge-reranker-base");
    await page.getByRole("textbox", { name: "Message" }).fill("cat\na dog\na cat");
    await page.keyboard.press("Enter");
    const text = await (await lastAnswer(page)).locator(".prose pre").innerText();
    expect(JSON.parse(text)).toMatchObject([{ index: 1 }, { index: 0 }]);
  });
});

describe("the key", () => {
  it("is asked for where the gateway wants one, and stays in the tab", async () => {
    const { page } = await openPage(browser);
    await page.evaluate(() => sessionStorage.setItem("flaregate.key", "sk-wrong"));
    await page.reload();
    expect(await page.getByRole("alert").innerText()).toContain("Error 401 Incorrect API key provided.");
    await page.getByLabel("Key", { exact: true }).fill("sk-local");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Send" }).waitFor();
    const sent = page.waitForRequest((request) => request.url().endsWith("/v1/chat/completions"));
    await say(page, "Hello!");
    expect((await sent).headers()).toHaveProperty("authorization", "Bearer sk-local");
    expect(await page.evaluate(() => [sessionStorage.getItem("flaregate.key"), localStorage.length])).toEqual([
      "sk-local",
      0,
    ]);
    await lastAnswer(page);
    await page.getByRole("button", { name: "Copy as code" }).click();
    expect(await page.getByRole("tabpanel").innerText()).not.toContain("sk-local");
    await page.getByLabel(/^Write the key into the code/).check();
    expect(await page.getByRole("tabpanel").innerText()).toContain("Bearer sk-local");
  });

  it("is kept on the device where that is wanted, until it is forgotten", async () => {
    const { page } = await openPlayground(browser);
    await page.getByRole("button", { name: "Key and base URL" }).click();
    await page.getByLabel("Key of this gateway").fill("sk-local");
    await page.getByLabel("Keep it on this device").check();
    await page.getByRole("button", { name: "Use this key" }).click();
    await expect
      .poll(() => page.evaluate(() => [localStorage.getItem("flaregate.key"), sessionStorage.getItem("flaregate.key")]))
      .toEqual(["sk-local", null]);
    await page.getByRole("button", { name: "Key and base URL" }).click();
    await page.getByRole("button", { name: "Forget the key" }).click();
    await expect.poll(() => page.evaluate(() => localStorage.getItem("flaregate.key"))).toBeNull();
  });
});

describe("the page", () => {
  it("shows what a model says as text, whatever it says", async () => {
    const { page, complaints } = await openPlayground(browser);
    const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    await page.route("**/v1/chat/completions", (route) =>
      route.fulfill({
        contentType: "application/json",
        json: { choices: [{ index: 0, message: { role: "assistant", content: markup }, finish_reason: "stop" }] },
      }),
    );
    await page.getByText("Request", { exact: true }).click();
    await page.getByLabel("Stream the answer").uncheck();
    await say(page, markup);
    const answer = await lastAnswer(page);
    expect(await answer.locator(".prose").last().innerText()).toBe(markup);
    expect(await page.locator(".turn img, .turn script").count()).toBe(0);
    expect(await page.title()).toBe("Flaregate playground");
    expect(complaints).toEqual([]);
  });

  it("refuses markup and inline script, whoever writes them into it", async () => {
    const { page } = await openPlayground(browser);
    const writeMarkup = page.evaluate(() => {
      document.body.innerHTML = "<b>Hello</b>";
    });
    await expect(writeMarkup).rejects.toThrow("TrustedHTML");
    const writeScript = page.evaluate(() => document.body.setAttribute("onclick", "document.title = 1"));
    await expect(writeScript).rejects.toThrow("TrustedScript");
  });

  it("remembers settings and models over a reload, and the theme on the device", async () => {
    const { page } = await openPlayground(browser, { colorScheme: "light" });
    await page.getByRole("textbox", { name: "System prompt" }).fill("Be brief.");
    await chooseModel(page, "@cf/openai/gpt-oss-120b");
    await page.getByRole("button", { name: "Dark or light" }).click();
    await page.reload();
    await page.getByRole("button", { name: "Model: gpt-oss-120b. Choose another" }).waitFor();
    expect(await page.getByRole("textbox", { name: "System prompt" }).inputValue()).toBe("Be brief.");
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe("dark");
  });

  it("begins a new chat", async () => {
    const { page } = await openPlayground(browser);
    await say(page, "Hello!");
    await lastAnswer(page);
    await page.getByRole("button", { name: "New chat" }).click();
    await page.getByText("Write a message below, or begin with one of these.").waitFor();
    expect(await page.locator(".turn").count()).toBe(0);
  });

  it("says so where the gateway cannot be reached, and tries again", async () => {
    const { page } = await openPage(browser);
    await page.route("**/v1/models", (route) => route.abort());
    await page.reload();
    await page.getByRole("heading", { name: "The models could not be loaded" }).waitFor();
    await page.unroute("**/v1/models");
    await page.getByRole("button", { name: "Try again" }).click();
    const send = page.getByRole("button", { name: "Send" });
    await send.waitFor();
    expect(await send.isEnabled()).toBe(true);
  });

  it.each([360, 390, 1280])("has no sideways scroll at a width of %i", async (width) => {
    const { page } = await openPlayground(browser, { viewport: { width, height: 780 } });
    await say(page, `Say exactly: ${"long".repeat(60)}`);
    await lastAnswer(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });

  it("can be used on a phone: the settings open over the conversation and shut again", async () => {
    const { page } = await openPlayground(browser, { viewport: { width: 390, height: 780 } });
    const system = page.getByRole("textbox", { name: "System prompt" });
    expect(await system.isVisible()).toBe(false);
    await page.getByRole("button", { name: "Settings" }).click();
    await system.fill("Be brief.");
    await page.keyboard.press("Escape");
    await expect.poll(() => system.isVisible()).toBe(false);
    expect(await page.getByRole("button", { name: "Settings" }).getAttribute("aria-expanded")).toBe("false");
  });

  it("is served by the gateway alone", async () => {
    const { page, hosts, complaints } = await openPlayground(browser);
    await say(page, "Hello!");
    await lastAnswer(page);
    expect([...hosts]).toEqual([new URL(origin()).host]);
    expect(complaints).toEqual([]);
  });
});
