import { unservedByImages } from "../../translate/unserved-images.ts";
import { withUnserved } from "./parameter-row.ts";

/** The parameters of `POST /v1/images/generations`. */
export const imageParameters = withUnserved(
  [
    [["prompt"], "passed on"],
    [["model"], "catalogue id, alias, or any other Workers AI id; unset, `@cf/black-forest-labs/flux-1-schnell`"],
    [["models"], "this gateway's own: models to try in this order when `model` fails"],
    [["n"], "emulated: one call for each image, all or none"],
    [["size"], "passed on; `auto`, or none, is 1024x1024. A size that the model does not make is refused"],
    [
      ["quality"],
      "emulated by steps: `high`, `hd` and above are the most that the model takes, `low` half of its usual number; ignored by models with fixed steps",
    ],
    [["response_format"], "`b64_json`, which is what comes unasked; `url` where a bucket is bound, else refused"],
    [
      ["steps", "seed", "negative_prompt", "guidance"],
      "Workers AI's own: passed on to models that have them, brought into their range",
    ],
    [["user"], "accepted; it has no effect on images"],
    [["background"], "`transparent` is refused"],
  ],
  unservedByImages,
);
