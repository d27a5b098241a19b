/** PostgREST, Supabase and Hasura, which say what the Haskell library hs-jose found. */
import { messagesOf, type Message } from "./message.ts";

export const HASKELL: readonly Message[] = [
  ...messagesOf("PostgREST, Supabase", [
    {
      pattern: /jwserror \(?jwsinvalidsignature|jwsinvalidsignature/i,
      reasons: ["signature.mismatch"],
      possible: [
        "key.unknown",
        "key.secret_encoding",
        "key.wrong_form",
        "key.other_issuer",
      ],
      source: "PostgREST/postgrest, starter kit, field notes",
    },
    {
      pattern:
        /jwserror \(?(?:compactdecodeerror|jsondecodeerror)|invalid number of parts/i,
      reasons: ["format.segments", "format.not_jwt"],
      possible: ["token.key_instead", "token.placeholder", "token.truncated"],
      source: "frasertweedale/hs-jose Crypto.JOSE.Error",
    },
    {
      pattern: /unauthorized_invalid_jwt_format/i,
      reasons: ["format.not_jwt"],
      possible: ["token.key_instead", "token.opaque"],
      source: "supabase/supabase#45993",
    },
    {
      pattern:
        /\bno suitable key or wrong key type|jwserror nousablekeys|\bnosuitablekey/i,
      reasons: ["signature.key_not_found"],
      possible: [
        "key.id_form",
        "key.wrong_type",
        "algorithm.mismatch",
        "key.other_issuer",
      ],
      source: "PostgREST/postgrest#4048",
    },
    {
      pattern: /bytestring is unpadded or has invalid padding/i,
      reasons: ["signature.key_unsuitable"],
      possible: ["key.secret_encoding", "key.secret_whitespace"],
      source: "PostgREST/postgrest#5215",
    },
  ]),
  ...messagesOf("Hasura", [
    {
      pattern:
        /\$\.aud: (?:parsing stringoruri failed, )?expected string[^\n]{0,20}, (?:but )?encountered array/i,
      reasons: ["format.claim_type", "audience.mismatch"],
      likely: ["verifier.too_strict"],
      source: "hasura/graphql-engine#9664, frasertweedale/hs-jose#84",
    },
    {
      pattern: /jwtclaimssetdecodeerror/i,
      reasons: ["format.claim_type"],
      likely: ["claim.shape"],
      possible: ["time.not_numeric"],
      source: "hasura/graphql-engine#7019",
    },
    {
      pattern: /claims key: '[^'\n]{1,120}' not found/i,
      reasons: ["audience.claim_missing"],
      likely: ["claim.absent"],
      possible: ["claim.shape", "verifier.not_configured"],
      source: "hasura/graphql-engine#9704",
    },
    {
      pattern: /jwtissuedatfuture/i,
      reasons: ["expiration.issued_in_future"],
      likely: ["time.clock_behind"],
      source: "hasura/graphql-engine, field notes",
    },
    {
      pattern: /jwtexpired\b/i,
      reasons: ["expiration.expired"],
      likely: ["time.expired"],
      possible: ["time.clock_ahead"],
      source: "hasura/graphql-engine#9765",
    },
  ]),
];
