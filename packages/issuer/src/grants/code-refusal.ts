/** Why a code is refused. A stranger, and whoever guesses, gets one answer. */
import type { CauseCode } from "@assay/diagnosis";
import type { Reason } from "@assay/token";
import { OAuthError } from "../errors.ts";
import type { CodeFault } from "../store/records.ts";
import type { CodeOutcome } from "../store/store.ts";

type Refused = Exclude<CodeOutcome["outcome"], "redeemed">;

export function codeRefusal(
  outcome: Refused,
  clientId: string,
  facts: Readonly<Record<string, string | number | boolean | null>> = {},
  /** What was wrong with the request that the code died of. */
  diedOf: CodeFault | null = null,
): OAuthError {
  const { description } = REFUSALS[outcome];
  const { reason, cause, facts: told } = REFUSALS[diedOf ?? outcome];
  return new OAuthError("invalid_grant", description, {
    reason,
    cause,
    clientId,
    facts: {
      outcome,
      ...(diedOf !== null && { diedOf }),
      ...told,
      ...facts,
    },
  });
}

interface Refusal {
  readonly description: string;
  readonly reason: Reason | null;
  readonly cause: CauseCode | null;
  readonly facts?: { readonly what: "code" };
}

const NOT_VALID = "The authorization code is not valid.";

const REFUSALS: Readonly<Record<Refused, Refusal>> = {
  unknown: { description: NOT_VALID, reason: null, cause: null },
  wrong_client: {
    description: NOT_VALID,
    reason: "audience.party_mismatch",
    cause: "oauth.refresh_other_client",
    facts: { what: "code" },
  },
  expired: {
    description: "The authorization code has expired.",
    reason: "expiration.expired",
    cause: "oauth.code_expired",
  },
  dead: {
    description:
      "The authorization code is no longer valid: it ended with an earlier request, which was wrong.",
    reason: null,
    cause: null,
  },
  replayed: {
    description: "The authorization code is no longer valid.",
    reason: "revocation.grant",
    cause: "oauth.code_reused",
  },
  grant_revoked: {
    description: "The authorization code is no longer valid.",
    reason: "revocation.grant",
    cause: null,
  },
  wrong_redirect_uri: {
    description:
      "redirect_uri is not the one of the authorization request. The code cannot be used any more.",
    reason: null,
    cause: "oauth.redirect_uri",
  },
  no_verifier: {
    description:
      "code_verifier is missing, or is none: 43 to 128 letters, digits and the signs - . _ ~ are due. The code cannot be used any more.",
    reason: null,
    cause: "oauth.pkce",
  },
  wrong_verifier: {
    description:
      "code_verifier does not belong to the code_challenge of the authorization request. The code cannot be used any more.",
    reason: null,
    cause: "oauth.pkce",
  },
  no_proof: {
    description:
      "The authorization request named a DPoP key, and a proof made with it is missing. The code cannot be used any more.",
    reason: "binding.proof_missing",
    cause: null,
  },
  wrong_key: {
    description:
      "The DPoP proof is made with another key than the authorization request named. The code cannot be used any more.",
    reason: "binding.key_mismatch",
    cause: null,
  },
};
