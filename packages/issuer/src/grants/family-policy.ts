/** The policy of a new family of refresh tokens, from the client's settings and what the standards allow. */
import { isConfidential, type Client } from "../clients/client.ts";
import {
  LONGEST_GRACE,
  LONGEST_GRACE_UNBOUND,
  type FamilyPolicy,
} from "../tokens/refresh-family.ts";

/** `now` in milliseconds. */
export function familyPolicy(
  client: Client,
  jkt: string | null,
  now: number,
): FamilyPolicy {
  const { refresh } = client;
  const held = jkt !== null || isConfidential(client);
  return {
    // FAPI 2.0 section 5.3.2.1: sender-bound or confidential clients keep their token. A public one without a key always rotates (RFC 9700 section 2.2.2).
    rotate: !held || (!client.fapi && refresh.rotate),
    graceSeconds: Math.min(
      refresh.graceSeconds,
      held ? LONGEST_GRACE : LONGEST_GRACE_UNBOUND,
    ),
    idleSeconds: refresh.idleSeconds,
    expiresAt: now + refresh.absoluteSeconds * 1000,
    onReuse: refresh.onReuse,
    dryRun: refresh.dryRun,
    confidential: isConfidential(client),
  };
}
