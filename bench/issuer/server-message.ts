/** A server answers "memory" with its bytes, and "families" with refresh tokens of new families. */

/** What a server under load tells once it listens. */
export interface Ready {
  readonly port: number;
  /** Addresses of its endpoints. */
  readonly token: string;
  readonly introspection: string;
  /** Authorization header of the client. */
  readonly authorization: string;
  /** Access tokens to ask about. */
  readonly accessTokens: readonly string[];
}

export const CLIENT_ID = "bench";
export const RESOURCE = "https://api.example";
/** Families that are refreshed, and tokens that are asked about. */
export const LIVE = 256;

export const authorizationOf = (secret: string): string =>
  `Basic ${Buffer.from(`${CLIENT_ID}:${secret}`).toString("base64")}`;
