/** Ruby, Rust, Elixir, Haskell clients beside PostgREST, and C++: ruby-jwt, Rust jsonwebtoken, Joken. */
import { cannot, valued } from "./heard-facts.ts";
import { messagesOf, type Message } from "./message.ts";

export const RUBY: readonly Message[] = [
  ...messagesOf("ruby-jwt", [
    {
      pattern: /not enough or too many segments/i,
      reasons: ["format.segments", "format.not_jwt"],
      possible: [
        "token.placeholder",
        "token.opaque",
        "token.truncated",
        "token.scheme_repeated",
      ],
      source: "jwt/ruby-jwt lib/jwt/encoded_token.rb",
    },
    {
      pattern: /\binvalid segment encoding\b/i,
      reasons: ["format.encoding"],
      possible: ["token.base64_not_url", "token.truncated", "token.malformed"],
      source: "jwt/ruby-jwt lib/jwt/decode.rb",
    },
    {
      pattern: /invalid issuer\. expected/i,
      reasons: ["issuer.mismatch"],
      possible: ["issuer.trailing_slash", "issuer.other"],
      source: "jwt/ruby-jwt lib/jwt/claims/issuer.rb",
    },
    {
      pattern: /invalid audience\. expected \[/i,
      reasons: ["audience.mismatch"],
      possible: ["verifier.too_strict", "audience.other", "audience.client_id"],
      source: "ruby-jwt, field notes; jwt/ruby-jwt lib/jwt/claims/audience.rb",
    },
    {
      pattern: /invalid subject\. expected/i,
      reasons: ["audience.claim_mismatch"],
      likely: [valued("sub")],
      source: "jwt/ruby-jwt lib/jwt/claims/subject.rb",
    },
    {
      pattern: /invalid (?:iat|issued at)\b/i,
      reasons: ["expiration.issued_in_future"],
      likely: ["time.clock_behind"],
      possible: ["time.milliseconds"],
      source: "jwt/ruby-jwt lib/jwt/claims/issued_at.rb",
    },
    {
      pattern: /expected a different algorithm/i,
      reasons: ["signature.algorithm_not_allowed"],
      likely: ["algorithm.mismatch"],
      possible: ["token.forged"],
      source: "jwt/ruby-jwt lib/jwt/decode.rb",
    },
    {
      pattern:
        /payload algorithm is \w{2,10} but \w{2,10} (?:verification|signing) key was provided|unsupportedecdsacurve/i,
      reasons: ["signature.key_unsuitable"],
      likely: ["key.wrong_type"],
      possible: [cannot("algorithm")],
      source: "jwt/ruby-jwt#277, #362",
    },
    {
      pattern: /could not find public key for kid|no key id \(kid\) found/i,
      reasons: ["signature.key_not_found"],
      possible: ["key.rotated", "key.other_issuer", "key.id_missing"],
      source: "jwt/ruby-jwt lib/jwt/jwk/key_finder.rb",
    },
    {
      pattern: /missing required claim (?!exp|iat|iss|aud)\w/i,
      reasons: ["audience.claim_missing"],
      likely: ["claim.absent"],
      source: "jwt/ruby-jwt lib/jwt/claims/required.rb",
    },
  ]),
  ...messagesOf("Rust jsonwebtoken", [
    {
      pattern: /unknown variant `\w{2,10}`, expected one of/i,
      reasons: ["signature.algorithm_unsupported"],
      likely: [cannot("algorithm")],
      possible: ["algorithm.mismatch"],
      source: "mike-engel/jwt-cli#402",
    },
    {
      pattern: /\binvalidaudience\b/i,
      reasons: ["audience.mismatch"],
      possible: ["verifier.not_configured", "audience.other"],
      source: "yoshidan/google-cloud-rust#248",
    },
    {
      pattern: /\binvalidissuer\b/i,
      reasons: ["issuer.mismatch"],
      possible: ["issuer.trailing_slash", "issuer.other"],
      source: "Keats/jsonwebtoken src/errors.rs",
    },
    {
      pattern: /\bexpiredsignature\b/i,
      reasons: ["expiration.expired"],
      likely: ["time.expired"],
      possible: ["time.clock_ahead"],
      source: "Keats/jsonwebtoken src/errors.rs",
    },
    {
      pattern: /\binvalidsignature\b/i,
      reasons: ["signature.mismatch"],
      possible: ["key.secret_encoding", "key.unknown", "key.other_issuer"],
      source: "Keats/jsonwebtoken src/errors.rs",
    },
    {
      pattern: /\bimmaturesignature\b/i,
      reasons: ["expiration.not_yet_valid"],
      likely: ["time.clock_behind"],
      possible: ["time.delayed_start"],
      source: "Keats/jsonwebtoken src/errors.rs",
    },
    {
      pattern: /unsupported jwt type/i,
      reasons: ["format.type"],
      likely: ["verifier.too_strict"],
      source: "ramosbugs/openidconnect-rs#160",
    },
  ]),
];
