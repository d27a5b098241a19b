/** The Rust crate jsonwebtoken, by the names of its error kinds and their sentences. */
import { absent } from "./heard-facts.ts";
import { messagesOf, type Message } from "./message.ts";

const SOURCE = "Keats/jsonwebtoken src/errors.rs";

export const RUST: readonly Message[] = messagesOf("Rust jsonwebtoken", [
  {
    pattern: /\bmissing required claim: exp\b|missingrequiredclaim\("exp"\)/i,
    reasons: ["expiration.missing"],
    likely: [absent("exp")],
    source: SOURCE,
  },
  {
    pattern: /\bmissing required claim: aud\b|missingrequiredclaim\("aud"\)/i,
    reasons: ["audience.missing"],
    likely: ["audience.absent"],
    source: SOURCE,
  },
  {
    pattern: /\bmissingrequiredclaim\b/i,
    reasons: ["audience.claim_missing"],
    likely: ["claim.absent"],
    source: SOURCE,
  },
  {
    pattern: /\binvalid(?:keyformat|ecdsakey)\b|\brsa key invalid: /i,
    reasons: ["signature.key_unsuitable"],
    possible: ["key.pem_damaged", "key.wrong_form", "key.wrong_type"],
    source: SOURCE,
  },
  {
    pattern: /\bbase64\((?:invalid|decode)|\bbase64 error: /i,
    reasons: ["format.encoding"],
    possible: ["token.base64_not_url", "token.truncated", "token.quoted"],
    source: SOURCE,
  },
  {
    pattern: /\b(?:error|errorkind|kind)(?:\(|::|: )invalidtoken\b/i,
    reasons: ["format.segments", "format.not_jwt"],
    possible: ["token.opaque", "token.truncated", "token.placeholder"],
    source: SOURCE,
  },
  {
    pattern: /\b(?:error|errorkind|kind)(?:\(|::|: )invalidalgorithm\b/i,
    reasons: ["signature.algorithm_not_allowed"],
    possible: ["algorithm.mismatch", "key.wrong_type"],
    source: SOURCE,
  },
]);
