/** The usual causes of a reason that is known from a server's words alone: commonest first, by the field notes. And what would decide. */
import { stepOf, type Reason, type Step } from "@assay/token";
import { absent, cannot, valued, type Heard } from "./heard-facts.ts";

const DAMAGED: readonly Heard[] = [
  "token.truncated",
  "token.base64_not_url",
  "token.line_wrapped",
  "token.quoted",
  "token.malformed",
];
const NO_JWT: readonly Heard[] = [
  "token.placeholder",
  "token.opaque",
  "token.scheme_repeated",
  "token.json_instead",
  "token.key_instead",
  "token.truncated",
];
const MADE_BADLY: readonly Heard[] = ["token.malformed", "token.altered"];
const NOT_TRUSTED: readonly Heard[] = [
  "issuer.trailing_slash",
  "issuer.host_alias",
  "issuer.tenant",
  "issuer.environment",
  "issuer.version",
  "issuer.other",
];
const ENDED: readonly Heard[] = [
  "revoked.by_user",
  "revoked.by_administrator",
  "revoked.not_before",
  "revoked.refresh_reuse",
];

export const BY_REASON: Readonly<Record<Reason, readonly Heard[]>> = {
  "request.token_missing": [
    "token.absent",
    "transit.header_stripped",
    "transit.redirect",
    "transit.wrong_place",
    "transit.preflight",
    "transit.overwritten",
  ],
  "request.scheme_unsupported": [
    "token.scheme_missing",
    "transit.overwritten",
    "binding.scheme_downgraded",
  ],
  "request.header_malformed": [
    "token.scheme_repeated",
    "token.scheme_missing",
    "token.whitespace",
    "token.concatenated",
  ],
  "request.token_repeated": ["token.concatenated", "transit.wrong_place"],
  "request.transport_insecure": ["transit.insecure"],
  "format.empty": ["token.absent", "token.placeholder"],
  "format.not_jwt": NO_JWT,
  "format.segments": [
    "token.truncated",
    "token.opaque",
    "token.placeholder",
    "token.encrypted",
    "token.concatenated",
  ],
  "format.encoding": DAMAGED,
  "format.header": MADE_BADLY,
  "format.payload": MADE_BADLY,
  "format.claim_type": ["claim.shape", "time.not_numeric"],
  "format.encrypted": ["token.encrypted", "audience.default"],
  "format.critical": [cannot("extension"), "token.malformed"],
  "format.type": [
    "kind.id_token",
    "verifier.too_strict",
    "kind.refresh_token",
    "kind.proof",
  ],
  "format.too_large": ["token.oversized", "transit.too_large"],
  "signature.algorithm_none": ["token.forged", "token.malformed"],
  "signature.algorithm_not_allowed": [
    "algorithm.mismatch",
    "key.wrong_type",
    "key.wrong_form",
    "token.forged",
  ],
  "signature.algorithm_unsupported": [
    cannot("algorithm"),
    "algorithm.mismatch",
  ],
  "signature.missing": ["token.truncated", "token.forged"],
  "signature.key_not_found": [
    "key.rotated",
    "key.other_issuer",
    "key.retired",
    "key.id_form",
    "key.set_empty",
    "key.algorithm_label",
  ],
  "signature.key_ambiguous": ["key.id_missing", "key.id_reused"],
  "signature.key_unsuitable": [
    "key.wrong_form",
    "key.pem_damaged",
    "key.wrong_type",
    "key.too_small",
    "key.use",
    "algorithm.mismatch",
  ],
  "signature.mismatch": [
    "key.secret_encoding",
    "key.other_issuer",
    "key.rotated",
    "key.id_reused",
    "token.altered",
    "key.unknown",
  ],
  "signature.keys_unavailable": [
    "key.set_unreachable",
    "key.set_wrong_document",
    "verifier.not_configured",
  ],
  "expiration.missing": [absent("exp"), "time.not_numeric"],
  "expiration.expired": ["time.expired", "time.clock_ahead"],
  "expiration.not_yet_valid": [
    "time.clock_behind",
    "time.delayed_start",
    "time.milliseconds",
  ],
  "expiration.issued_in_future": ["time.clock_behind", "time.milliseconds"],
  "expiration.too_old": [
    "time.proof_reused",
    "time.limit_edge",
    "time.clock_ahead",
  ],
  "expiration.lifetime_too_long": [
    "time.limit_edge",
    "time.clock_behind",
    "verifier.too_strict",
    "time.milliseconds",
  ],
  "issuer.missing": [absent("iss"), "verifier.not_configured"],
  "issuer.mismatch": NOT_TRUSTED,
  "audience.missing": [
    "audience.absent",
    "audience.default",
    "kind.access_token",
  ],
  "audience.mismatch": [
    "audience.default",
    "audience.client_id",
    "audience.form",
    "audience.absent",
    "audience.other",
    "verifier.not_configured",
  ],
  "audience.party_mismatch": [
    valued("azp"),
    "audience.client_id",
    "verifier.too_strict",
  ],
  "audience.claim_missing": ["claim.absent", "claim.shape", "kind.id_token"],
  "audience.claim_mismatch": ["claim.value", "claim.shape"],
  "binding.proof_missing": [
    "binding.scheme_downgraded",
    "binding.certificate_not_forwarded",
  ],
  "binding.proof_invalid": ["binding.proof_stale", "binding.other_key"],
  "binding.key_mismatch": ["binding.other_key", "binding.proof_stale"],
  "binding.request_mismatch": [
    "binding.proxy_rewrote_url",
    "binding.proof_stale",
  ],
  "binding.nonce": ["binding.nonce_required"],
  "binding.replayed": ["time.proof_reused", "binding.proof_stale"],
  "scope.missing": ["scope.not_granted", "scope.claim_name", "kind.id_token"],
  "scope.insufficient": [
    "scope.not_granted",
    "scope.claim_name",
    "scope.shape",
    "scope.prefix",
    "scope.application_only",
  ],
  "scope.authentication": ["scope.step_up"],
  "revocation.token": ENDED,
  "revocation.grant": ENDED,
  "revocation.subject": ["revoked.by_administrator", "revoked.not_before"],
  "revocation.client": ["revoked.by_administrator"],
  "revocation.key": ["revoked.by_administrator", "key.retired"],
  "revocation.unavailable": ["status.unreachable", "verifier.not_configured"],
};

