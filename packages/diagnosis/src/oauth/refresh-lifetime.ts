/** Whether a refresh token that nobody used or revoked before reached its greatest age, or was unused for too long. Pure. */
import type { HistoryEntry } from "../inquiry.ts";
import { familyOf } from "./refresh-family.ts";

export interface LifetimeJudgement {
  readonly story: "expired" | "idle";
  readonly ageSeconds: number;
  readonly idleSeconds: number;
  /** A usual greatest age that has just passed; null: none fits. */
  readonly limitSeconds: number | null;
}

const [HOUR, DAY] = [3_600, 86_400];
/** Greatest ages that servers set: Keycloak 10 h, Entra 24 h, Google 7 d, Cognito 30 d, and other round ones. */
const LIMITS = [
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  10 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
  31 * DAY,
  60 * DAY,
  90 * DAY,
  180 * DAY,
  365 * DAY,
];
/** Ages of a token that was never used, which are greatest ages at servers that people know. */
const OF_UNUSED = [8 * HOUR, 10 * HOUR, 12 * HOUR, DAY, 7 * DAY];
/** Below this nothing ends by age or rest. */
const YOUNG = 600;

/** `at` in milliseconds. null: the history does not know the token, or it is too young to end. */
export function judgeLifetime(
  tokenIds: readonly string[],
  history: readonly HistoryEntry[],
  at: number,
): LifetimeJudgement | null {
  const { entries } = familyOf(tokenIds, history, at);
  const times = entries
    .filter(
      ({ event }) => event === "token.issued" || event === "token.refreshed",
    )
    .map((entry) => Date.parse(entry.at));
  const [start, last] = [times[0], times.at(-1)];
  if (start === undefined || last === undefined) return null;
  const ageSeconds = (at - start) / 1000;
  const idleSeconds = (at - last) / 1000;
  if (ageSeconds < YOUNG) return null;
  const longest = longestPause(times);
  const limitSeconds =
    LIMITS.findLast(
      (limit) =>
        limit <= ageSeconds &&
        ageSeconds - limit <= Math.max(longest * 1.1, limit * 0.02),
    ) ?? null;
  const story =
    longest > 0
      ? idleSeconds > 1.5 * longest && idleSeconds > YOUNG
        ? "idle"
        : "expired"
      : OF_UNUSED.some((limit) => limit === limitSeconds)
        ? "expired"
        : "idle";
  return { story, ageSeconds, idleSeconds, limitSeconds };
}

/** The longest time between two renewals that went well, in seconds; 0: there was none. */
function longestPause(times: readonly number[]): number {
  let longest = 0;
  for (let i = 1; i < times.length; i++)
    longest = Math.max(longest, ((times[i] ?? 0) - (times[i - 1] ?? 0)) / 1000);
  return longest > 5 ? longest : 0;
}
