/** The session behind the credentials has ended: by what the answer says, or by an end that the environment or a file names. */
import type { AwsCase } from "../aws-case.ts";
import { kindOfKey } from "../key-id.ts";
import { keptSession } from "../kept-session.ts";
import { momentOf, utcMoment } from "../moment.ts";
import { readSessionToken } from "../session-token.ts";

/** No session lives longer: GetSessionToken takes 129600 seconds at most (STS API reference). */
const LONGEST = 129_600;

export function detectSessionEnd(seen: AwsCase): void {
  if (!seen.refused || seen.keyId === null) return bySaying(seen);
  const kind = kindOfKey(seen.keyId.trim());
  const at = seen.serviceTime ?? seen.now;
  const end = kind === "long_term" ? null : endOf(seen);
  const ended = end !== null && end <= at;
  const said =
    seen.meaning === "session_ended" ||
    (seen.answer.code === "RequestExpired" && kind === "temporary");
  if (!said && !(ended && fits(seen))) return;
  if (
    seen.found("expiration.expired") &&
    !ended &&
    seen.meaning !== "session_ended"
  )
    return;
  const { parsed } = seen;
  const signedAt = momentOf(parsed?.amzDate ?? null);
  const promised =
    parsed?.form === "query" &&
    parsed.expiresSeconds !== null &&
    signedAt !== null
      ? signedAt + parsed.expiresSeconds
      : null;
  expired(seen, ended ? end : at, at);
  const outlives = promised !== null && promised > at;
  if (outlives)
    seen.suspect(
      "aws.presigned_outlives_session",
      "likely",
      {
        lifetimeSeconds: parsed?.expiresSeconds ?? 0,
        promisedUntil: promised,
        endedAt: ended ? end : at,
      },
      ["expiration.expired"],
      7,
    );
  seen.suspect(
    "aws.session_expired",
    "likely",
    {
      keyId: seen.keyId.trim(),
      end: ended ? new Date(end * 1000).toISOString() : null,
      bySeconds: ended ? Math.round(at - end) : null,
    },
    ["expiration.expired"],
    promised === null || outlives ? 4 : 2,
  );
}

/** An answer that speaks of something else is not contradicted by a date in a file. */
const fits = ({ meaning }: AwsCase): boolean =>
  meaning === null ||
  ["key_unknown", "token_invalid", "denied", "time"].includes(meaning);

function endOf(seen: AwsCase): number | null {
  for (const { end } of seen.own)
    if (end !== null) {
      const at = utcMoment(end);
      if (at !== null) return at;
    }
  const kept = keptSession(seen.inquiry, seen.keyId?.trim() ?? "");
  if (kept) return kept.end;
  const environment = [...seen.configuration.environment];
  // A helper may have exported the end of a session whose key is masked here.
  if (seen.own.length === 0 && seen.configuration.all.length === 0)
    for (const [name, value] of environment)
      if (/EXPIR/i.test(name) && utcMoment(value) !== null)
        return utcMoment(value);
  const { issuedAt } = readSessionToken(seen.sessionTokens[0] ?? "");
  return issuedAt === null ? null : issuedAt + LONGEST;
}

function bySaying(seen: AwsCase): void {
  if (!seen.refused || seen.meaning !== "session_ended") return;
  const at = seen.serviceTime ?? seen.now;
  const kept = keptSession(seen.inquiry, null);
  const ended = kept !== null && kept.end <= at ? kept : null;
  expired(seen, ended?.end ?? at, at);
  seen.suspect(
    "aws.session_expired",
    "likely",
    {
      keyId: ended?.keyId ?? null,
      end: ended === null ? null : new Date(ended.end * 1000).toISOString(),
      bySeconds: ended === null ? null : Math.round(at - ended.end),
    },
    ["expiration.expired"],
  );
}

export function expired(seen: AwsCase, exp: number, now: number): void {
  seen.find("expiration.expired", {
    exp,
    now,
    bySeconds: Math.max(0, now - exp),
    toleranceSeconds: 0,
  });
}
