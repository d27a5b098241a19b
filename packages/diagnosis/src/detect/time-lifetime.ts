/** The lifetime itself is odd: none at all, a thousandth or a sixtieth of what is usual, or a thousand times as long. */
import type { Facts } from "../causes.ts";
import type { Investigation } from "../investigation.ts";
import type { Times } from "./time-read.ts";

const [MINUTE, HOUR, DAY] = [60, 3_600, 86_400];
/** Lifetimes that people set, in seconds. */
const USUAL = [5, 10, 15, 20, 30, 45]
  .map((n) => n * MINUTE)
  .concat(
    [1, 2, 3, 4, 6, 8, 10, 12].map((n) => n * HOUR),
    [1, 2, 3, 5, 7, 10, 14, 15, 28, 30, 31, 60, 90, 180, 365].map(
      (n) => n * DAY,
    ),
    [90 * MINUTE],
  );
/** Beyond this difference, in seconds, an end before the beginning is a matter of time zones. */
const ZONE = 9_000;
/** A time this small is a length of time that somebody took for a moment: NumericDates of our days have ten digits. */
const OLDEST = 1e9;

export function detectLifetime(i: Investigation, times: Times): void {
  const { iat, nbf, exp, lifetime } = times;
  if (exp === null) return;
  if (i.found("expiration.expired")) {
    if (exp < OLDEST) durationAsMoment(i, exp, iat ?? nbf);
    else if (lifetime !== null && lifetime <= 0)
      zeroLifetime(i, (iat ?? nbf) as number, exp);
    else if (nbf !== null && exp <= nbf) zeroLifetime(i, nbf, exp);
    else if (lifetime !== null) tooShort(i, lifetime, exp);
  } else if (
    i.found("expiration.not_yet_valid") &&
    nbf !== null &&
    exp <= nbf &&
    exp - nbf > -ZONE
  )
    zeroLifetime(i, nbf, exp);
  if (
    i.found("expiration.lifetime_too_long") &&
    lifetime !== null &&
    exp < 1e11
  )
    tooLong(i, lifetime);
}

/** exp: 3600. Whoever wrote it gave the lifetime, and not its end. */
function durationAsMoment(
  i: Investigation,
  exp: number,
  iat: number | null,
): void {
  const explains = ["expiration.expired"] as const;
  const before = iat !== null && exp <= iat;
  const coarse = coarseUnit(exp, iat, i.now);
  i.suspect("time.lifetime_unit", {
    confidence: "likely",
    facts: coarse ?? {
      how: "length_as_end",
      lifetimeSeconds: exp,
      meantSeconds: exp,
      unit: "seconds from the time of issue",
    },
    explains,
    weight: before ? 40 : 50,
  });
  if (before)
    i.suspect("time.zero_lifetime", {
      confidence: "likely",
      facts: { iat, exp },
      explains,
      weight: 45,
    });
}

/** Moments in minutes, hours or days since 1970: both times are, or the end is and is no length that anybody sets. */
const COARSE = [
  ["minutes since 1970", MINUTE],
  ["hours since 1970", HOUR],
  ["days since 1970", DAY],
] as const;
/** Read so, the end lies within so many seconds of now: a year. */
const NEAR = 366 * DAY;

function coarseUnit(
  exp: number,
  iat: number | null,
  now: number,
): Facts["time.lifetime_unit"] | null {
  const both = iat !== null && iat < OLDEST;
  if (!both && USUAL.includes(exp)) return null;
  const unit = COARSE.find(
    ([, size]) =>
      Math.abs(exp * size - now) < NEAR &&
      (!both || Math.abs(iat * size - now) < NEAR),
  );
  if (!unit) return null;
  const [name, size] = unit;
  const begin = iat === null ? now : both ? iat * size : iat;
  return {
    how: "since_1970",
    lifetimeSeconds: exp * size - begin,
    meantSeconds: exp * size,
    unit: name,
  };
}

