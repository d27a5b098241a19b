import type { Reason } from "@assay/token";
import type { CauseCode } from "../causes.ts";
import { endingsOf, type Ending } from "../history.ts";
import type { HistoryEntry } from "../inquiry.ts";
import type { Investigation } from "../investigation.ts";
import { clientOf } from "../token-names.ts";
import { whoEndedIt, type Ender } from "./who-ended-it.ts";

type Revoked = Extract<CauseCode, `revoked.${string}`>;

/** Causes of a token that was ended before its time, or whose status could not be had. */
export function detectRevocation(i: Investigation): void {
  const unavailable = i.found("revocation.unavailable");
  if (unavailable)
    detectUnavailable(i, unavailable.source, unavailable.problem);
  const claims = i.token?.claims ?? {};
  const history = i.context.history ?? [];
  const endings = endingsOf(
    (i.token?.header ?? {}) as never,
    claims,
    history,
    i.now,
  );
  for (const ending of endings) detectEnding(i, ending, claims, history);
  if (endings.length === 0) detectUnexplained(i);
}

function detectEnding(
  i: Investigation,
  { reason, entry }: Ending,
  claims: Readonly<Record<string, unknown>>,
  history: readonly HistoryEntry[],
): void {
  const facts = {
    at: entry.at,
    event: entry.event,
    by: entry.by?.slice(0, 120) ?? null,
  };
  const [first, second] = causesOf(
    entry,
    whoEndedIt(entry, claims, clientOf(claims)),
    wasReused(entry, history),
  );
  // A point in time is often only how another event is put into effect: then the event says more.
  i.suspect(first, {
    confidence: "likely",
    facts,
    explains: [reason],
    weight: first === "revoked.not_before" ? 0.9 : 1,
  });
  if (second)
    i.suspect(second, { confidence: "possible", facts, explains: [reason] });
}

function causesOf(
  { event }: HistoryEntry,
  ender: Ender,
  reused: boolean,
): readonly [Revoked, Revoked?] {
  if (event === "subject.tokens_revoked_before") return ["revoked.not_before"];
  if (
    event === "client.disabled" ||
    event === "key.withdrawn" ||
    (event === "subject.disabled" && ender !== "user")
  )
    return ["revoked.by_administrator"];
  if (reused && ender !== "other" && ender !== "user")
    return ["revoked.refresh_reuse"];
  const user = ["revoked.by_user", "revoked.by_administrator"] as const;
  const administrator = [
    "revoked.by_administrator",
    "revoked.by_user",
  ] as const;
  if (ender === "user" || ender === "client") return user;
  if (ender === "other") return administrator;
  // Nobody is named, or a machine: the event itself says who usually does it.
  if (event === "subject.logged_out" || event === "subject.password_changed")
    return user;
  if (event === "subject.deleted" || ender === "system") return administrator;
  return event === "grant.revoked" ? user : administrator;
}

/** A refresh token of the same grant was presented again, at most a minute before: the answer to that is to revoke the family (RFC 9700 section 4.14.2). */
function wasReused(
  entry: HistoryEntry,
  history: readonly HistoryEntry[],
): boolean {
  const at = Date.parse(entry.at);
  return history.some((other) => {
    const before = at - Date.parse(other.at);
    const sameGrant =
      entry.grantId !== undefined && other.grantId !== undefined
        ? entry.grantId === other.grantId
        : entry.subject !== undefined && entry.subject === other.subject;
    return (
      other.event === "token.reused" &&
      sameGrant &&
      before >= 0 &&
      before <= 60_000
    );
  });
}

/** Ended by the word of a status list, of introspection or of the server: who did it stands in no history that we have. */
function detectUnexplained(i: Investigation): void {
  const reasons: readonly Extract<Reason, `revocation.${string}`>[] = [
    "revocation.token",
    "revocation.grant",
    "revocation.subject",
    "revocation.client",
    "revocation.key",
  ];
  for (const reason of reasons) {
    const evidence = i.found(reason);
    if (!evidence || !("event" in evidence)) continue;
    const facts = {
      at: evidence.at,
      event: evidence.event ?? "revoked",
      by: evidence.by,
    };
    // A status list is written by its keeper; what a server or introspection calls ended, mostly ended at sign-out.
    const listed =
      evidence.event === "invalid" || evidence.event === "suspended";
    const byUser =
      (reason === "revocation.token" || reason === "revocation.grant") &&
      !listed;
    const [first, second] = byUser
      ? (["revoked.by_user", "revoked.by_administrator"] as const)
      : (["revoked.by_administrator", "revoked.by_user"] as const);
    // active: false says that the token does not count, and not whether anybody revoked it (RFC 7662 section 2.2).
    const revoked = evidence.event !== "introspection";
    i.suspect(first, {
      confidence: revoked ? "likely" : "possible",
      facts,
      explains: [reason],
      weight: 1,
    });
    if (reason !== "revocation.client" && reason !== "revocation.key")
      i.suspect(second, { confidence: "possible", facts, explains: [reason] });
    i.wouldTell("the issuer's history would tell who revoked it");
  }
}

function detectUnavailable(
  i: Investigation,
  source: string | null,
  problem: string,
): void {
  const explains = ["revocation.unavailable"] as const;
  i.suspect("status.unreachable", {
    confidence: "likely",
    facts: {
      source: source?.slice(0, 300) ?? null,
      error: problem.slice(0, 200),
    },
    explains,
    weight: 1,
  });
  const refused = /^status (?:400|401|403|404)$/.test(problem);
  if (refused)
    i.suspect("verifier.not_configured", {
      confidence: "possible",
      facts: { setting: "the verifier's own access to the status" },
      explains,
    });
}
