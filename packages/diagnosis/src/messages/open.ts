/** Messages that say no more than that a token is no good: with nothing else known, nothing is decided. */
import { messagesOf, type Message } from "./message.ts";

export const OPEN: readonly Message[] = [
  ...messagesOf("RFC 6750", [
    {
      pattern: /\binvalid_token\b/i,
      // The bare code is what an inquiry without a token shows: that there is none stays the reason, and the rest is left possible.
      reasons: [
        "request.token_missing",
        "expiration.expired",
        "signature.mismatch",
        "issuer.mismatch",
        "audience.mismatch",
        "revocation.token",
      ],
      open: true,
      possible: [
        "time.expired",
        "audience.other",
        "issuer.other",
        "key.other_issuer",
        "revoked.by_user",
        "token.opaque",
      ],
      source:
        "RFC 6750 section 3.1: expired, revoked, malformed, or invalid for other reasons",
    },
  ]),
  ...messagesOf("several libraries", [
    {
      pattern:
        /\b(?:could not validate credentials|invalid (?:access |jwt |bearer |id )?token\b|invalid jwt\b|jwt (?:auth(?:entication)? )?(?:fails|failed|refused|verification failed)|token (?:is )?invalid\b|token_invalid\b|access token invalid|token (?:verification|validation) failed|improper token|origin authentication failed|bad credentials|invalid_auth\b|authentication failed\. please provide a new token)/i,
      reasons: [
        "expiration.expired",
        "signature.mismatch",
        "format.not_jwt",
        "issuer.mismatch",
        "audience.mismatch",
      ],
      open: true,
      possible: [
        "time.expired",
        "token.placeholder",
        "key.other_issuer",
        "issuer.other",
        "audience.other",
        "key.secret_encoding",
      ],
      source:
        "the field notes: 401s of which only the server’s log tells the reason",
    },
  ]),
];
