/** jose, openid-client, oauth4webapi, Auth.js, and the Auth0 middleware on them. */
import { cannot } from "./heard-facts.ts";
import { messagesOf, type Message } from "./message.ts";

export const JOSE: readonly Message[] = [
  ...messagesOf("jose", [
    {
      pattern: /requires key moduluslength to be/i,
      reasons: ["signature.key_unsuitable"],
      likely: ["key.too_small"],
      source: "panva/jose src/lib/check_key_length.ts",
    },
    {
      pattern: /invalid key for this operation, its "(?:use|key_ops)"/i,
      reasons: ["signature.key_unsuitable"],
      likely: ["key.use"],
      source: "panva/jose src/lib/check_key_type.ts",
    },
    {
      pattern: /failed to parse the json web key set/i,
      reasons: ["signature.keys_unavailable"],
      likely: ["key.set_wrong_document"],
      possible: ["key.set_unreachable"],
      source: "panva/jose src/jwks/remote.ts",
    },
    {
      pattern: /no applicable key found/i,
      reasons: ["signature.key_not_found"],
      possible: [
        "key.rotated",
        "key.other_issuer",
        "key.id_form",
        "key.algorithm_label",
        "key.set_empty",
        "key.retired",
      ],
      source: "panva/jose src/lib, src/util/errors.ts",
    },
    {
      pattern: /multiple matching keys found/i,
      reasons: ["signature.key_ambiguous"],
      possible: ["key.id_missing", "key.id_reused"],
      source: "panva/jose src/lib, src/util/errors.ts",
    },
    {
      pattern: /invalid compact jws\b|invalid compact jwe\b/i,
      reasons: ["format.not_jwt", "format.segments"],
      possible: [
        "token.opaque",
        "token.placeholder",
        "token.encrypted",
        "token.truncated",
        "token.scheme_repeated",
      ],
      source: "panva/jose src/lib, src/util/errors.ts",
    },
    {
      pattern:
        /jws protected header is invalid|jwe protected header is invalid/i,
      reasons: ["format.header", "format.encoding"],
      possible: [
        "token.malformed",
        "token.base64_not_url",
        "token.truncated",
        "token.quoted",
        "token.scheme_repeated",
        "token.percent_encoded",
      ],
      source: "panva/jose src/lib, src/util/errors.ts",
    },
    {
      pattern:
        /failed to base64url decode the (?:payload|signature|protected)/i,
      reasons: ["format.encoding"],
      possible: [
        "token.base64_not_url",
        "token.truncated",
        "token.line_wrapped",
        "token.quoted",
        "token.concatenated",
      ],
      source: "panva/jose src/lib, src/util/errors.ts",
    },
    {
      pattern: /jws "alg" \(algorithm\) header parameter missing/i,
      reasons: ["format.header"],
      likely: ["token.malformed"],
      source: "panva/jose src/lib, src/util/errors.ts",
    },
    {
      pattern: /claims set must be a top-level json object/i,
      reasons: ["format.payload"],
      likely: ["token.malformed"],
      possible: ["token.encrypted"],
      source: "panva/jose src/lib, src/util/errors.ts",
    },
    {
      pattern: /"(?:exp|nbf|iat)" claim must be a number/i,
      reasons: ["format.claim_type"],
      likely: ["time.not_numeric"],
      possible: ["claim.shape"],
      source: "panva/jose src/lib, src/util/errors.ts",
    },
    {
      pattern: /unexpected "typ" jwt header/i,
      reasons: ["format.type"],
      possible: ["verifier.too_strict", "kind.id_token", "kind.proof"],
      source: "panva/jose src/lib, src/util/errors.ts",
    },
    {
      pattern: /unexpected "(?!iss|aud)[\w-]{1,40}" claim value/i,
      reasons: ["audience.claim_mismatch"],
      likely: ["claim.value"],
      possible: ["claim.shape"],
      source: "panva/jose src/lib, src/util/errors.ts",
    },
    {
      pattern: /missing required "(?!iss|aud|exp|iat)[\w-]{1,40}" claim/i,
      reasons: ["audience.claim_missing"],
      likely: ["claim.absent"],
      possible: ["claim.shape", "kind.id_token"],
      source: "panva/jose src/lib, src/util/errors.ts",
    },
    {
      pattern:
        /extension header parameter [^\n]{1,60} is not recognized|"crit" \(critical\) header parameter must be/i,
      reasons: ["format.critical"],
      possible: [cannot("extension"), "token.malformed"],
      source: "panva/jose src/lib, src/util/errors.ts",
    },
    {
      pattern:
        /expected 200 ok from the json web key set|json web key set malformed|request timed out[^\n]{0,40}jwks|jwkstimeout/i,
      reasons: ["signature.keys_unavailable"],
      possible: ["key.set_unreachable", "key.set_wrong_document"],
      source: "panva/jose src/lib, src/util/errors.ts",
    },
    {
      pattern: /unsupported "alg" value for a json web key set/i,
      reasons: ["signature.algorithm_unsupported", "signature.algorithm_none"],
      possible: ["algorithm.mismatch", "token.forged", cannot("algorithm")],
      source: "panva/jose src/lib, src/util/errors.ts",
    },
    {
      pattern: /"(?:spki|pkcs8|x509)" must be [\w#.]{1,10} formatted string/i,
      reasons: ["signature.key_unsuitable"],
      possible: ["key.wrong_form", "key.pem_damaged"],
      source: "panva/jose src/lib, src/util/errors.ts",
    },
    {
      pattern: /decryption operation failed|jwedecryptionfailed/i,
      reasons: ["format.encrypted"],
      possible: ["token.encrypted", "key.unknown", "verifier.not_configured"],
      source: "panva/jose src/lib, src/util/errors.ts; auth0/nextjs-auth0#2487",
    },
    {
      pattern:
        /signature verification failed\b[^\n]{0,40}(?:err_jws|jwssignature)|err_jws_signature_verification_failed|\bjwssignatureverificationfailed\b/i,
      reasons: ["signature.mismatch"],
      possible: [
        "key.id_reused",
        "key.other_issuer",
        "key.secret_encoding",
        "token.altered",
      ],
      source: "panva/jose src/lib, src/util/errors.ts",
    },
  ]),
  ...messagesOf("express-oauth2-jwt-bearer", [
    {
      pattern: /more than one method used for authentication/i,
      reasons: ["request.token_repeated"],
      possible: ["transit.wrong_place"],
      source: "auth0/node-oauth2-jwt-bearer packages/oauth2-bearer",
    },
  ]),
];
