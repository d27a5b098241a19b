/**
 * The facts of a cause that is known from a server's words alone: nothing has been seen, so they say nothing but what the fix needs. "…"
 * stands for a value that the words do not tell.
 */
import type { CauseCode, Facts } from "../causes.ts";

/** Causes that a message can suggest. The others show only in a token, or their fix needs numbers that no message tells. */
export type HeardCause = Exclude<
  CauseCode,
  | `${"oauth" | "aws"}.${string}`
  | `time.${"lifetime_unit" | "zone_offset"}`
  | `signature.${"hex" | "padding_scheme" | "hash"}`
  | "algorithm.name"
  | "scope.lost_on_refresh"
>;

/** A cause as a message suggests it, with facts of its own where the words tell some. */
export type Heard =
  | HeardCause
  | {
      [C in HeardCause]: { readonly cause: C; readonly facts: Facts[C] };
    }[HeardCause];

const VALUE = "…";
/** A fixed phrase: German has it too. */
const FROM_WORDS = "known from the server's words alone";
const PAIR = { expected: VALUE, found: VALUE } as const;
const ENDED = { at: null, event: "the server's answer", by: null } as const;

export const HEARD_FACTS: { readonly [C in HeardCause]: Facts[C] } = {
  "time.expired": { exp: null, bySeconds: null, lifetimeSeconds: null },
  "time.clock_ahead": { bySeconds: null, against: "the issuer's clock" },
  "time.clock_behind": {
    bySeconds: null,
    against: "the issuer's clock",
    what: "token",
  },
  "time.milliseconds": { claims: ["exp"], unit: "milliseconds" },
  "time.zero_lifetime": { iat: 0, exp: 0 },
  "time.delayed_start": { delaySeconds: 0, remainingSeconds: 0 },
  "time.not_numeric": { claim: "exp", form: FROM_WORDS },
  "time.limit_edge": { measure: "lifetime", seconds: 0, limitSeconds: 0 },
  "time.proof_reused": { ageSeconds: null, what: "the token" },
  "token.absent": { how: "answer_says_so" },
  "token.placeholder": { literal: VALUE, kind: FROM_WORDS },
  "token.scheme_repeated": { where: "header", scheme: "Bearer" },
  "token.scheme_missing": { found: null, expected: "Bearer" },
  "token.quoted": { marks: FROM_WORDS },
  "token.whitespace": { where: "both", characters: [] },
  "token.line_wrapped": { breaks: 1, character: FROM_WORDS },
  "token.truncated": {
    segments: 0,
    length: 0,
    missing: FROM_WORDS,
    where: "end",
  },
  "token.concatenated": { what: FROM_WORDS, where: "after" },
  "token.percent_encoded": { times: 1 },
  "token.base64_not_url": { what: ["alphabet", "padding"] },
  "token.double_encoded": { by: FROM_WORDS },
  "token.json_instead": { member: null },
  "token.error_instead": { error: null },
  "token.key_instead": { name: FROM_WORDS },
  "token.opaque": { name: FROM_WORDS },
  "token.encrypted": { alg: null, enc: null, hadKeys: false },
  "token.malformed": { part: "token", problem: "unreadable", member: null },
  "token.oversized": { length: 0, largest: null, members: 0, depth: null },
  "token.altered": { changed: [], by: "signature" },
  "token.forged": { pattern: FROM_WORDS, emulator: null },
  "kind.id_token": { by: FROM_WORDS },
  "kind.access_token": { by: FROM_WORDS },
  "kind.refresh_token": { by: FROM_WORDS },
  "kind.proof": { what: FROM_WORDS, by: FROM_WORDS, proof: "other" },
  "kind.other_resource": { resource: VALUE },
  "key.secret_encoding": { configured: "utf8", decodedFrom: "base64" },
  "key.secret_whitespace": { what: FROM_WORDS, side: "verifier" },
  "key.secret_interpolated": { character: "$", form: FROM_WORDS },
  "key.pem_damaged": { damage: FROM_WORDS },
  "key.wrong_form": {
    found: FROM_WORDS,
    expected: "a public key as PEM (BEGIN PUBLIC KEY)",
    isPrivate: false,
  },
  "key.wrong_type": { alg: VALUE, found: FROM_WORDS },
  "key.too_small": { bits: 0, needed: 256, what: "secret" },
  "key.rotated": { kid: null, copyFrom: null, publishedAt: null },
  "key.retired": { kid: null, issuedSecondsAgo: null },
  "key.id_missing": { candidates: 0, where: "token" },
  "key.id_form": { tokenKid: VALUE, setKid: VALUE, relation: FROM_WORDS },
  "key.id_reused": { kid: null, otherAt: VALUE },
  "key.use": { use: VALUE },
  "key.other_issuer": { issuer: null, sameServer: false },
  "key.unknown": { tried: 0, sampleSecret: false },
  "key.set_empty": { keys: 0, usable: 0 },
  "key.set_wrong_document": { url: null, found: FROM_WORDS },
  "key.set_unreachable": { url: null, error: FROM_WORDS },
  "key.set_unsupported_member": { kty: VALUE, alg: null, hidden: null },
  "key.algorithm_label": { keyAlg: null, tokenAlg: VALUE },
  "signature.der": { bytes: 0, form: "der" },
  "signature.input": { input: FROM_WORDS },
  "algorithm.mismatch": { token: VALUE, verifier: [] },
  "issuer.trailing_slash": PAIR,
  "issuer.scheme": { ...PAIR, missing: false },
  "issuer.case": PAIR,
  "issuer.host_alias": { ...PAIR, paths: "other" },
  "issuer.tenant": { ...PAIR, placeholder: false, sameHost: false },
  "issuer.version": PAIR,
  "issuer.environment": PAIR,
  "issuer.other": PAIR,
  "audience.absent": { expected: [], party: null },
  "audience.client_id": { ...PAIR, clientIdIn: null, idToken: false },
  "audience.form": { ...PAIR, difference: FROM_WORDS },
  "audience.default": { found: VALUE, name: FROM_WORDS },
  "audience.environment": PAIR,
  "audience.other": { expected: [], found: [] },
  "claim.absent": { claim: VALUE },
  "claim.shape": { claim: VALUE, expected: "string", found: FROM_WORDS },
  "claim.value": { claim: VALUE },
  "claim.nonce": { present: true },
  "scope.claim_name": { claim: VALUE, read: "scope" },
  "scope.shape": { shape: FROM_WORDS },
  "scope.prefix": { needed: VALUE, found: VALUE },
  "scope.not_granted": { lacking: [] },
  "scope.application_only": { by: FROM_WORDS, roles: [], scopes: [] },
  "scope.step_up": { needed: null, found: null },
  "binding.scheme_downgraded": {
    found: null,
    proofSent: false,
    binding: "dpop",
    bound: null,
  },
  "binding.proxy_rewrote_url": { proof: VALUE, seen: VALUE, differs: [] },
  "binding.other_key": { binding: "dpop", by: "thumbprint" },
  "binding.certificate_not_forwarded": { traces: [], bound: null },
  "binding.proof_stale": { what: FROM_WORDS },
  "binding.nonce_required": { hadNonce: false },
  "revoked.by_user": ENDED,
  "revoked.by_administrator": ENDED,
  "revoked.refresh_reuse": ENDED,
  "revoked.not_before": ENDED,
  "status.unreachable": { source: null, error: FROM_WORDS },
  "verifier.too_strict": { what: FROM_WORDS },
  "verifier.unsupported": { what: FROM_WORDS, part: "form" },
  "verifier.not_configured": { setting: FROM_WORDS },
  "transit.header_stripped": { by: null, header: "Authorization" },
  "transit.redirect": { from: null, to: null, leaked: false },
  "transit.overwritten": { scheme: VALUE },
  "transit.wrong_place": { place: FROM_WORDS },
  "transit.preflight": { origin: null },
  "transit.insecure": { host: VALUE },
  "transit.too_large": { status: null, bytes: null },
};

/** A claim that the words name. */
export const absent = (claim: string): Heard => ({
  cause: "claim.absent",
  facts: { claim },
});
export const valued = (claim: string): Heard => ({
  cause: "claim.value",
  facts: { claim },
});
export const shaped = (
  claim: string,
  expected: "string" | "number" | "array",
): Heard => ({
  cause: "claim.shape",
  facts: { claim, expected, found: FROM_WORDS },
});

/** What is not in force at the verifier. Of the settings that German has words for. */
export const unset = (
  setting: "the issuer" | "the audience" | "the key",
): Heard => ({ cause: "verifier.not_configured", facts: { setting } });

/** What the verifier cannot do. */
export const cannot = (
  part: "algorithm" | "extension" | "compression",
): Heard => ({
  cause: "verifier.unsupported",
  facts: { what: FROM_WORDS, part },
});
