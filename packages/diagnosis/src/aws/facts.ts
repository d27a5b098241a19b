/** The typed facts of the causes of requests to AWS. */
export type AwsFacts = Readonly<Record<never, never>>;
