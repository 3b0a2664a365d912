import { describe, expect, it } from "vitest";
import { messagesRequest } from "../../../src/anthropic/messages-request.ts";
import { inlineImages, namesImages } from "../../../src/translate/anthropic/remote-images.ts";

const remote = (name: string) => ({ type: "image", source: { type: "url", url: `https://images.example/${name}` } });
const inlined = { type: "image", source: { type: "url", url: "data:image/png;base64,AAAA" } };

function request(...content: readonly object[]) {
  return messagesRequest.parse({ model: "m", max_tokens: 1, messages: [{ role: "user", content }] });
}

describe("images that are named by their URLs", () => {
  it("are fetched one after the other, each under the name of its member", async () => {
    const result = { type: "tool_result", tool_use_id: "a", content: [{ type: "text", text: "x" }, remote("b")] };
    const asked = request(remote("a"), inlined, result);
    const fetched: [string, string][] = [];
    let running = 0;
    const { messages } = await inlineImages(asked, async (url, param) => {
      running += 1;
      expect(running).toBe(1);
      await Promise.resolve();
      running -= 1;
      fetched.push([url, param]);
      return "data:image/png;base64,AAAA";
    });
    expect(fetched).toEqual([
      ["https://images.example/a", "messages[0].content[0].source.url"],
      ["https://images.example/b", "messages[0].content[2].content[1].source.url"],
    ]);
    expect(JSON.stringify(messages)).not.toContain("https:");
    expect(messages[0]?.content).toMatchObject([inlined, inlined, { content: [{ type: "text" }, inlined] }]);
  });

  it("are looked for in messages and in tool results", () => {
    expect(namesImages(request(remote("a")))).toBe(true);
    expect(namesImages(request({ type: "tool_result", tool_use_id: "a", content: [remote("b")] }))).toBe(true);
    expect(namesImages(request(inlined, { type: "text", text: "https://images.example/a" }))).toBe(false);
    expect(
      namesImages(messagesRequest.parse({ model: "m", max_tokens: 1, messages: [{ role: "user", content: "x" }] })),
    ).toBe(false);
  });
});
