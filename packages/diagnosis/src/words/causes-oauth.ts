import type { Family } from "./cause-words.ts";

/** Words for the causes of OAuth endpoints. */
export const OAUTH: Family<"oauth"> = {};
