/** Local time written as if it were UTC: a time claim lies whole half-hours away from where it should. */
import type { Investigation } from "../investigation.ts";
import type { Times } from "./time-read.ts";

const HALF_HOUR = 1_800;
const HOUR = 3_600;
/** Zones with a quarter of an hour: Nepal, Eucla, Chatham with and without summer time. */
const QUARTERS = [20_700, 31_500, 45_900, 49_500];
const FARTHEST = 14 * HOUR;
/** From the making of a token to its judging pass some seconds; where clocks are known to agree, some minutes are believed. */
const TRAVEL = { agreed: 300, unknown: 120 };
const FIRST_MINUTE = 60;

export function detectZone(i: Investigation, times: Times): void {
  const { iat, nbf, now, clocksAgree } = times;
  const travel = clocksAgree ? TRAVEL.agreed : TRAVEL.unknown;
  // The clocks themselves are off: then they explain it.
  if (times.skew?.measured && !clocksAgree) return;
  const weight = clocksAgree ? 50 : 30;
  const issued =
    i.found("expiration.issued_in_future") && iat !== null && iat < 1e11
      ? zoneOf(iat - now, 5, travel)
      : null;
  if (issued !== null) suspect(i, "iat", issued, weight);
  const begun =
    i.found("expiration.not_yet_valid") &&
    nbf !== null &&
    nbf < 1e11 &&
    issued === null
      ? zoneOf(nbf - now, 5, travel)
      : null;
  if (begun !== null && (iat === null || iat > now))
    suspect(i, "nbf", begun, weight);
  if (
    begun !== null &&
    iat !== null &&
    iat <= now &&
    times.exp !== null &&
    nbf !== null &&
    times.exp <= nbf
  )
    suspect(i, "nbf", begun, weight + 10);
  if (i.found("expiration.expired")) detectEarlier(i, times, travel);
}

/** West of Greenwich the local time is earlier: the token is born old, or ends before it begins. */
function detectEarlier(
  i: Investigation,
  { iat, exp, now, lifetime, clocksAgree }: Times,
  travel: number,
): void {
  if (exp === null || lifetime === null || iat === null || exp < 1e9) return;
  if (lifetime < 0) {
    const offset =
      -lifetime >= 9_000 && lifetime % 60 === 0
        ? Math.ceil(-lifetime / HOUR) * HOUR
        : null;
    if (offset !== null && offset <= FARTHEST) suspect(i, "exp", -offset, 60);
    return;
  }
  const born = bornAt(i);
  const known = born !== null ? zoneOf(born - iat, 60, 60) : null;
  if (known !== null) suspect(i, "iat", -known, 55);
  const age = zoneOf(now - iat, travel, 5);
  if (known !== null || age === null || lifetime > age) return;
  // Old tokens are common, and some are hours old to the minute: only a token in its first minute is likelier to be born old.
  const since = now - iat - age;
  const fresh = clocksAgree && since > 0 && since <= FIRST_MINUTE;
  suspect(i, "iat", -age, fresh ? 30 : 1, fresh ? "likely" : "possible");
}

/** When the history says that this token was issued, seconds since the epoch. */
function bornAt({ context, token }: Investigation): number | null {
  const jti = token?.claims?.["jti"];
  const entry = context.history?.find(
    ({ event, tokenId }) =>
      event === "token.issued" && tokenId !== undefined && tokenId === jti,
  );
  return entry ? Date.parse(entry.at) / 1000 : null;
}

function suspect(
  i: Investigation,
  claim: string,
  offsetSeconds: number,
  weight: number,
  confidence: "likely" | "possible" = "likely",
): void {
  const explains = (
    [
      "expiration.expired",
      "expiration.not_yet_valid",
      "expiration.issued_in_future",
    ] as const
  ).filter((reason) => i.found(reason));
  i.suspect("time.zone_offset", {
    confidence,
    facts: { claim, offsetSeconds },
    explains,
    weight,
  });
}

/** The offset of a time zone that the difference is, up to `over` seconds more or `under` seconds less. null: it is none. */
function zoneOf(
  difference: number,
  over: number,
  under: number,
): number | null {
  const near = Math.round(difference / HALF_HOUR) * HALF_HOUR;
  const above = Math.ceil(difference / HALF_HOUR) * HALF_HOUR;
  const below = Math.floor(difference / HALF_HOUR) * HALF_HOUR;
  const fits = (offset: number): boolean =>
    offset >= HOUR &&
    offset <= FARTHEST &&
    difference - offset <= over &&
    offset - difference <= under;
  return [near, above, below, ...QUARTERS].find(fits) ?? null;
}