function zeroLifetime(i: Investigation, iat: number, exp: number): void {
  const zoned = iat - exp >= ZONE && (iat - exp) % MINUTE === 0;
  const explains = (
    ["expiration.expired", "expiration.not_yet_valid"] as const
  ).filter((reason) => i.found(reason));
  i.suspect("time.zero_lifetime", {
    confidence: iat - exp < 900 ? "certain" : "likely",
    facts: { iat, exp },
    explains,
    weight: zoned ? 40 : 70,
  });
}

/**
 * The usual lifetime of which this one is a thousandth. Both ends are often cut to whole seconds, so that it may be off by one; among
 * several an hour or a day is meant rather than others, else the nearest.
 */
function thousandfold(lifetime: number): number | null {
  const off = (usual: number): number => Math.abs(usual / 1000 - lifetime);
  const near = USUAL.filter(
    (usual) => usual >= 30 * MINUTE && off(usual) < 1,
  ).toSorted((a, b) => off(a) - off(b));
  const common = Number.isInteger(lifetime)
    ? near.find((usual) => usual === HOUR || usual === DAY)
    : undefined;
  return common ?? near[0] ?? null;
}

function tooShort(i: Investigation, seconds: number, end: number): void {
  // A fraction of a NumericDate loses its last digits in the difference.
  const lifetime = Math.round(seconds * 1e3) / 1e3;
  const explains = ["expiration.expired"] as const;
  const assertion = i.policy.kind === "client_assertion";
  // Read as minutes, the token would still be good: somebody meant minutes. Consoles of Keycloak live for a minute on purpose.
  const sixty =
    USUAL.includes(lifetime * MINUTE) &&
    i.now < end - lifetime + lifetime * MINUTE;
  const thousand = thousandfold(lifetime);
  const short = lifetime <= 30;
  // What is exactly minutes that people set is that, unless the thousandfold is as exact.
  if (
    thousand !== null &&
    (!sixty || lifetime * 1000 === thousand) &&
    (short || Math.round(lifetime) === Math.round(thousand / 1000))
  ) {
    i.suspect("time.lifetime_unit", {
      confidence:
        lifetime < 10 || thousand >= DAY
          ? "likely"
          : assertion
            ? "possible"
            : "likely",
      facts: {
        how: "unit",
        lifetimeSeconds: lifetime,
        meantSeconds: thousand,
        unit: "milliseconds",
      },
      explains,
      weight: 50,
    });
    return;
  }
  const onPurpose =
    assertion || (lifetime === MINUTE && i.token?.claims?.["typ"] === "Bearer");
  if (sixty && lifetime <= 60)
    i.suspect("time.lifetime_unit", {
      confidence: onPurpose ? "possible" : "likely",
      facts: {
        how: "unit",
        lifetimeSeconds: lifetime,
        meantSeconds: lifetime * MINUTE,
        unit: "minutes",
      },
      explains,
      weight: 45,
    });
  else if (lifetime < 30)
    i.suspect("time.lifetime_unit", {
      confidence: assertion ? "possible" : "likely",
      facts: {
        how: "unit",
        lifetimeSeconds: lifetime,
        meantSeconds: lifetime * 1000,
        unit: "milliseconds",
      },
      explains,
      weight: 40,
    });
}

function tooLong(i: Investigation, lifetime: number): void {
  const limit = i.policy.maxLifetime ?? lifetime;
  for (const [factor, unit] of [
    [1000, "milliseconds"],
    [60, "minutes"],
  ] as const) {
    const meant = lifetime / factor;
    if (
      !Number.isInteger(meant) ||
      meant > limit ||
      !(USUAL.includes(meant) || meant === limit || meant === MINUTE)
    )
      continue;
    i.suspect("time.lifetime_unit", {
      confidence: factor === 1000 || meant === limit ? "likely" : "possible",
      facts: {
        how: "unit",
        lifetimeSeconds: lifetime,
        meantSeconds: meant,
        unit,
      },
      explains: ["expiration.lifetime_too_long"],
      weight: 50,
    });
    return;
  }
}
