/** What the history says of a token: whether it, its grant, subject, client or key was ended before `now`. Pure. */
import { finding, type Claims, type Finding, type JoseHeader, type Reason } from "@assay/token";
import type { HistoryEntry } from "./inquiry.ts";

type RevocationReason = Extract<Reason, `revocation.${"token" | "grant" | "subject" | "client" | "key"}`>;

/** One entry that ends the token, and by which reason. */
export interface Ending {
  readonly reason: RevocationReason;
  readonly entry: HistoryEntry;
}

const seconds = (at: string): number => Date.parse(at) / 1000;

/** All endings, in the order of the reasons; `now` in seconds since the epoch. Entries of the future do not count. */
export function endingsOf(header: JoseHeader, claims: Claims, history: readonly HistoryEntry[], now: number): readonly Ending[] {
  const past = history.filter(({ at }) => seconds(at) <= now);
  const endings = past.flatMap((entry): Ending[] => {
    const reason = endedBy(entry, header, claims, past);
    return reason ? [{ reason, entry }] : [];
  });
  const order: readonly RevocationReason[] = ["revocation.token", "revocation.grant", "revocation.subject", "revocation.client", "revocation.key"];
  return endings.toSorted((a, b) => order.indexOf(a.reason) - order.indexOf(b.reason));
}

/** The first ending of each reason, as findings. */
export function historyFindings(endings: readonly Ending[]): readonly Finding[] {
  const first = endings.filter(({ reason }, i) => endings.findIndex((other) => other.reason === reason) === i);
  return first.map(({ reason, entry }) => finding(reason, { at: entry.at, event: entry.event, by: entry.by ?? null }));
}

function endedBy(entry: HistoryEntry, header: JoseHeader, claims: Claims, history: readonly HistoryEntry[]): RevocationReason | null {
  const { jti, sub, iat } = claims;
  const client = clientOf(claims);
  const ofSubject = entry.subject !== undefined && entry.subject === sub;
  // An event of another session of the same subject leaves this token alone.
  const grant = grantOf(claims, history);
  const otherGrant = entry.grantId !== undefined && grant !== null && entry.grantId !== grant;
  const afterIssue = iat === undefined || seconds(entry.at) >= iat;
  switch (entry.event) {
    case "token.revoked":
      return entry.tokenId !== undefined && entry.tokenId === jti ? "revocation.token" : null;
    case "grant.revoked": {
      if (grant !== null) return entry.grantId === grant ? "revocation.grant" : null;
      const ofClient = entry.clientId === undefined || entry.clientId === client;
      return ofSubject && ofClient && afterIssue ? "revocation.grant" : null;
    }
    case "subject.disabled":
    case "subject.deleted":
      return ofSubject ? "revocation.subject" : null;
    case "subject.logged_out":
    case "subject.password_changed":
    case "subject.tokens_revoked_before":
      return ofSubject && afterIssue && !otherGrant ? "revocation.subject" : null;
    case "client.disabled":
      return entry.clientId !== undefined && entry.clientId === client ? "revocation.client" : null;
    case "key.withdrawn":
      return typeof header.kid === "string" && entry.tokenId === header.kid ? "revocation.key" : null;
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

/** The client that the token was issued to, under the names that issuers give it. */
export function clientOf(claims: Readonly<Record<string, unknown>>): string | null {
  const name = ["azp", "client_id", "appid", "cid"].find((claim) => typeof claims[claim] === "string");
  return name ? (claims[name] as string) : null;
}

/** The grant that the token came from, where the history names it beside the token's jti. */
export function grantOf({ jti }: Claims, history: readonly HistoryEntry[]): string | null {
  if (jti === undefined) return null;
  return history.find(({ tokenId, grantId }) => tokenId === jti && grantId !== undefined)?.grantId ?? null;
}
