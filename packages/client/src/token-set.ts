/** What a store keeps: the tokens of one grant, and what is needed to renew them. */
export interface TokenSet {
  readonly version: 1;
  readonly issuer: string;
  readonly clientId: string;
  /** What was asked for (RFC 8707); null: nothing. */
  readonly resource: string | null;
  /** Names the sign-in (or first request) that these come from; the same through all renewals. No secret. */
  readonly family: string;
  /** Counts the renewals of the family. Clocks may be corrected meanwhile: they do not tell which of two is newer. */
  readonly generation: number;
  readonly accessToken: string;
  readonly type: "Bearer" | "DPoP";
  /** Milliseconds since the epoch, by the server's clock. */
  readonly obtainedAt: number;
  readonly expiresAt: number | null;
  /** By how much the server's clock was ahead of ours, in milliseconds; null: not measured. */
  readonly clockOffset: number | null;
  readonly scopes: readonly string[] | null;
  readonly refreshToken: string | null;
  /** The thumbprint of the key that the access token is bound to (RFC 9449 section 6). */
  readonly jkt: string | null;
}

/** Null for what is no token set: a file that was cut, or another program's. */
export function readTokenSet(text: string): TokenSet | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const set = value as Readonly<Record<keyof TokenSet, unknown>>;
  const texts = [set.issuer, set.clientId, set.family, set.accessToken];
  const isWhole =
    set.version === 1 &&
    texts.every((each) => typeof each === "string") &&
    (set.resource === null || typeof set.resource === "string") &&
    (set.type === "Bearer" || set.type === "DPoP") &&
    isNumber(set.generation) &&
    isNumber(set.obtainedAt) &&
    (set.expiresAt === null || isNumber(set.expiresAt)) &&
    (set.clockOffset === null || isNumber(set.clockOffset)) &&
    (set.refreshToken === null || typeof set.refreshToken === "string") &&
    (set.jkt === null || typeof set.jkt === "string") &&
    (set.scopes === null ||
      (Array.isArray(set.scopes) &&
        set.scopes.every((each) => typeof each === "string")));
  return isWhole ? (value as TokenSet) : null;
}

const isNumber = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value);

/** True when both are the same tokens. */
export const sameTokens = (a: TokenSet | null, b: TokenSet | null): boolean =>
  a?.accessToken === b?.accessToken && a?.refreshToken === b?.refreshToken;
