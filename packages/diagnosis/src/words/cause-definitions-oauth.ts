import type { OauthFacts } from "../oauth/facts.ts";

/** What each cause of OAuth endpoints means, in one sentence. */
export const OAUTH_DEFINITIONS: Readonly<Record<keyof OauthFacts, string>> = {};
