/**
 * What mostly lies behind a refusal whose cause the server does not know itself: a text that it never saw, or a reason alone. Nothing here is
 * certain, and the words of the answer are no evidence: the server chose them.
 */
import type { CauseCode, Confidence } from "@assay/diagnosis";
import { stepOf, type Reason } from "@assay/token";
import type { RefusalDetail } from "../errors.ts";
import type { RefusalRecord } from "./refusal-record.ts";

export interface UsualCause {
  readonly cause: CauseCode;
  readonly confidence: Confidence;
  readonly facts: NonNullable<RefusalDetail["facts"]>;
}

const BY_REASON: { readonly [R in Reason]?: CauseCode } = {
  "expiration.expired": "time.expired",
  "binding.proof_missing": "binding.scheme_downgraded",
  "binding.key_mismatch": "binding.other_key",
  "binding.request_mismatch": "binding.proof_stale",
  "binding.replayed": "binding.proof_stale",
  "binding.nonce": "binding.nonce_required",
  "signature.mismatch": "key.unknown",
  "signature.key_not_found": "key.unknown",
  "audience.party_mismatch": "oauth.refresh_other_client",
  "revocation.grant": "revoked.by_user",
  "revocation.subject": "revoked.by_administrator",
  "revocation.client": "revoked.by_administrator",
  "revocation.key": "revoked.by_administrator",
  "revocation.token": "revoked.by_administrator",
};

/** Best first; empty where nothing is usual. */
export function usualCauses({
  endpoint,
  detail: { reason, facts = {} },
}: RefusalRecord): readonly UsualCause[] {
  // Whose token it is was known: the caller is not set up for it.
  if (endpoint === "introspection" && reason === "audience.mismatch")
    return [
      likely("verifier.not_configured", {
        setting: "the resources whose tokens this client may introspect",
      }),
    ];
  const unseen = ofUnseen(endpoint, reason, facts);
  if (unseen.length > 0) return unseen;
  const cause = reason === null ? undefined : BY_REASON[reason];
  if (reason === null || cause === undefined) return [];
  return [
    stepOf(reason) === "binding" || stepOf(reason) === "expiration"
      ? likely(cause, facts)
      : possible(cause, facts),
  ];
}

/** A text by its form: of a damaged one the checksum tells it; what is well formed and unknown was mostly forgotten after its time. */
function ofUnseen(
  endpoint: string,
  reason: Reason | null,
  {
    form,
    kind,
    outcome,
    grant,
    tokenIssuer,
  }: NonNullable<RefusalDetail["facts"]>,
): readonly UsualCause[] {
  if (form === "damaged") return [likely("token.altered", {})];
  if (outcome === "unknown")
    return [possible("oauth.code_expired"), possible("oauth.code_reused")];
  // What stands in the place of a refresh token is none of ours.
  if (grant === "refresh_token" && kind !== "refresh")
    return [
      likely("oauth.request_format", {
        how: "unknown",
        parameter: "refresh_token",
      }),
    ];
  if (endpoint === "introspection") {
    if (typeof tokenIssuer === "string")
      return [likely("oauth.introspection_wrong_issuer", { tokenIssuer })];
    if (form === "foreign")
      return [possible("oauth.introspection_wrong_issuer")];
    if (form === "secret")
      return [likely("token.key_instead", { name: "a secret of a client" })];
    if (form === "code")
      return [
        likely("oauth.request_format", { how: "unknown", parameter: "token" }),
      ];
    // It names us, and none of our keys has signed what it says now.
    if (reason === "signature.mismatch")
      return [possible("token.altered"), possible("key.unknown")];
    if (reason === "signature.algorithm_none" || reason === "signature.missing")
      return [likely("token.forged", { pattern: "it has no signature" })];
  }
  if (kind === "refresh" && form !== undefined)
    return [
      possible("oauth.refresh_expired"),
      possible("oauth.refresh_not_stored"),
      possible("oauth.introspection_wrong_issuer"),
    ];
  return form === "unknown"
    ? [possible("time.expired"), possible("oauth.introspection_wrong_issuer")]
    : [];
}

const likely = (
  cause: CauseCode,
  facts: UsualCause["facts"] = {},
): UsualCause => ({ cause, confidence: "likely", facts });

const possible = (
  cause: CauseCode,
  facts: UsualCause["facts"] = {},
): UsualCause => ({ cause, confidence: "possible", facts });
