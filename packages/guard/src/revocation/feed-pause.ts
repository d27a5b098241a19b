/** How long a guard waits before it connects to the feed again. In milliseconds. */
import type { FeedFault } from "./feed-fault.ts";

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5000;
/** Where the server refused us, which does not pass by itself. */
const LONGEST_AFTER_REFUSAL = 60_000;
/**
 * `failures`: connections in a row that did not last. `random`: 0 to 1, so that the guards of a server that starts anew do not all come at
 * once.
 */
export function pauseAfter(
  { isRefusal, retryAfter }: FeedFault,
  failures: number,
  random: number,
): number {
  const longest = isRefusal ? LONGEST_AFTER_REFUSAL : LONGEST_PAUSE;
  const pause =
    Math.min(longest, FIRST_PAUSE * 2 ** failures) * (0.5 + random / 2);
  const asked = Math.min((retryAfter ?? 0) * 1000, LONGEST_AFTER_REFUSAL);
  return Math.max(pause, asked * (1 + random / 4));
}
