/** When tokens are renewed. */
import type { TokenSet } from "./token-set.ts";

/** The part of its life at whose end a token is renewed, and the most that is, in milliseconds. */
const LEAD_PART = 0.2;
const LONGEST_LEAD = 60_000;
/** So long before its end, at most, a token is not handed out any more: it still has to get there. In milliseconds. */
const LONGEST_MARGIN = 5000;
const MARGIN_PART = 0.05;

export type Freshness =
  | "good"
  /** Good, and time to renew. */
  | "due"
  /** Still accepted, but too near its end to be handed out while a new one can be had. */
  | "ending"
  | "expired";

/**
 * `now`: the server's clock. `spread`: 0 to 1, drawn once a token, so that a thousand clients that started together do not renew together.
 * `minimum`: milliseconds that it has to last at least; never more than half of its life, which would renew for ever.
 */
export function freshness(
  { obtainedAt, expiresAt }: Pick<TokenSet, "obtainedAt" | "expiresAt">,
  {
    now,
    spread,
    minimum,
  }: {
    readonly now: number;
    readonly spread: number;
    readonly minimum: number;
  },
): Freshness {
  if (expiresAt === null) return "good";
  const life = Math.max(0, expiresAt - obtainedAt);
  const left = expiresAt - now;
  const margin = Math.max(
    Math.min(life * MARGIN_PART, LONGEST_MARGIN),
    Math.min(minimum, life / 2),
  );
  const lead = Math.min(life * LEAD_PART, LONGEST_LEAD) * (1 + spread / 2);
  if (left <= 0) return "expired";
  if (left <= margin) return "ending";
  return left <= lead ? "due" : "good";
}
