/** A protected resource: what an access token is for (RFC 8707), and what its tokens look like. */
export interface Resource {
  /** An absolute URI without a fragment (RFC 8707 section 2); it is the audience of its tokens. */
  readonly resource: string;
  readonly name: string;
  /** Scopes that it knows. */
  readonly scopes: readonly string[];
  /** "jwt": RFC 9068. "opaque": only introspection tells what it is. */
  readonly format: "jwt" | "opaque";
  /** Signature algorithm of its JWTs. */
  readonly algorithm: string;
  /** Lifetime of its access tokens, in seconds. */
  readonly accessTokenSeconds: number;
  readonly requireDpop: boolean;
  /** Claims to add: the claim's name, and the member of the account (or of the client for its own tokens) that fills it. */
  readonly claims: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** Who may exchange or assert what: without a row both grants are denied (RFC 8693, RFC 7523). */
export interface ExchangeRule {
  readonly ruleId: string;
  readonly grantType:
    | "urn:ietf:params:oauth:grant-type:jwt-bearer"
    | "urn:ietf:params:oauth:grant-type:token-exchange";
  readonly clientId: string;
  /** The issuer of the subject token or assertion; our own name for tokens of ours. */
  readonly sourceIssuer: string;
  /** The audience that the subject token must have. For an assertion: our own name or token endpoint. */
  readonly sourceAudience: string;
  /** Public keys of a foreign issuer, as a JWK Set; null for our own. */
  readonly sourceKeys: { readonly keys: readonly object[] } | null;
  /** The resource of the token that is given. */
  readonly target: string;
  /** The most that may be given. */
  readonly scopes: readonly string[];
}
