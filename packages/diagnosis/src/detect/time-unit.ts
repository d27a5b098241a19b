import type { Investigation } from "../investigation.ts";
import { reasonsIn } from "./found-reasons.ts";
import type { Times } from "./time-read.ts";

const UNITS = [
  ["milliseconds", 1e3],
  ["microseconds", 1e6],
  ["nanoseconds", 1e9],
] as const;
/** Read in the right unit, the time lies within so many seconds of now: ten years. */
const NEAR = 10 * 366 * 86_400;

/** NumericDates in milliseconds or finer (RFC 7519 section 2 wants seconds). */
export function detectFinerUnit(
  i: Investigation,
  { iat, nbf, exp, now }: Times,
): void {
  const times = Object.entries({ exp, iat, nbf }).filter(
    (entry): entry is [string, number] => entry[1] !== null && entry[1] > 1e11,
  );
  const [first] = times;
  const unit =
    first && UNITS.find(([, per]) => Math.abs(first[1] / per - now) < NEAR);
  if (!unit) return;
  i.suspect("time.milliseconds", {
    confidence: "certain",
    facts: { claims: times.map(([name]) => name), unit: unit[0] },
    explains: reasonsIn(i, "expiration"),
    weight: 80,
  });
}
