import { DAILY_PARAGRAPHS } from "./corpus-daily.ts";
import { WORLD_PARAGRAPHS } from "./corpus-world.ts";
import { WORK_PARAGRAPHS } from "./corpus-work.ts";

/** The text that the emulator's language model is trained on, written for it: plain sentences on everyday subjects. */
export const CORPUS: readonly string[] = [...DAILY_PARAGRAPHS, ...WORLD_PARAGRAPHS, ...WORK_PARAGRAPHS];
