/** What the history says of a token: whether it, its grant, subject, client or key was ended before `now`. Pure. */
import {
  finding,
  type Claims,
  type Finding,
  type JoseHeader,
  type Reason,
} from "@assay/token";
import type { HistoryEntry } from "./inquiry.ts";
import {
  clientOf,
  grantOf,
  issuedAt,
  namesOfSubject,
  tokenIds,
} from "./token-names.ts";

type RevocationReason = Extract<
  Reason,
  `revocation.${"token" | "grant" | "subject" | "client" | "key"}`
>;

/** One entry that ends the token, and by which reason. */
export interface Ending {
  readonly reason: RevocationReason;
  readonly entry: HistoryEntry;
}

const ORDER: readonly RevocationReason[] = [
  "revocation.token",
  "revocation.grant",
  "revocation.subject",
  "revocation.client",
  "revocation.key",
];

const seconds = (at: string): number => Date.parse(at) / 1000;

/** All endings, in the order of the reasons; `now` in seconds since the epoch. Entries of the future do not count. */
export function endingsOf(
  header: JoseHeader,
  claims: Claims,
  history: readonly HistoryEntry[],
  now: number,
): readonly Ending[] {
  const past = history.filter(({ at }) => seconds(at) <= now);
  const token = {
    header,
    claims,
    grant: grantOf(claims, past),
    issuedAt: issuedAt(claims, past),
  };
  const endings = past.flatMap((entry): Ending[] => {
    const reason = endedBy(entry, token, past);
    return reason ? [{ reason, entry }] : [];
  });
  return endings.toSorted(
    (a, b) => ORDER.indexOf(a.reason) - ORDER.indexOf(b.reason),
  );
}

/** The first ending of each reason, as findings. */
export function historyFindings(
  endings: readonly Ending[],
): readonly Finding[] {
  const first = endings.filter(
    ({ reason }, i) =>
      endings.findIndex((other) => other.reason === reason) === i,
  );
  return first.map(({ reason, entry }) =>
    finding(reason, { at: entry.at, event: entry.event, by: entry.by ?? null }),
  );
}

interface TokenOfHistory {
  readonly header: JoseHeader;
  readonly claims: Claims;
  readonly grant: string | null;
  /** Seconds since the epoch; null: neither the token nor the history says. */
  readonly issuedAt: number | null;
}

function endedBy(
  entry: HistoryEntry,
  token: TokenOfHistory,
  history: readonly HistoryEntry[],
): RevocationReason | null {
  const { header, claims } = token;
  const ofSubject =
    entry.subject !== undefined &&
    namesOfSubject(claims).includes(entry.subject);
  const ofClient =
    entry.clientId !== undefined && entry.clientId === clientOf(claims);
  // An event of another session of the same subject leaves this token alone.
  const otherGrant =
    entry.grantId !== undefined &&
    token.grant !== null &&
    entry.grantId !== token.grant;
  // What was issued after the event has outlived it: the account was enabled again, the user signed in anew.
  const before = token.issuedAt === null || token.issuedAt <= seconds(entry.at);
  switch (entry.event) {
    case "token.revoked":
      return entry.tokenId !== undefined &&
        tokenIds(claims).includes(entry.tokenId)
        ? "revocation.token"
        : null;
    case "grant.revoked":
      return grantRevoked(entry, token, ofSubject, before, history)
        ? "revocation.grant"
        : null;
    case "subject.disabled":
    case "subject.deleted":
      return ofSubject && before ? "revocation.subject" : null;
    case "subject.logged_out":
    case "subject.password_changed":
      return ofSubject && before && !otherGrant ? "revocation.subject" : null;
    case "subject.tokens_revoked_before":
      return endedByNotBefore(entry, token, ofSubject, ofClient);
    case "client.disabled":
      return ofClient && before ? "revocation.client" : null;
    case "key.withdrawn":
      return typeof header.kid === "string" && entry.tokenId === header.kid
        ? "revocation.key"
        : null;
    case "code.issued":
    case "code.redeemed":
    case "token.issued":
    case "token.refreshed":
    case "token.reused":
    case "client.secret_rotated":
    case "key.activated":
    case "key.retired":
      return null;
  }
}

function grantRevoked(
  entry: HistoryEntry,
  { claims, grant }: TokenOfHistory,
  ofSubject: boolean,
  before: boolean,
  history: readonly HistoryEntry[],
): boolean {
  if (grant !== null) return entry.grantId === grant;
  // The grant's own tokens are known, and this is none of them.
  if (
    entry.grantId !== undefined &&
    history.some(
      ({ event, grantId }) =>
        event === "token.issued" && grantId === entry.grantId,
    )
  )
    return false;
  const client = clientOf(claims);
  return (
    ofSubject &&
    before &&
    (entry.clientId === undefined ||
      client === null ||
      entry.clientId === client)
  );
}

/** A point in time that was set for a subject, for a client, or, when the entry names neither, for all. Tokens of that very second count. */
function endedByNotBefore(
  entry: HistoryEntry,
  { issuedAt: issued }: TokenOfHistory,
  ofSubject: boolean,
  ofClient: boolean,
): RevocationReason | null {
  if (issued !== null && issued >= seconds(entry.at)) return null;
  if (entry.subject !== undefined)
    return ofSubject && (entry.clientId === undefined || ofClient)
      ? "revocation.subject"
      : null;
  if (entry.clientId !== undefined)
    return ofClient ? "revocation.client" : null;
  return "revocation.subject";
}
