/** Why a refresh token is refused: one answer on the wire for what the bearer has not proven to know, and the whole reason behind the handle. */
import type { CauseCode } from "@assay/diagnosis";
import { REFRESH_CAUSES } from "@assay/diagnosis/refresh";
import type { Reason } from "@assay/token";
import { OAuthError } from "../errors.ts";
import type { FoundRefreshToken } from "../store/store.ts";
import type {
  RefreshOutcome,
  RefreshRefusal,
} from "../tokens/refresh-family.ts";

/** null: the token was there a moment ago, and is not any more. */
export function refreshRefusal(
  { tokenId, family, grant }: FoundRefreshToken,
  outcome: RefreshOutcome | null,
): OAuthError {
  const known = {
    clientId: family.clientId,
    grantId: family.grantId,
    tokenId,
    ...(grant.subject !== null && { subject: grant.subject }),
  };
  if (outcome?.kind === "reused") {
    const { judgement, revoked, dryRun } = outcome;
    return new OAuthError("invalid_grant", NO_LONGER, {
      ...known,
      reason: "revocation.grant",
      cause: judgement
        ? REFRESH_CAUSES[judgement.story]
        : "revoked.refresh_reuse",
      facts: {
        event: revoked ? "grant.revoked" : "token.reused",
        story: judgement?.story ?? null,
        secondsAfterFirstUse: judgement?.secondsAfterFirstUse ?? null,
        generationsBehind: judgement?.generationsBehind ?? null,
        sameSender: judgement?.sameSender ?? null,
        successorUsed: judgement?.successorUsed ?? null,
        revoked,
        dryRun,
      },
    });
  }
  const why = outcome?.kind === "refused" ? outcome.why : "revoked";
  const { description, reason, cause } = REFUSALS[why];
  return new OAuthError("invalid_grant", description, {
    ...known,
    reason,
    cause,
    facts: {
      why,
      since:
        outcome?.kind === "refused" && outcome.since !== null
          ? new Date(outcome.since).toISOString()
          : null,
    },
  });
}

interface Refusal {
  readonly description: string;
  readonly reason: Reason | null;
  readonly cause: CauseCode | null;
}

const NO_LONGER = "The refresh token is no longer valid.";

const REFUSALS: Readonly<Record<RefreshRefusal, Refusal>> = {
  wrong_client: {
    description: "The refresh token is not valid.",
    reason: "audience.party_mismatch",
    cause: "oauth.refresh_other_client",
  },
  no_proof: {
    description:
      "The refresh token is bound to a key: a DPoP proof made with it is missing.",
    reason: "binding.proof_missing",
    cause: null,
  },
  wrong_key: {
    description: "The refresh token is bound to another key.",
    reason: "binding.key_mismatch",
    cause: null,
  },
  scope_widened: {
    description: "The scope goes beyond what was granted.",
    reason: null,
    cause: "oauth.scope_invalid",
  },
  resource_widened: {
    description: "The resource goes beyond what was granted.",
    reason: null,
    cause: "oauth.scope_invalid",
  },
  revoked: { description: NO_LONGER, reason: "revocation.grant", cause: null },
  grant_revoked: {
    description: NO_LONGER,
    reason: "revocation.grant",
    cause: null,
  },
  expired: {
    description: "The refresh token has expired.",
    reason: "expiration.expired",
    cause: "oauth.refresh_expired",
  },
  idle: {
    description: "The refresh token has expired.",
    reason: "expiration.expired",
    cause: "oauth.refresh_idle",
  },
};
