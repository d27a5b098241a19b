/** An access token of ours, JWT or opaque, as the store knows it: whatever the token says, only a living row counts. */
import { finding, type Finding } from "@assay/token";
import type { AccessToken, FoundAccessToken } from "../store/records.ts";
import { findPresented } from "../tokens/find-presented.ts";
import { readOpaqueToken } from "../tokens/opaque-token.ts";
import { ENDED_REASON } from "../tokens/ended-reason.ts";

/** What finding one of our tokens needs of the issuer. */
export type OwnTokens = Parameters<typeof findPresented>[0];

export const isOpaque = (token: string): boolean =>
  readOpaqueToken(token).form !== "foreign";

/**
 * `audiences`: resources for which the token may be; null: whichever. That it is bound to a key is no hindrance: whoever received it cannot
 * make a proof with it, and is named by a row instead.
 */
export async function judgeOwn(
  own: OwnTokens,
  token: string,
  audiences: readonly string[] | null,
): Promise<AccessToken | Finding> {
  const presented = await findPresented(own, token);
  if (presented.kind === "access")
    return (
      judgeRow(presented.found, own.clock(), audiences) ?? presented.found.token
    );
  if (presented.kind === "none" && presented.finding) return presented.finding;
  return isOpaque(token)
    ? finding("format.not_jwt", {
        looksLike: "opaque token",
        dots: token.split(".").length - 1,
      })
    : // Ours by its signature, and gone from the store.
      finding("revocation.token", { at: null, event: null, by: null });
}

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
        reason: ENDED_REASON[ended.by],
        evidence: {
          at: new Date(ended.at).toISOString(),
          event: null,
          by: ended.by,
        },
      } as Finding)
    : null;
}
