/** Go: golang-jwt, go-oidc, go-jose, lestrrat-go/jwx, Open Policy Agent, the container registry. */
import { absent, cannot, valued } from "./heard-facts.ts";
import { messagesOf, type Message } from "./message.ts";

export const GO: readonly Message[] = [
  ...messagesOf("golang-jwt", [
    {
      pattern: /error while executing keyfunc/i,
      reasons: [
        "signature.key_not_found",
        "signature.keys_unavailable",
        "signature.algorithm_not_allowed",
      ],
      possible: ["key.rotated", "key.other_issuer", "key.set_unreachable"],
      source: "golang-jwt/jwt parser.go, errors.go ErrTokenUnverifiable",
    },
    {
      pattern: /missing required claim: iss\b/i,
      reasons: ["issuer.missing"],
      likely: [absent("iss")],
      source: "golang-jwt/jwt validator.go",
    },
    {
      pattern: /missing required claim: (?:exp|iat)\b/i,
      reasons: ["expiration.missing"],
      likely: [absent("exp")],
      source: "golang-jwt/jwt validator.go",
    },
    {
      pattern: /missing required claim: aud\b/i,
      reasons: ["audience.missing"],
      likely: ["audience.absent"],
      possible: ["kind.access_token"],
      source: "golang-jwt/jwt validator.go",
    },
    {
      pattern: /token contains an invalid number of segments/i,
      reasons: ["format.segments", "format.not_jwt"],
      possible: [
        "token.placeholder",
        "token.opaque",
        "token.truncated",
        "token.scheme_repeated",
        "token.encrypted",
      ],
      source: "golang-jwt/jwt errors.go, parser.go",
    },
    {
      pattern:
        /could not base64 decode (?:header|claim|signature)|illegal base64 data/i,
      reasons: ["format.encoding"],
      possible: [
        "token.base64_not_url",
        "token.quoted",
        "token.percent_encoded",
        "token.truncated",
        "token.line_wrapped",
        "token.altered",
      ],
      source: "golang-jwt/jwt errors.go, parser.go",
    },
    {
      pattern: /could not json decode header/i,
      reasons: ["format.header"],
      possible: ["token.malformed", "token.opaque"],
      source: "golang-jwt/jwt errors.go, parser.go",
    },
    {
      pattern: /could not json decode claim/i,
      reasons: ["format.payload"],
      possible: ["token.malformed", "claim.shape"],
      source: "golang-jwt/jwt errors.go, parser.go",
    },
    {
      pattern:
        /token signature is invalid: signing method|signing method \w{1,10} is invalid/i,
      reasons: ["signature.algorithm_not_allowed"],
      likely: ["algorithm.mismatch"],
      possible: ["token.forged", "key.other_issuer"],
      source: "golang-jwt/jwt errors.go, parser.go; supabase-kt, GoTrue",
    },
    {
      pattern: /signing method \(alg\) is unavailable/i,
      reasons: ["signature.algorithm_unsupported"],
      likely: [cannot("algorithm")],
      possible: ["algorithm.mismatch"],
      source: "golang-jwt/jwt errors.go, parser.go",
    },
    {
      pattern: /'none' signature type is not allowed/i,
      reasons: ["signature.algorithm_none"],
      possible: ["token.forged"],
      source: "golang-jwt/jwt errors.go, parser.go",
    },
    {
      pattern:
        /\bkey is invalid or of invalid type|\bkey is of invalid type|\bkey is invalid\b/i,
      reasons: ["signature.key_unsuitable"],
      possible: [
        "key.wrong_type",
        "key.wrong_form",
        "algorithm.mismatch",
        "key.pem_damaged",
      ],
      source: "golang-jwt/jwt#193, dgrijalva/jwt-go#65",
    },
    {
      pattern: /token signature is invalid/i,
      reasons: ["signature.mismatch"],
      possible: [
        "key.secret_encoding",
        "key.other_issuer",
        "key.secret_whitespace",
        "token.altered",
        "key.unknown",
      ],
      source: "golang-jwt/jwt errors.go, parser.go; golang-jwt/jwt#390",
    },
    {
      pattern: /token is missing required claim/i,
      reasons: ["audience.claim_missing"],
      likely: ["claim.absent"],
      possible: ["claim.shape"],
      source: "golang-jwt/jwt errors.go, parser.go",
    },
    {
      pattern: /token has invalid subject/i,
      reasons: ["audience.claim_mismatch"],
      likely: [valued("sub")],
      source: "golang-jwt/jwt errors.go, parser.go",
    },
    {
      pattern: /token used before issued/i,
      reasons: ["expiration.issued_in_future"],
      likely: ["time.clock_behind"],
      possible: ["time.milliseconds"],
      source: "golang-jwt/jwt errors.go, parser.go",
    },
  ]),
  ...messagesOf("go-oidc", [
    {
      pattern:
        /certificate signed by unknown authority|x509: certificate (?:has expired|is valid for)/i,
      reasons: ["signature.keys_unavailable"],
      likely: ["key.set_unreachable"],
      source: "Go crypto/x509; docs/causes/key.set_unreachable.md",
    },
    {
      pattern:
        /issuer did not match the issuer returned by provider|document's issuer does not match the configured issuer/i,
      reasons: ["issuer.mismatch"],
      possible: [
        "issuer.trailing_slash",
        "issuer.host_alias",
        "issuer.tenant",
        "verifier.not_configured",
      ],
      source: "coreos/go-oidc#423, #240",
    },
    {
      pattern: /expected audience "[^"\n]{0,200}" got \[\]/i,
      reasons: ["audience.missing"],
      likely: ["audience.absent"],
      possible: ["kind.access_token"],
      source: "coreos/go-oidc oidc/verify.go; oauth2-proxy",
    },
    {
      pattern: /oidc: (?:id )?token issued by a different provider/i,
      reasons: ["issuer.mismatch"],
      possible: [
        "issuer.host_alias",
        "issuer.trailing_slash",
        "issuer.tenant",
        "issuer.other",
      ],
      source: "coreos/go-oidc oidc/verify.go",
    },
    {
      pattern:
        /fetching keys (?:oidc: )?get keys failed|oidc: get keys failed/i,
      reasons: ["signature.keys_unavailable"],
      possible: ["key.set_wrong_document", "key.set_unreachable"],
      source: "coreos/go-oidc oidc/jwks.go; hashicorp/vault#27343",
    },
    {
      pattern: /failed to verify (?:id token )?signature/i,
      reasons: ["signature.mismatch"],
      possible: [
        "key.rotated",
        "key.id_reused",
        "key.other_issuer",
        "key.retired",
      ],
      source: "coreos/go-oidc oidc/verify.go; argoproj/argo-cd",
    },
    {
      pattern: /oidc: malformed jwt/i,
      reasons: ["format.not_jwt"],
      possible: [
        "token.opaque",
        "token.placeholder",
        "token.encrypted",
        "token.truncated",
      ],
      source: "coreos/go-oidc oidc/verify.go",
    },
  ]),
  ...messagesOf("go-jose, jwx", [
    {
      pattern: /error in cryptographic primitive/i,
      reasons: ["signature.mismatch"],
      possible: [
        "key.id_reused",
        "key.other_issuer",
        "key.retired",
        "verifier.not_configured",
      ],
      source: "kubernetes/kubernetes#72026, #110035",
    },
    {
      pattern: /jwe encrypted payload without decryption/i,
      reasons: ["format.encrypted"],
      likely: ["token.encrypted"],
      possible: ["audience.default"],
      source: "lestrrat-go/jwx#819",
    },
    {
      pattern:
        /critical header \w{1,30} not understood|critical extension[^\n]{0,20} is not supported/i,
      reasons: ["format.critical"],
      likely: [cannot("extension")],
      possible: ["token.malformed"],
      source: "lestrrat-go/jwx#1746, DinoChiesa/jwt-webtool#38",
    },
    {
      pattern: /compact jws format must have three parts/i,
      reasons: ["format.segments", "format.not_jwt"],
      possible: ["token.opaque", "token.truncated", "token.placeholder"],
      source: "go-jose/go-jose jws.go",
    },
  ]),
  ...messagesOf("Open Policy Agent", [
    {
      pattern: /aud constraint: must be a string/i,
      reasons: ["audience.mismatch"],
      likely: ["verifier.not_configured"],
      possible: ["verifier.too_strict"],
      source: "open-policy-agent/opa#2115",
    },
    {
      pattern: /parsing '(?:exp|nbf)' jwt claim|strconv\.parseint: parsing/i,
      reasons: ["format.claim_type"],
      likely: ["time.not_numeric"],
      possible: ["verifier.too_strict"],
      source: "open-policy-agent/opa#1296",
    },
  ]),
  ...messagesOf("CNCF distribution", [
    {
      pattern: /token signed by untrusted key/i,
      reasons: ["signature.key_not_found"],
      possible: ["key.id_form", "verifier.not_configured", "key.other_issuer"],
      source: "distribution/distribution#2875, #4470",
    },
    {
      pattern: /unable to get token signing key/i,
      reasons: ["signature.key_not_found"],
      possible: ["key.id_form", "key.unknown", "verifier.not_configured"],
      source: "distribution/distribution, docker_auth, field notes",
    },
    {
      pattern: /requested access to the resource is denied/i,
      reasons: ["scope.insufficient"],
      possible: ["scope.not_granted", "scope.shape"],
      source: "distribution/distribution registry/api/errcode",
    },
  ]),
];
