import { GatewayError } from "../errors.ts";
import type { ModelEntry } from "../models/model.ts";
import { refuseOtherTasks } from "../models/task.ts";
import type { ModerationRequest } from "../openai/moderation-request.ts";
import { readVerdict } from "../workers-ai/read-verdict.ts";
import type { Verdict } from "../workers-ai/read-verdict.ts";
import type { TaskCall } from "./task-call.ts";
import { isAboutLength, measureTexts, refuseTooLong, tooLongError } from "./text-length.ts";

/** A text that is judged, and its name in the request. */
interface Subject {
  readonly text: string;
  readonly name: string;
}

/** A request for moderation, as a call of one model for each of its texts. Throws a `GatewayError` for an image. */
export function toModerationCalls(request: ModerationRequest, entry: ModelEntry): readonly TaskCall<Verdict>[] {
  refuseOtherTasks(entry, ["moderation"]);
  return toSubjects(request).map(({ text, name }) => {
    refuseTooLong(text, name, entry);
    return {
      // As the one turn of a user, whom the model judges. The same text shall get the same verdict.
      inputs: {
        messages: [{ role: "user", content: text }],
        response_format: { type: "json_object" },
        temperature: 0,
      },
      read: readVerdict,
      expect: () => measureTexts([text], undefined),
      measure: ({ usage }) => measureTexts([text], usage),
      explain: (error) => (isAboutLength(error) ? tooLongError(name, entry.id, "it exceeds its window", error) : error),
      parameters: new Map(),
    };
  });
}

/** Texts are judged one by one; the parts of one input together. */
function toSubjects({ input }: ModerationRequest): readonly Subject[] {
  if (typeof input === "string") return [{ text: input, name: "input" }];
  const texts: string[] = [];
  const parts: string[] = [];
  for (const [index, item] of input.entries()) {
    if (typeof item === "string") texts.push(item);
    else if (item.type === "text") parts.push(item.text);
    else {
      const param = `input[${index}]`;
      throw new GatewayError("unsupported_parameter", `Unsupported value for '${param}': the model reads no images.`, {
        param,
      });
    }
  }
  if (parts.length > 0) return [{ text: parts.join("\n"), name: "input" }];
  return texts.map((text, index) => ({ text, name: `input[${index}]` }));
}
