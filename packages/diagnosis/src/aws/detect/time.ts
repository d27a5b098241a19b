/** The date of the request beside the service's clock: a clock that is wrong, a request that waited, a presigned URL at its end. */
import type { AwsCase } from "../aws-case.ts";
import { headersOf } from "../wire.ts";
import { kindOfKey } from "../key-id.ts";
import { momentOf, utcMoment } from "../moment.ts";

/** S3, STS and IAM take fifteen minutes to each side; others say their own limit in the answer. */
const LIMIT = 900;
/** Signature Version 4 in a query: seven days at most. */
const LONGEST = 604_800;

export function detectTime(seen: AwsCase): void {
  const { parsed, meaning } = seen;
  const signedAt = momentOf(parsed?.amzDate ?? null) ?? saidTime(seen);
  const lifetime = parsed?.form === "query" ? parsed.expiresSeconds : null;
  if (lifetime !== null) return presigned(seen, signedAt, lifetime);
  if (meaning === "presigned_ended" || meaning === "presigned_too_long")
    return presignedBySaying(seen);
  if (!seen.refused && seen.answer.date === null) return;
  const at = seen.serviceTime;
  if (signedAt === null || at === null) {
    if (meaning === "time") bySaying(seen);
    return;
  }
  const ahead = signedAt - at;
  const limit = saidLimit(seen.answer.message) ?? LIMIT;
  if (Math.abs(ahead) <= limit || !seen.refused) {
    if (meaning === "time") bySaying(seen);
    return;
  }
  if (ahead > 0) {
    seen.find("expiration.issued_in_future", {
      iat: signedAt,
      now: at,
      bySeconds: ahead,
      toleranceSeconds: limit,
    });
    return skew(seen, ahead, limit, 6);
  }
  behind(seen, signedAt, at, limit);
}

function behind(
  seen: AwsCase,
  signedAt: number,
  at: number,
  limit: number,
): void {
  const age = at - signedAt;
  seen.find("expiration.expired", {
    exp: signedAt + limit,
    now: at,
    bySeconds: Math.max(0, age - limit),
    toleranceSeconds: limit,
  });
  const difference = clockDifference(seen);
  const attempt = attemptOf(seen);
  const agree =
    difference !== null && Math.abs(difference) < Math.min(limit, age / 2);
  if (difference !== null) {
    if (agree) stale(seen, age, limit, attempt, true, 6);
    else skew(seen, -age, limit, 6);
    return;
  }
  const waited = attempt !== null || isLarge(seen);
  const wholeHours =
    age > 3_000 && Math.abs(((age + 1_800) % 3_600) - 1_800) < 120;
  stale(seen, age, limit, attempt, false, waited && !wholeHours ? 6 : 1);
  skew(seen, -age, limit, 3);
}

function skew(
  seen: AwsCase,
  ahead: number,
  limit: number,
  weight: number,
): void {
  seen.suspect(
    "aws.clock_skew",
    "likely",
    {
      bySeconds: ahead,
      limitSeconds: limit,
      clocksKnown: clockDifference(seen) !== null,
    },
    ["expiration.expired", "expiration.issued_in_future"],
    weight,
  );
}

function stale(
  seen: AwsCase,
  ageSeconds: number,
  limitSeconds: number,
  attempt: number | null,
  clocksAgree: boolean,
  weight: number,
): void {
  seen.suspect(
    "aws.signature_stale",
    weight > 3 ? "likely" : "possible",
    { ageSeconds, limitSeconds, attempt, clocksAgree },
    ["expiration.expired"],
    weight,
  );
}

/** The service's clock less the client's, as somebody read them at one moment. */
function clockDifference({ inquiry }: AwsCase): number | null {
  const { client, service, verifier } = inquiry.context?.clocks ?? {};
  const theirs = service ?? verifier;
  if (client === undefined || theirs === undefined) return null;
  return (Date.parse(theirs) - Date.parse(client)) / 1000;
}

/** "attempt=3; max=4", or the older "amz-sdk-retry: 2/100/485"; proxies count too. */
function attemptOf({ inquiry: { request } }: AwsCase): number | null {
  const of = (name: string): string => headersOf(request, name)[0] ?? "";
  const attempt = Number(
    /attempt=(\d{1,3})/.exec(of("amz-sdk-request"))?.[1] ??
      of("x-envoy-attempt-count").slice(0, 3),
  );
  const retry = Number(/^(\d{1,3})/.exec(of("amz-sdk-retry"))?.[1] ?? "0") + 1;
  const count = Math.max(attempt || 0, retry);
  return count > 1 ? count : null;
}

