import type { Family } from "./cause-words.ts";

/** Words for the causes of requests to AWS. */
export const AWS: Family<"aws"> = {};
