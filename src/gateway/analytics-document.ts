import { blobColumns, doubleColumns } from "./analytics.ts";

/** What the columns mean; for `docs/accounting.md`, and no part of the deployed Worker. */

const blobMeanings: Readonly<Record<keyof typeof blobColumns, string>> = {
  model: "model that answered, or was tried last; empty where none was called",
  key: "key: its name, or the id of a managed key; empty without a key",
  route: "route, as `/v1/chat/completions`",
  ending: "ending: `complete`, `failed` (nothing was answered), `broken` (in the middle), `left` (the client went)",
  error: "kind of the error, as in the log; empty without one",
  form: "`stream` or `whole`",
  requestId: "request id",
};

const doubleMeanings: Readonly<Record<keyof typeof doubleColumns, string>> = {
  status: "status, as OpenAI's API has it; that of a stream is 200 once it has begun",
  attempts: "attempts: rounds of upstream calls",
  firstEventMs: "milliseconds to the first event; -1 where there was none",
  totalMs: "milliseconds to the end",
  promptTokens: "prompt tokens, cached ones included",
  cachedTokens: "cached prompt tokens",
  completionTokens: "completion tokens, reasoning included",
  reasoningTokens: "reasoning tokens",
  dollars: "cost in US dollars; 0 where it is not known",
  neurons: "neurons; 0 where they are not known",
  isPriced: "1 where the cost is known, else 0",
  isEstimated: "1 where tokens are partly an estimate, else 0",
  images: "images",
  audioSeconds: "seconds of audio",
  characters: "characters that were spoken",
};

/** The columns as a table in Markdown, in the order of the data point. */
export function toColumnMarkdown(): string {
  const rows = [
    ["`index1`", "key, as in `blob2`: data points are sampled by it"],
    ...number("blob", blobColumns, blobMeanings),
    ...number("double", doubleColumns, doubleMeanings),
    ["`timestamp`", "when it was written: the end of the request"],
    ["`_sample_interval`", "requests that the row stands for; 1 unless the data was sampled"],
  ];
  return ["| column | meaning |", "| --- | --- |", ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");
}

function number(kind: string, columns: object, meanings: Readonly<Record<string, string>>): readonly string[][] {
  return Object.keys(columns).map((name, position) => [`\`${kind}${position + 1}\``, meanings[name] ?? ""]);
}
