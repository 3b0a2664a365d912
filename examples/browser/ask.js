/**
 * A page that asks the gateway, without a library: `fetch`, and the event stream read by hand. A key in a page is
 * everybody's key: hand out one that may do little, or let a server of yours stand between.
 */

const form = document.querySelector("form");
const output = document.querySelector("output");
const stop = form.elements.stop;

/** Yields the texts of a streamed chat completion as they arrive. Throws where the stream ends before its end. */
async function* streamText({ baseUrl, key, question }, signal) {
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: "POST",
    signal,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({
      model: "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
      messages: [{ role: "user", content: question }],
      stream: true,
    }),
  });
  if (!response.ok) throw new Error((await response.json()).error.message);
  let pending = "";
  for await (const text of readText(response.body)) {
    // A network chunk may end anywhere: the last line waits for its rest.
    const lines = (pending + text).split("\n");
    pending = lines.pop();
    for (const line of lines) {
      if (line === "data: [DONE]") return;
      if (!line.startsWith("data: ")) continue;
      const chunk = JSON.parse(line.slice("data: ".length));
      if (chunk.error !== undefined) throw new Error(chunk.error.message);
      yield chunk.choices[0]?.delta.content ?? "";
    }
  }
  throw new Error("The answer broke off.");
}

/** Not `for await` over the stream itself: not every browser has that. */
async function* readText(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
}

async function ask() {
  const controller = new AbortController();
  stop.disabled = false;
  stop.addEventListener("click", () => controller.abort(), { once: true });
  output.textContent = "";
  try {
    for await (const text of streamText(Object.fromEntries(new FormData(form)), controller.signal)) {
      output.textContent += text;
    }
  } catch (error) {
    output.textContent += controller.signal.aborted ? " (stopped)" : `\n${error.message}`;
  } finally {
    stop.disabled = true;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void ask();
});
