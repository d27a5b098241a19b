import type { Family } from "../cause-words.ts";

export const AWS: Family<"aws"> = {};
