/** The policy of a new family of refresh tokens, from the client's settings and what the standards allow. */
import { isConfidential, type Client } from "../clients/client.ts";
import {
  LONGEST_GRACE,
  LONGEST_GRACE_UNBOUND,
  type FamilyPolicy,
  type ReturnPolicy,
} from "../tokens/refresh-family.ts";

/** `now` in milliseconds. */
export function familyPolicy(
  client: Client,
  jkt: string | null,
  now: number,
): FamilyPolicy {
  const { refresh } = client;
  const held = isHeld(client, jkt);
  return {
    ...returnPolicy(client, jkt),
    // FAPI 2.0 section 5.3.2.1: sender-bound or confidential clients keep their token. A public one without a key always rotates (RFC 9700 section 2.2.2).
    rotate: !held || (!client.fapi && refresh.rotate),
    idleSeconds: refresh.idleSeconds,
    expiresAt: now + refresh.absoluteSeconds * 1000,
  };
}

/** How a superseded token is taken. It counts at once, for families from before as well: a stricter policy that was tried is put in force. */
export function returnPolicy(client: Client, jkt: string | null): ReturnPolicy {
  const { graceSeconds, onReuse, dryRun } = client.refresh;
  return {
    graceSeconds: Math.min(
      graceSeconds,
      isHeld(client, jkt) ? LONGEST_GRACE : LONGEST_GRACE_UNBOUND,
    ),
    onReuse,
    dryRun,
    confidential: isConfidential(client),
  };
}

/** Whoever finds the token cannot use it: it needs a key or the client's proof. */
const isHeld = (client: Client, jkt: string | null): boolean =>
  jkt !== null || isConfidential(client);
