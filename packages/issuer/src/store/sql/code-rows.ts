/** Authorization codes. */
import type { JournalEntry } from "../../journal/events.ts";
import type { AuthorizationCode, CodeFault, Grant } from "../records.ts";
import type { CodeOutcome, RedeemCode } from "../store.ts";
import { insertAccessToken } from "./access-token-rows.ts";
import { findGrant, grantOf, insertGrant, lockGrant } from "./grant-rows.ts";
import { insertDrafted, insertEntry } from "./journal-rows.ts";
import {
  first,
  integer,
  integerOrNull,
  json,
  locked,
  sql,
  text,
  type Row,
  type Verb,
} from "./query.ts";
import { insertFamily } from "./refresh-rows.ts";
import { cutoffOf, revokeGrantRows } from "./revocation-rows.ts";

export function* storeCode(
  issuer: string,
  grant: Grant,
  code: AuthorizationCode,
  entry: JournalEntry,
): Verb<void> {
  yield* insertGrant(issuer, grant, code.expiresAt);
  const { digest, grantId, clientId, expiresAt, ...data } = code;
  yield sql`INSERT INTO codes (issuer_id, digest, grant_id, client_id, data, expires_at)
    VALUES (${issuer}, ${digest}, ${grantId}, ${clientId}, ${JSON.stringify(data)}, ${expiresAt})`;
  yield* insertEntry(issuer, entry);
}

export function* findCode(
  issuer: string,
  digest: string,
): Verb<{ code: AuthorizationCode; grant: Grant } | null> {
  const row = yield* first(
    sql`SELECT * FROM codes WHERE issuer_id = ${issuer} AND digest = ${digest}`,
  );
  if (!row) return null;
  const grant = yield* findGrant(issuer, text(row, "grant_id"));
  return grant && { code: codeOf(row), grant };
}

/**
 * Redeems a code once. The code dies at its first use, at the first wrong verifier (RFC 7636 section 4.6: no second guess), key and redirect URI;
 * another client leaves it alone, so that a stranger cannot spoil a sign-in.
 */
export function* redeemCode(
  issuer: string,
  input: RedeemCode,
): Verb<CodeOutcome> {
  const { digest, now, access, journal } = input;
  // Locks the row: of two at once, the second sees what the first did.
  const row = yield* first(
    locked(
      sql`SELECT * FROM codes WHERE issuer_id = ${issuer} AND digest = ${digest}`,
    ),
  );
  if (!row) return { outcome: "unknown" };
  const code = codeOf(row);
  const known = { clientId: code.clientId, grantId: code.grantId };
  const redeemedAt = integerOrNull(row, "redeemed_at");
  if (code.clientId !== input.clientId) return { outcome: "wrong_client" };
  if (redeemedAt !== null) {
    // Threat: a code that two parties hold. Whoever was first, nobody keeps what it gave (RFC 6749 section 4.1.2, RFC 9700 section 2.1.1).
    const revoked = yield* revokeGrantRows(issuer, code.grantId, now);
    // Threat: a used code, sent again and again, that fills the journal.
    if (revoked.found)
      yield* insertDrafted(issuer, journal, known, [
        { event: "grant.revoked", facts: { because: "code_replayed" } },
      ]);
    return { outcome: "replayed", redeemedAt, grantId: code.grantId };
  }
  if (row["dead_at"] !== null)
    return { outcome: "dead", diedOf: code.diedOf ?? null };
  if (now >= code.expiresAt) return { outcome: "expired" };
  const wrong = wrongWith(code, input);
  if (wrong) {
    const data = JSON.stringify({ ...dataOf(row), diedOf: wrong });
    yield sql`UPDATE codes SET dead_at = ${now}, data = ${data} WHERE issuer_id = ${issuer} AND digest = ${digest}`;
    return { outcome: wrong };
  }
  const grant = yield* lockGrant(issuer, code.grantId, lastEnd(input));
  // A point in time that is not settled yet has ended the grant as well.
  if (
    grant?.["revoked_at"] !== null ||
    (yield* cutoffOf(issuer, grantOf(grant))) !== null
  )
    return { outcome: "grant_revoked" };
  yield sql`UPDATE codes SET redeemed_at = ${now} WHERE issuer_id = ${issuer} AND digest = ${digest}`;
  if (input.refresh)
    yield* insertFamily(
      issuer,
      { ...input.refresh, ...known },
      access.issuedAt,
    );
  yield* insertAccessToken(issuer, access);
  yield* insertDrafted(issuer, journal, known, [
    { event: "code.redeemed" },
    { event: "token.issued", tokenId: access.tokenId },
    ...(input.refresh
      ? [
          {
            event: "token.issued" as const,
            tokenId: input.refresh.token.tokenId,
          },
        ]
      : []),
  ]);
  return { outcome: "redeemed" };
}

const lastEnd = ({ access, refresh }: RedeemCode): number =>
  Math.max(access.expiresAt, refresh?.policy.expiresAt ?? 0);

function wrongWith(
  code: AuthorizationCode,
  { redirectUri, challenge, jkt }: RedeemCode,
): CodeFault | null {
  if (challenge === null) return "no_verifier";
  if (challenge !== code.codeChallenge) return "wrong_verifier";
  // RFC 6749 section 4.1.3: the same as in the authorization request; OAuth 2.1 no longer asks for it, so none is no fault.
  if (redirectUri !== null && redirectUri !== code.redirectUri)
    return "wrong_redirect_uri";
  if (code.dpopJkt !== null && jkt !== code.dpopJkt)
    return jkt === null ? "no_proof" : "wrong_key";
  return null;
}

type CodeData = Omit<
  AuthorizationCode,
  "digest" | "grantId" | "clientId" | "expiresAt" | "redeemedAt"
>;

const dataOf = (row: Row): CodeData => json<CodeData>(row, "data");

const codeOf = (row: Row): AuthorizationCode => ({
  ...dataOf(row),
  digest: text(row, "digest"),
  grantId: text(row, "grant_id"),
  clientId: text(row, "client_id"),
  expiresAt: integer(row, "expires_at"),
  redeemedAt: integerOrNull(row, "redeemed_at"),
});
