import { ENGLISH, moment, type Language } from "../explain.ts";

/** One point of a token's life, in words. */
export interface Mark {
  readonly what: "iat" | "nbf" | "exp" | "now";
  /** Seconds since the epoch. */
  readonly at: number;
  /** "expired 3 hours 12 minutes ago". */
  readonly words: string;
  /** "09:48:11 UTC". */
  readonly moment: string;
}

/** iat, nbf, exp and now, in the order of time. Times are what the token says; without `now` no distance is said. */
export function timeline(
  claims: object | null,
  now: number | null,
  language: Language = ENGLISH,
): readonly Mark[] {
  const times = (claims ?? {}) as Readonly<Record<string, unknown>>;
  const marks = (["iat", "nbf", "exp"] as const).flatMap((what): Mark[] => {
    const at = times[what];
    if (typeof at !== "number" || !Number.isFinite(at)) return [];
    return [
      {
        what,
        at,
        words: inWords(what, at, now, language),
        moment: moment(at, now),
      },
    ];
  });
  if (marks.length === 0) return [];
  const present: Mark[] =
    now === null
      ? []
      : [{ what: "now", at: now, words: language.now, moment: moment(now) }];
  return [...marks, ...present].toSorted((a, b) => a.at - b.at);
}

function inWords(
  what: "iat" | "nbf" | "exp",
  at: number,
  now: number | null,
  { times, distance }: Language,
): string {
  const [past, future] = times[what];
  if (now === null) return what;
  return `${at <= now ? past : future} ${distance(at, now)}`;
}
