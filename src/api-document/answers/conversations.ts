import * as z from "zod/mini";
import { unixSeconds } from "./members.ts";

export const conversation = z.object({
  id: z.string(),
  object: z.literal("conversation"),
  created_at: unixSeconds,
  metadata: z.record(z.string(), z.string()),
});

export const deletedConversation = z.object({
  id: z.string(),
  object: z.literal("conversation.deleted"),
  deleted: z.literal(true),
});
