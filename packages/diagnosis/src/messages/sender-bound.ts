/** DPoP (RFC 9449) and certificate binding (RFC 8705), at Keycloak, Spring Security, Bluesky and others. */
import { messagesOf, type Message } from "./message.ts";

export const SENDER_BOUND: readonly Message[] = [
  ...messagesOf("Keycloak", [
    {
      pattern: /dpop proof and token binding verification failed/i,
      reasons: ["binding.key_mismatch"],
      likely: ["binding.other_key"],
      source: "docs/causes/binding.other_key.md",
    },
    {
      pattern: /dpop proof has already been used/i,
      reasons: ["binding.replayed"],
      possible: ["binding.proof_stale", "time.proof_reused"],
      source: "keycloak services, DPoPUtil.java",
    },
    {
      pattern: /dpop (?:http )?url mismatch/i,
      reasons: ["binding.request_mismatch"],
      likely: ["binding.proxy_rewrote_url"],
      possible: ["binding.proof_stale"],
      source: "keycloak services, DPoPUtil.java; keycloak/keycloak#39332",
    },
    {
      pattern:
        /dpop (?:http )?method mismatch|dpop proof access token hash mismatch/i,
      reasons: ["binding.request_mismatch"],
      likely: ["binding.proof_stale"],
      source: "keycloak services, DPoPUtil.java",
    },
    {
      pattern:
        /dpop proof is missing|requires dpop, but no dpop|access token type is dpop but authorization header is not dpop/i,
      reasons: ["binding.proof_missing"],
      likely: ["binding.scheme_downgraded"],
      possible: ["transit.header_stripped"],
      source: "keycloak services, DPoPUtil.java",
    },
    {
      pattern: /dpop proof is not active/i,
      reasons: ["binding.proof_invalid"],
      likely: ["binding.proof_stale"],
      possible: ["time.clock_behind"],
      source: "keycloak services, DPoPUtil.java",
    },
    {
      pattern:
        /dpop confirmation doesn't match|no dpop confirmation in access token/i,
      reasons: ["binding.key_mismatch"],
      likely: ["binding.other_key"],
      possible: ["binding.scheme_downgraded"],
      source: "keycloak services, DPoPUtil.java",
    },
    {
      pattern:
        /(?:invalid or missing type|no jwk|private key is present) in dpop header|unsupported dpop algorithm|dpop mandatory claims are missing|no access token hash in dpop proof|dpop header verification failure|dpop verification failure/i,
      reasons: ["binding.proof_invalid"],
      possible: ["binding.proof_stale", "binding.other_key", "token.malformed"],
      source: "keycloak services, DPoPUtil.java",
    },
  ]),
  ...messagesOf("Bluesky, AT Protocol", [
    {
      pattern: /dpop "?htu"? mismatch|\binvalid htu\b/i,
      reasons: ["binding.request_mismatch"],
      likely: ["binding.proxy_rewrote_url"],
      possible: ["binding.proof_stale"],
      source: "bluesky-social/pds#163, bluesky-social/atproto#3879",
    },
    {
      pattern: /dpop "?(?:htm|ath)"? mismatch/i,
      reasons: ["binding.request_mismatch"],
      likely: ["binding.proof_stale"],
      source: "bluesky-social/atproto oauth-provider",
    },
  ]),
  ...messagesOf("RFC 9449", [
    {
      pattern: /invalid dpop key binding/i,
      reasons: ["binding.key_mismatch"],
      likely: ["binding.other_key"],
      source: "danielfett/draft-dpop#94, RFC 9449 section 7.1",
    },
    {
      pattern: /requires nonce in dpop proof/i,
      reasons: ["binding.nonce"],
      likely: ["binding.nonce_required"],
      source: "RFC 9449 section 8",
    },
  ]),
  ...messagesOf("several libraries", [
    {
      pattern: /\binvalid_dpop_proof\b/i,
      reasons: ["binding.proof_invalid"],
      possible: [
        "binding.proof_stale",
        "binding.proxy_rewrote_url",
        "time.clock_behind",
        "binding.other_key",
      ],
      source: "RFC 9449 section 5",
    },
    {
      pattern:
        /\bcnf validation fail|x5t#s256[^\n]{0,40}(?:mismatch|not match)|certificate[^\n]{0,30}thumbprint[^\n]{0,30}(?:mismatch|not match)/i,
      reasons: ["binding.key_mismatch"],
      possible: ["binding.other_key", "binding.certificate_not_forwarded"],
      source: "RFC 8705 section 3",
    },
    {
      pattern:
        /(?:client certificate|mtls)[^\n]{0,30}(?:is )?(?:required|missing|not (?:present|provided))/i,
      reasons: ["binding.proof_missing"],
      possible: [
        "binding.certificate_not_forwarded",
        "binding.scheme_downgraded",
      ],
      source: "RFC 8705 section 3",
    },
  ]),
];
