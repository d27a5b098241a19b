/** An access token of ours, JWT or opaque, as the store knows it: whatever the token says, only a living row counts. */
import {
  finding,
  type Finding,
  type KeySource,
  type Reason,
} from "@assay/token";
import { judgePresented } from "../clients/presented-jwt.ts";
import type {
  AccessToken,
  EndedBy,
  FoundAccessToken,
} from "../store/records.ts";
import type { Store } from "../store/store.ts";
import { digestOf, readOpaqueToken } from "../tokens/opaque-token.ts";

export interface OwnTokens {
  /** Our name. */
  readonly issuer: string;
  readonly store: Pick<Store, "findAccessToken">;
  /** Our published keys. */
  readonly keys: KeySource;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

export const isOpaque = (token: string): boolean =>
  readOpaqueToken(token).form !== "foreign";

/** `audiences`: resources for which the token may be; null: whichever. */
export async function judgeOwn(
  own: OwnTokens,
  token: string,
  audiences: readonly string[] | null,
): Promise<AccessToken | Finding> {
  const found = isOpaque(token)
    ? await findOpaque(own, token)
    : await findJwt(own, token);
  if (found === null)
    return finding("revocation.token", { at: null, event: null, by: null });
  if ("reason" in found) return found;
  return judgeRow(found, own.clock(), audiences) ?? found.token;
}

async function findOpaque(
  { store }: OwnTokens,
  text: string,
): Promise<FoundAccessToken | Finding> {
  const reading = readOpaqueToken(text);
  const unknown = finding("format.not_jwt", {
    looksLike: "opaque",
    dots: text.split(".").length - 1,
  });
  if (reading.form !== "ours" || reading.kind !== "access") return unknown;
  return (await store.findAccessToken({ digest: digestOf(text) })) ?? unknown;
}

/** null: it is ours by its signature, and the store does not know it any more. */
async function findJwt(
  { issuer, store, keys, clock }: OwnTokens,
  text: string,
): Promise<FoundAccessToken | Finding | null> {
  const judged = await judgePresented({
    token: text,
    now: clock(),
    longestSeconds: null,
    policy: {
      kind: "access_token",
      issuer,
      // Judged by the row.
      audience: null,
      keys,
      requiredClaims: ["jti"],
    },
  });
  if ("reason" in judged) return judged;
  const { jti = "" } = judged.claims;
  return store.findAccessToken({ tokenId: jti });
}

const ENDED: Readonly<
  Record<EndedBy, Extract<Reason, `revocation.${string}`>>
> = {
  token: "revocation.token",
  grant: "revocation.grant",
  subject: "revocation.subject",
  client: "revocation.client",
  key: "revocation.key",
  all: "revocation.token",
};

function judgeRow(
  { token, ended }: FoundAccessToken,
  milliseconds: number,
  audiences: readonly string[] | null,
): Finding | null {
  const now = milliseconds / 1000;
  if (milliseconds >= token.expiresAt)
    return finding("expiration.expired", {
      exp: token.expiresAt / 1000,
      now,
      toleranceSeconds: 0,
      bySeconds: now - token.expiresAt / 1000,
    });
  if (audiences && !audiences.includes(token.resource))
    return finding("audience.mismatch", {
      expected: audiences,
      found: [token.resource],
    });
  return ended
    ? ({
        reason: ENDED[ended.by],
        evidence: {
          at: new Date(ended.at).toISOString(),
          event: null,
          by: ended.by,
        },
      } as Finding)
    : null;
}
