/** Revocation by target: rows that end at once, or a point in time that ends whatever was issued before it. */
import type { JournalEntry } from "../../journal/events.ts";
import type { Revoked, RevokedNow, RevocationTarget } from "../store.ts";
import { cutOff } from "./cutoff-rows.ts";
import { insertEntry } from "./journal-rows.ts";
import type { Verb } from "./query.ts";
import { endTokens, NOTHING, revokeGrantRows } from "./revocation-rows.ts";

export function* revoke(
  issuer: string,
  target: RevocationTarget,
  before: number,
  entry: JournalEntry,
): Verb<RevokedNow> {
  const revoked = yield* revokeTarget(issuer, target, before, entry.at);
  if (revoked.found) yield* insertEntry(issuer, entry);
  return revoked;
}

function* revokeTarget(
  issuer: string,
  target: RevocationTarget,
  before: number,
  now: number,
): Verb<RevokedNow> {
  switch (target.by) {
    case "token":
      return {
        ...(yield* revokeToken(issuer, target.tokenId, now)),
        left: false,
      };
    case "grant":
      return {
        ...(yield* revokeGrantRows(issuer, target.grantId, now)),
        left: false,
      };
    case "session":
      return yield* cutOff(issuer, "session", target.sessionId, before, now);
    case "subject":
      return yield* cutOff(issuer, "subject", target.subject, before, now);
    case "client":
      return yield* cutOff(issuer, "client", target.clientId, before, now);
    case "key":
      return yield* cutOff(issuer, "key", target.kid, before, now);
    case "all":
      return yield* cutOff(issuer, "all", "", before, now);
  }
}

/** An access token by its id. A refresh token ends with its grant (RFC 7009 section 2.1). */
function* revokeToken(
  issuer: string,
  tokenId: string,
  now: number,
): Verb<Revoked> {
  const accessTokens = yield* endTokens(issuer, [tokenId], "token", now);
  return { ...NOTHING, found: accessTokens > 0, accessTokens };
}
