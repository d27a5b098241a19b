/** The finding of a cause for which a token, code or assertion is at fault (contract, "OAuth endpoints"). null: request or registration is. */
import { finding, type Finding } from "@assay/token";
import type { CauseCode } from "../causes.ts";

export interface Ended {
  readonly now: number;
  /** Seconds since the epoch; null: not known. */
  readonly end?: number | null;
  readonly at?: string | null;
  readonly event?: string;
  readonly by?: string | null;
}

export function expiredFinding(now: number, end: number | null): Finding {
  const exp = end ?? now;
  return finding("expiration.expired", {
    exp,
    now,
    toleranceSeconds: 0,
    bySeconds: now - exp,
  });
}

export function findingOfCause(cause: CauseCode, ended: Ended): Finding | null {
  const { now, end = null, at = null, by = null } = ended;
  const event = ended.event ?? "the server's answer";
  const code: string = cause;
  switch (code) {
    case "oauth.code_expired":
    case "oauth.refresh_expired":
    case "oauth.refresh_idle":
    case "oauth.assertion_time":
      return expiredFinding(now, end);
    case "oauth.code_reused":
    case "oauth.refresh_race":
    case "oauth.refresh_lost_response":
    case "oauth.refresh_not_stored":
    case "oauth.refresh_theft":
    case "revoked.refresh_reuse":
      return finding("revocation.grant", { at, event, by });
    case "revoked.by_user":
    case "revoked.by_administrator":
      return finding("revocation.grant", { at, event, by });
    case "revoked.not_before":
      return finding("revocation.subject", { at, event, by });
    case "oauth.refresh_other_client":
      return finding("audience.party_mismatch", {
        expected: [],
        found: null,
        claim: "client_id",
      });
    case "oauth.assertion_audience":
      return finding("audience.mismatch", { expected: [], found: [] });
    case "oauth.assertion_replayed":
      return finding("binding.replayed", { id: "" });
    case "oauth.introspection_wrong_issuer":
      return finding("issuer.mismatch", { expected: [], found: "" });
    case "binding.nonce_required":
      return finding("binding.nonce", { found: false });
    case "scope.step_up":
      return finding("scope.authentication", {
        needed: "a stronger sign-in",
        found: null,
      });
    default:
      return null;
  }
}
