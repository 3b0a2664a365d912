import { object } from "../config/reader.ts";
import { pairs } from "./object-schema.ts";
import { inputItem } from "./responses-item.ts";
import { list, optional, sizedText } from "./schema.ts";

/** The bodies of the requests about conversations. */

const metadata = pairs({ names: sizedText({ most: 64 }), values: sizedText({ most: 512 }), most: 16 });

const items = list(inputItem, { most: 20 });

export const conversationRequest = object({ items: optional(items), metadata: optional(metadata) });
export const conversationUpdate = object({ metadata: optional(metadata) });
export const conversationItems = object({ items });
