/** Which clocks a refused request shows beside the guard's own: the issuer's, and the client's by its proof. */
import { decodeUnverified, platform } from "@assay/token";
import type { Inquiry } from "@assay/diagnosis";

type Clocks = NonNullable<NonNullable<Inquiry["context"]>["clocks"]>;

export interface SeenRequest {
  readonly token: string;
  readonly proofs: readonly string[];
  /** Milliseconds, by the guard's clock. */
  readonly at: number;
}

/** Less than this, in seconds, is the way and the rounding. */
const WAY = 60;

/** `nonces`: those that are good now. undefined: no clock but the guard's own is known. */
export async function clocksSeen(
  { token, proofs, at }: SeenRequest,
  clockOf: (issuer: string, now: number) => number | null,
  nonces: readonly string[],
): Promise<Clocks | undefined> {
  const { claims } = decodeUnverified(token);
  const { iss, iat } = claims ?? {};
  const issuer = typeof iss === "string" ? clockOf(iss, at) : null;
  const [proof, ...others] = proofs;
  const client =
    proof === undefined || others.length > 0
      ? null
      : await clientClock(proof, token, iat, nonces);
  if (issuer === null && client === null) return undefined;
  return {
    verifier: new Date(at).toISOString(),
    ...(issuer !== null && { issuer: new Date(issuer).toISOString() }),
    ...(client !== null && { client: new Date(client).toISOString() }),
  };
}

/**
 * A proof shows the client's clock only where it was made just now. That is so when it holds a nonce that is good now; and when it names
 * this token and says that it is older than the token, which no proof can be (RFC 9449 sections 4.2 and 8). null: it may be an old one.
 */
async function clientClock(
  proof: string,
  token: string,
  issuedAt: unknown,
  nonces: readonly string[],
): Promise<number | null> {
  const { iat, nonce, ath } = decodeUnverified(proof).claims ?? {};
  if (typeof iat !== "number" || !(Math.abs(iat) < 1e11)) return null;
  const isFresh = typeof nonce === "string" && nonces.includes(nonce);
  const isOlderThanToken =
    typeof issuedAt === "number" &&
    iat < issuedAt - WAY &&
    ath === platform.encodeBase64url(await platform.digest("sha256", token));
  return isFresh || isOlderThanToken ? iat * 1000 : null;
}
