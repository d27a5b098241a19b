import type { AwsFacts } from "../aws/facts.ts";

/** What each cause of requests to AWS means, in one sentence. */
export const AWS_DEFINITIONS: Readonly<Record<keyof AwsFacts, string>> = {};