/** A body that takes minutes to send. */
function isLarge({ inquiry: { request } }: AwsCase): boolean {
  return Number(headersOf(request, "content-length")[0] ?? 0) > 50_000_000;
}

function presigned(
  seen: AwsCase,
  signedAt: number | null,
  seconds: number,
): void {
  const at = seen.serviceTime;
  if (seconds > LONGEST && seen.refused) {
    seen.find("expiration.lifetime_too_long", {
      lifetimeSeconds: seconds,
      maxLifetimeSeconds: LONGEST,
    });
    return expired(seen, seconds, null, null, true);
  }
  if (signedAt === null || at === null || !seen.refused) return;
  const end = signedAt + seconds;
  if (at >= end) {
    seen.find("expiration.expired", {
      exp: end,
      now: at,
      bySeconds: at - end,
      toleranceSeconds: 0,
    });
    expired(seen, seconds, end, at - end, false);
  } else if (signedAt - at > LIMIT) {
    seen.find("expiration.issued_in_future", {
      iat: signedAt,
      now: at,
      bySeconds: signedAt - at,
      toleranceSeconds: LIMIT,
    });
    skew(seen, signedAt - at, LIMIT, 6);
  } else if (seen.meaning === "presigned_ended") presignedBySaying(seen);
}

function presignedBySaying(seen: AwsCase): void {
  const tooLong = seen.meaning === "presigned_too_long";
  const end = utcMoment(seen.answer.field("Expires"));
  const seconds = Number(seen.answer.field("X-Amz-Expires") ?? "");
  const at = seen.serviceTime ?? seen.now;
  if (tooLong)
    seen.find("expiration.lifetime_too_long", {
      lifetimeSeconds: seconds || LONGEST + 1,
      maxLifetimeSeconds: LONGEST,
    });
  else
    seen.find("expiration.expired", {
      exp: end ?? at,
      now: at,
      bySeconds: end === null ? 0 : at - end,
      toleranceSeconds: 0,
    });
  expired(seen, seconds || null, end, end === null ? null : at - end, tooLong);
}

function expired(
  seen: AwsCase,
  lifetimeSeconds: number | null,
  end: number | null,
  bySeconds: number | null,
  tooLong: boolean,
): void {
  seen.suspect(
    "aws.presigned_expired",
    "likely",
    { lifetimeSeconds, end, bySeconds, tooLong, of: "url" },
    ["expiration.expired", "expiration.lifetime_too_long"],
    7,
  );
}

/** The times stand in the sentence: "Signature expired: A is now earlier than B (C - 15 min.)". */
function bySaying(seen: AwsCase): void {
  const times = seen.answer.message.slice(0, 500).match(/\d{8}T\d{6}Z/g) ?? [];
  const signedAt = momentOf(times[0] ?? null) ?? seen.now;
  const at = momentOf(times[2] ?? times[1] ?? null) ?? seen.now;
  const limit = saidLimit(seen.answer.message) ?? LIMIT;
  if (signedAt > at || /not yet current/i.test(seen.answer.message)) {
    seen.find("expiration.issued_in_future", {
      iat: signedAt,
      now: at,
      bySeconds: Math.max(0, signedAt - at),
      toleranceSeconds: limit,
    });
    return skew(seen, Math.max(1, signedAt - at), limit, 6);
  }
  // EC2 says RequestExpired of an ended session too.
  const session =
    seen.answer.code === "RequestExpired" &&
    kindOfKey(seen.keyId ?? "") === "temporary";
  if (session && Math.abs(signedAt - at) <= limit) return;
  behind(seen, signedAt, at, limit);
}

function saidTime({ answer }: AwsCase): number | null {
  return (
    momentOf(answer.field("RequestTime")) ??
    momentOf(
      /Signature (?:expired|not yet current): (\d{8}T\d{6}Z)/.exec(
        answer.message.slice(0, 300),
      )?.[1] ?? null,
    )
  );
}

/** "(… - 15 min.)", "(… + 5 min.)", or MaxAllowedSkewMilliseconds. */
function saidLimit(message: string): number | null {
  const minutes = /[-+] (\d{1,3}) min/.exec(message.slice(0, 500))?.[1];
  return minutes === undefined ? null : Number(minutes) * 60;
}
