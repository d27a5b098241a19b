import type { OauthFacts } from "../../oauth/facts.ts";

export const OAUTH_DEFINITIONS: Readonly<Record<keyof OauthFacts, string>> = {};
