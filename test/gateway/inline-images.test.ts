import { describe, expect, it } from "vitest";
import { GatewayError } from "../../src/errors.ts";
import { inlineImages } from "../../src/gateway/inline-images.ts";
import { namesImages } from "../../src/gateway/named-images.ts";
import { systemClock } from "../../src/gateway/ports.ts";
import type { Clock } from "../../src/gateway/ports.ts";
import { chatRequest } from "../../src/openai/chat-request.ts";

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);
const URL_OF_IMAGE = "https://images.flaregate.dev/cat.png";

function requestWith(...urls: readonly string[]) {
  const content = urls.map((url) => ({ type: "image_url", image_url: { url } }));
  return chatRequest.parse({
    model: "m",
    messages: [{ role: "user", content: [{ type: "text", text: "?" }, ...content] }],
  });
}

function image(bytes: Uint8Array<ArrayBuffer> = PNG, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(bytes, { headers: { "content-type": "image/png", ...headers } });
}

interface Fetched {
  readonly urls: string[];
  readonly inlined: string;
}

async function inlineOne(
  url: string,
  answer: (url: string, init: RequestInit) => Response | Promise<Response>,
  options: { readonly clock?: Clock; readonly signal?: AbortSignal } = {},
): Promise<Fetched> {
  const urls: string[] = [];
  const ports = {
    fetch: (target: string, init: RequestInit) => {
      urls.push(target);
      return Promise.resolve(answer(target, init));
    },
    clock: options.clock ?? systemClock,
    signal: options.signal ?? new AbortController().signal,
  };
  const request = await inlineImages(requestWith(url), ports);
  const [message] = request.messages;
  const part = message?.role === "user" && typeof message.content !== "string" ? message.content[1] : undefined;
  return { urls, inlined: part?.type === "image_url" ? part.image_url.url : "" };
}

const PARAM = "messages[0].content[1].image_url.url";

describe("inlineImages", () => {
  it("writes a fetched image as a data URL", async () => {
    const { inlined } = await inlineOne(URL_OF_IMAGE, () => image());
    expect(inlined).toBe(`data:image/png;base64,${btoa(String.fromCharCode(...PNG))}`);
  });

  it("encodes an image of a megabyte whole", async () => {
    const bytes = new Uint8Array(1024 * 1024).fill(7);
    const { inlined } = await inlineOne(URL_OF_IMAGE, () => image(bytes));
    expect(atob(inlined.slice(inlined.indexOf(",") + 1))).toHaveLength(bytes.length);
  });

  it("leaves data URLs alone and fetches nothing for them", async () => {
    const request = requestWith("data:image/png;base64,AAAA");
    expect(namesImages(request)).toBe(false);
    expect(namesImages(requestWith(URL_OF_IMAGE))).toBe(true);
  });

  it.each([
    "http://images.flaregate.dev/cat.png",
    "https://127.0.0.1/cat.png",
    "https://0x7f.1/cat.png",
    "https://2130706433/cat.png",
    "https://10.0.0.1/cat.png",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]/cat.png",
    "https://[fd00::1]/cat.png",
    "https://localhost/cat.png",
    "https://a.localhost./cat.png",
    "https://metadata.google.internal/cat.png",
    "https://printer.local/cat.png",
    "https://intranet/cat.png",
    "https://user:password@images.flaregate.dev/cat.png",
    "https://images.flaregate.dev:8443/cat.png",
    "file:///etc/passwd",
    "ftp://images.flaregate.dev/cat.png",
    "not a url",
  ])("refuses %s and fetches nothing", async (url) => {
    const fetched: string[] = [];
    const failure = inlineOne(url, (target) => {
      fetched.push(target);
      return image();
    });
    await expect(failure).rejects.toMatchObject({ kind: "invalid_value", param: PARAM });
    expect(fetched).toEqual([]);
  });

  it("follows a redirect to another public host", async () => {
    const { urls } = await inlineOne(URL_OF_IMAGE, (url) =>
      url === URL_OF_IMAGE
        ? new Response(null, { status: 302, headers: { location: "//cdn.flaregate.dev/x" } })
        : image(),
    );
    expect(urls).toEqual([URL_OF_IMAGE, "https://cdn.flaregate.dev/x"]);
  });

  it("does not follow a redirect to a private address", async () => {
    const urls: string[] = [];
    const failure = inlineOne(URL_OF_IMAGE, (url) => {
      urls.push(url);
      return new Response(null, { status: 301, headers: { location: "https://127.0.0.1/" } });
    });
    await expect(failure).rejects.toMatchObject({ kind: "invalid_value", param: PARAM });
    expect(urls).toEqual([URL_OF_IMAGE]);
  });

  it.each<[string, () => Response]>([
    ["redirects without end", () => new Response(null, { status: 302, headers: { location: URL_OF_IMAGE } })],
    ["is not found", () => new Response("no", { status: 404 })],
    ["is a page", () => image(PNG, { "content-type": "text/html" })],
    ["is a drawing that can hold scripts", () => image(PNG, { "content-type": "image/svg+xml" })],
    ["is larger than ten megabytes", () => image(new Uint8Array(10 * 1024 * 1024 + 1))],
  ])("refuses an image that %s", async (_, answer) => {
    await expect(inlineOne(URL_OF_IMAGE, answer)).rejects.toMatchObject({ kind: "invalid_value", param: PARAM });
  });

  it("gives up on an image that does not arrive, and aborts its request", async () => {
    let fetchSignal: AbortSignal | null | undefined;
    // Fires at once: the limit is what is tested, not its length.
    const clock: Clock = {
      now: () => 0,
      after(_, callback) {
        const timer = setTimeout(callback, 0);
        return () => clearTimeout(timer);
      },
    };
    const failure = inlineOne(
      URL_OF_IMAGE,
      (_, init) => {
        fetchSignal = init.signal;
        return new Promise((_resolve, reject) => {
          init.signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
        });
      },
      { clock },
    );
    await expect(failure).rejects.toThrow("did not arrive in time");
    expect(fetchSignal?.aborted).toBe(true);
  });

  it("sends no header of the caller's", async () => {
    let headers: unknown;
    await inlineOne(URL_OF_IMAGE, (_, init) => {
      headers = init.headers;
      return image();
    });
    expect(headers).toEqual({ accept: "image/*" });
  });

  it("refuses a request that names more than 16 images", async () => {
    const ports = { fetch: () => Promise.resolve(image()), clock: systemClock, signal: new AbortController().signal };
    const request = requestWith(...Array.from({ length: 17 }, () => URL_OF_IMAGE));
    await expect(inlineImages(request, ports)).rejects.toBeInstanceOf(GatewayError);
  });
});
