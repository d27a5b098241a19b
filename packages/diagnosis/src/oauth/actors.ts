import type { Actor } from "../causes.ts";
import type { OauthFacts } from "./facts.ts";

/** Who must act, for each cause of OAuth endpoints. */
export const OAUTH_ACTORS: Readonly<Record<keyof OauthFacts, Actor>> = {};
