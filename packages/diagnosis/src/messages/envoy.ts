/** Envoy and what is built on it: Istio, Gloo, kgateway, agentgateway. */
import { cannot } from "./heard-facts.ts";
import { messagesOf, type Message } from "./message.ts";

export const ENVOY: readonly Message[] = [
  ...messagesOf("Envoy, Istio", [
    {
      pattern: /\brbac: access denied\b/i,
      reasons: [
        "request.token_missing",
        "audience.claim_mismatch",
        "scope.insufficient",
      ],
      open: true,
      possible: [
        "token.absent",
        "claim.value",
        "scope.claim_name",
        "transit.header_stripped",
        "issuer.other",
      ],
      source:
        "istio.io, security: a request without a token has no principal; docs/reasons/request.token_missing.md",
    },
    {
      pattern: /\bjwt verification fails\b/i,
      reasons: ["signature.mismatch"],
      possible: [
        "key.rotated",
        "key.other_issuer",
        "key.id_reused",
        "token.altered",
        "kind.other_resource",
        "signature.input",
      ],
      source:
        "envoyproxy/envoy, jwt_verify_lib status.cc; docs/reasons/signature.mismatch.md",
    },
    {
      pattern: /jwks doesn't have key to match kid or alg/i,
      reasons: ["signature.key_not_found"],
      possible: [
        "key.rotated",
        "key.other_issuer",
        "key.retired",
        "key.id_form",
        "key.algorithm_label",
        "key.set_unsupported_member",
      ],
      source: "envoyproxy/envoy, jwt_verify_lib status.cc; istio/istio#51581",
    },
    {
      pattern: /\bjwt is not in the form of header\.payload\.signature/i,
      reasons: ["format.segments", "format.not_jwt"],
      possible: [
        "token.opaque",
        "token.encrypted",
        "token.truncated",
        "token.placeholder",
        "token.scheme_repeated",
      ],
      source: "envoyproxy/envoy, jwt_verify_lib status.cc",
    },
    {
      pattern: /\bjwt (?:header|payload|signature) is an invalid base64/i,
      reasons: ["format.encoding"],
      possible: [
        "token.base64_not_url",
        "token.truncated",
        "token.line_wrapped",
        "token.quoted",
      ],
      source: "envoyproxy/envoy, jwt_verify_lib status.cc",
    },
    {
      pattern:
        /\bjwt header is an invalid json|\bjwt header \[(?:alg|kid)\] field is (?:required|not)/i,
      reasons: ["format.header"],
      possible: ["token.malformed", "token.altered", "token.opaque"],
      source: "envoyproxy/envoy, jwt_verify_lib status.cc",
    },
    {
      pattern: /\bjwt header \[alg\] is not supported/i,
      reasons: ["signature.algorithm_unsupported", "signature.algorithm_none"],
      possible: [cannot("algorithm"), "algorithm.mismatch", "token.forged"],
      source: "envoyproxy/envoy, jwt_verify_lib status.cc",
    },
    {
      pattern: /\bjwt payload is an invalid json/i,
      reasons: ["format.payload"],
      possible: ["token.malformed", "token.altered"],
      source: "envoyproxy/envoy, jwt_verify_lib status.cc",
    },
    {
      pattern: /\bjwt payload \[\w{2,12}\] field is not/i,
      reasons: ["format.claim_type"],
      possible: ["claim.shape", "time.not_numeric", "token.malformed"],
      source: "envoyproxy/envoy, jwt_verify_lib status.cc",
    },
    {
      pattern: /\bjwks remote fetch is failed/i,
      reasons: ["signature.keys_unavailable"],
      likely: ["key.set_unreachable"],
      possible: ["key.set_wrong_document"],
      source: "envoyproxy/envoy#13705",
    },
    {
      pattern:
        /invalid (?:inline|local) jwks|\bjwks (?:is an invalid json|does not have \[keys\]|(?:rsa|ec) \[|doesn't have any valid public key)|\[keys\] in jwks is not an array/i,
      reasons: ["signature.keys_unavailable"],
      possible: [
        "key.set_unsupported_member",
        "key.set_empty",
        "key.set_wrong_document",
      ],
      source:
        "envoyproxy/envoy, jwt_verify_lib status.cc; istio/istio#41729, istio/proxy#2072",
    },
    {
      pattern: /\[alg\] is not started with \[\w{2}\]/i,
      reasons: ["signature.keys_unavailable"],
      likely: ["key.set_unsupported_member"],
      source: "istio/istio#22597",
    },
    {
      pattern: /found multiple jwt tokens/i,
      reasons: ["request.token_repeated"],
      possible: ["token.concatenated", "transit.wrong_place"],
      source: "docs/reasons/request.token_repeated.md",
    },
    {
      pattern: /\bjwt issuer is not configured/i,
      reasons: ["issuer.mismatch"],
      possible: [
        "issuer.host_alias",
        "issuer.trailing_slash",
        "issuer.environment",
        "issuer.other",
        "verifier.not_configured",
        "transit.overwritten",
      ],
      source: "istio/istio#25578, field notes",
    },
    {
      pattern: /\bjwt is expired\b/i,
      reasons: ["expiration.expired"],
      likely: ["time.expired"],
      possible: ["time.clock_ahead"],
      source: "envoyproxy/envoy, jwt_verify_lib status.cc",
    },
    {
      pattern: /\bjwt not yet valid\b/i,
      reasons: ["expiration.not_yet_valid"],
      likely: ["time.clock_behind"],
      possible: ["time.delayed_start", "time.milliseconds"],
      source: "envoyproxy/envoy, jwt_verify_lib status.cc",
    },
  ]),
  ...messagesOf("agentgateway", [
    {
      pattern: /failed to create jwt provider/i,
      reasons: ["signature.keys_unavailable"],
      likely: ["key.set_unsupported_member"],
      possible: ["key.set_wrong_document"],
      source: "agentgateway/agentgateway#1796",
    },
  ]),
];
