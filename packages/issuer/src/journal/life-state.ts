/** What the store says of a life now: good, over and why, or no longer known. The store decides; the journal only tells. */
import type { Reason } from "@assay/token";
import type { HistoryEntry } from "@assay/diagnosis";
import type { EndedBy } from "../store/records.ts";
import type { Life } from "./life.ts";
import { ENDED_REASON } from "../tokens/ended-reason.ts";
import { endOf } from "../tokens/refresh-family.ts";

export interface LifeState {
  readonly outcome: "good" | "over" | "unknown";
  readonly reason: Reason | null;
  /** Milliseconds; since when it is over. */
  readonly since: number | null;
  /** What ended it, as the history has it; null: its time, or nothing did. */
  readonly ending: HistoryEntry | null;
  /** A superseded refresh token, and by how many it is behind; null: it is none. */
  readonly superseded: number | null;
  /** Of a refresh token whose time is over: its greatest age, or that nobody used it; and for how long, in seconds. */
  readonly limit: {
    readonly by: "age" | "idle";
    readonly seconds: number;
  } | null;
}

const GOOD: LifeState = {
  outcome: "good",
  reason: null,
  since: null,
  ending: null,
  superseded: null,
  limit: null,
};

/** `now` in milliseconds. */
export function lifeState(life: Life, now: number): LifeState {
  const { access, refresh, grant, code, client, key } = life;
  if (access) {
    const { token, ended } = access;
    if (ended) return revoked(life, ended.by, ended.at);
    return now >= token.expiresAt ? expired(token.expiresAt) : GOOD;
  }
  if (refresh) return ofRefresh(life, refresh, now);
  const grantEnd = grant?.revokedAt ?? null;
  if (grantEnd !== null) return revoked(life, "grant", grantEnd);
  if (code) return ofCode(code, now);
  const clientEnd = client?.disabledAt ?? null;
  if (clientEnd !== null) return revoked(life, "client", clientEnd);
  const keyEnd = key?.withdrawnAt ?? null;
  if (keyEnd !== null) return revoked(life, "key", keyEnd);
  return life.kind === "remembered" ? { ...GOOD, outcome: "unknown" } : GOOD;
}

function ofRefresh(
  life: Life,
  { family, generation, grant }: NonNullable<Life["refresh"]>,
  now: number,
): LifeState {
  const behind = family.generation - generation;
  const superseded = behind > 0 ? behind : null;
  const end = endOf(family, grant, now);
  if (end?.why === "revoked" || end?.why === "grant_revoked")
    return { ...revoked(life, "grant", end.since), superseded };
  if (end)
    return {
      ...expired(end.since),
      superseded,
      limit:
        end.why === "idle"
          ? { by: "idle", seconds: secondsSince(family.lastUsedAt, now) }
          : { by: "age", seconds: secondsSince(grant.createdAt, now) },
    };
  return superseded === null
    ? GOOD
    : { ...GOOD, outcome: "over", reason: "revocation.grant", superseded };
}

function ofCode(
  { redeemedAt = null, diedOf, expiresAt }: NonNullable<Life["code"]>,
  now: number,
): LifeState {
  if (redeemedAt !== null || diedOf !== undefined)
    return {
      ...GOOD,
      outcome: "over",
      reason: "revocation.grant",
      since: redeemedAt,
    };
  return now >= expiresAt ? expired(expiresAt) : GOOD;
}

const secondsSince = (at: number, now: number): number =>
  Math.floor((now - at) / 1000);

const expired = (since: number): LifeState => ({
  ...GOOD,
  outcome: "over",
  reason: "expiration.expired",
  since,
});

function revoked(
  { tokenId, grantId, clientId, subject, access }: Life,
  by: EndedBy,
  since: number,
): LifeState {
  const [reason, event] = [ENDED_REASON[by], EVENTS[by]];
  const kid = access?.token.kid ?? tokenId;
  const ending: HistoryEntry = {
    at: new Date(since).toISOString(),
    event,
    ...(event === "token.revoked" && tokenId !== null && { tokenId }),
    ...(event === "key.withdrawn" && kid !== null && { tokenId: kid }),
    ...(event === "grant.revoked" && grantId !== null && { grantId }),
    ...(event === "client.disabled" && clientId !== null && { clientId }),
    ...(reason === "revocation.subject" && subject !== null && { subject }),
  };
  return { ...GOOD, outcome: "over", reason, since, ending };
}

/** The event of a history that tells of it. */
const EVENTS: Readonly<Record<EndedBy, HistoryEntry["event"]>> = {
  token: "token.revoked",
  grant: "grant.revoked",
  subject: "subject.tokens_revoked_before",
  client: "client.disabled",
  key: "key.withdrawn",
  all: "subject.tokens_revoked_before",
};