/** What would decide between the causes of a step: the token first, for it can be read without any key. */
const WOULD_DECIDE: Readonly<Record<Step, readonly string[]>> = {
  request: [
    "the request as it was sent, and as it arrived, would tell whether the token was lost on its way",
  ],
  format: [
    "the token as it was sent would tell what is wrong with its form",
    "the token as the client got it would tell whether it was damaged on its way",
  ],
  signature: [
    "the token would tell by which key and algorithm it says it is signed",
    "the verifier's keys, or its shared secret, would let the signature be computed",
    "the keys that the issuer publishes now would tell whether the verifier's are old",
  ],
  expiration: [
    "the token would tell its times",
    "the issuer's clock and the verifier's, read at one moment, would tell which of them is wrong",
  ],
  issuer: [
    "the token would tell which issuer it names",
    "the issuer that the verifier expects would tell how the token's differs from it",
  ],
  audience: [
    "the token would tell whom it is for, and what its claims are",
    "the verifier's configuration, as it is in force, would tell what it expects",
  ],
  binding: [
    "the request with its proof would tell what the proof was made for",
    "the token would tell which key or certificate it is bound to",
  ],
  scope: [
    "the token would tell what it grants, and in which claim",
    "the scopes that the request needs would tell which of them it lacks",
  ],
  revocation: ["the issuer's history would tell who revoked it"],
};

/** Where the words do not even tell the step. */
export const WOULD_DECIDE_ALL: readonly string[] = [
  "the server's own log would tell which check refused: many say it there and not in the answer",
  "the token as it was sent would tell its form, its times, its issuer and whom it is for",
  "the verifier's configuration, as it is in force, would tell what it expects",
];

export const wouldDecide = (reason: Reason): readonly string[] =>
  WOULD_DECIDE[stepOf(reason)];
