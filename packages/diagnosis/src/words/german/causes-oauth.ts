import type { Family } from "../cause-words.ts";

export const OAUTH: Family<"oauth"> = {};
