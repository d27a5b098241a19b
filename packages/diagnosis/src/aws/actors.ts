import type { Actor } from "../causes.ts";
import type { AwsFacts } from "./facts.ts";

/** Who must act, for each cause of requests to AWS. */
export const AWS_ACTORS: Readonly<Record<keyof AwsFacts, Actor>> = {};
