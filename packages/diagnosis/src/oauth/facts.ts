/** The typed facts of the causes of OAuth endpoints. */
export type OauthFacts = Readonly<Record<never, never>>;
