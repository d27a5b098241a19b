/** The evidence of reasons that are known from a server's words alone, and that a token at hand would show better: it says little. */
import type { Evidence, Reason } from "@assay/token";

const VALUE = "…";
/** A fixed phrase: German has it too. */
const FROM_WORDS = "known from the server's words alone";

/** A claim that the words name: 'claim "tenant"', "Missing sub claim", "[exp] field", "The tenant claim is required". */
const CLAIMS = [
  /["'“‘[(`]([a-z_][\w:/.-]{1,60})["'”’\])`] (?:\(\w{1,20}\) )?(?:jwt )?(?:claim|field)\b/i,
  /\bclaims? (?:key: )?["'“‘[(`]([a-z_][\w:/.-]{1,60})["'”’\])`]/i,
  /\b(sub|iss|aud|exp|iat|nbf|jti|azp|nonce|email|scp|roles|groups|tenant|at_hash|c_hash|acr) (?:claim|mismatch|value)\b/i,
  /\bclaim:? (sub|iss|aud|exp|iat|nbf|jti|azp|nonce|email|scp|roles|groups|at_hash)\b/i,
  /\b(subject|nonce|at_hash|email)\b/i,
];

const claimIn = (words: string): string => {
  const named = CLAIMS.map((pattern) => pattern.exec(words)?.[1]).find(
    (name) => name !== undefined,
  );
  return /^subject$/i.test(named ?? "") ? "sub" : (named ?? VALUE);
};

/** Which reasons are told so, with what the words give. */
export type Unseen =
  | Exclude<
      Extract<Reason, `${"request" | "format"}.${string}`>,
      "request.token_missing" | "format.type"
    >
  | `signature.${"algorithm_none" | "algorithm_unsupported" | "key_ambiguous" | "key_unsuitable" | "keys_unavailable"}`
  | `audience.${"claim_missing" | "claim_mismatch"}`
  | `binding.${"proof_missing" | "proof_invalid" | "key_mismatch" | "request_mismatch"}`
  | `revocation.${"key" | "unavailable"}`;

interface Words {
  readonly alg: string;
  readonly kid: string | null;
  readonly words: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

export const UNSEEN_EVIDENCE: {
  readonly [R in Unseen]: (about: Words) => Evidence[R] | null;
} = {
  "request.scheme_unsupported": () => ({ expected: "Bearer", found: VALUE }),
  "request.header_malformed": () => ({ words: 2 }),
  "request.token_repeated": () => ({ places: [VALUE, VALUE] }),
  "request.transport_insecure": () => ({ host: VALUE }),
  "format.empty": () => ({ length: 0 }),
  "format.not_jwt": () => ({ looksLike: "another text", dots: 0 }),
  "format.segments": () => ({ found: 0, expected: [3, 5] }),
  "format.encoding": () => ({
    segment: "token",
    position: 0,
    problem: "character",
    character: null,
  }),
  "format.header": () => ({ problem: "not_json", member: null }),
  "format.payload": () => ({ problem: "not_json", member: null }),
  "format.claim_type": ({ words }) => ({
    claim: claimIn(words),
    expected: /\bstring\b/i.test(words) ? "string" : "number",
    found: FROM_WORDS,
  }),
  "format.encrypted": () => ({ alg: null, enc: null, problem: "no_key" }),
  "format.critical": () => ({ problem: "not_understood", member: null }),
  "format.too_large": () => ({ what: "token", limit: null, found: 0 }),
  "signature.algorithm_none": ({ alg }) => ({
    alg: alg === VALUE ? null : alg,
  }),
  "signature.algorithm_unsupported": ({ alg }) => ({ alg: alg || VALUE }),
  "signature.key_ambiguous": ({ alg, kid }) => ({
    alg,
    kid,
    candidates: 2,
    known: [],
  }),
  "signature.key_unsuitable": ({ alg, kid }) => ({
    alg,
    kid,
    problem: "unreadable",
    found: null,
  }),
  "signature.keys_unavailable": () => ({
    source: "jwks_uri",
    problem: FROM_WORDS,
  }),
  "audience.claim_missing": ({ words, claims }) => {
    const claim = claimIn(words);
    return claims[claim] === undefined ? { claim } : null;
  },
  "audience.claim_mismatch": ({ words }) => ({
    claim: claimIn(words),
    expected: VALUE,
    found: null,
  }),
  "binding.proof_missing": ({ words }) => ({
    binding: /\bdpop\b/i.test(words) ? "dpop" : "mtls",
  }),
  "binding.proof_invalid": () => ({ problem: "malformed", detail: null }),
  "binding.key_mismatch": ({ words }) => ({
    binding: /\bdpop\b/i.test(words) ? "dpop" : "mtls",
    expected: VALUE,
    found: VALUE,
  }),
  "binding.request_mismatch": ({ words }) => ({
    member: /\bhtm\b|method/i.test(words)
      ? "htm"
      : /\bath\b|hash/i.test(words)
        ? "ath"
        : "htu",
    expected: VALUE,
    found: VALUE,
  }),
  "revocation.key": () => ({
    at: null,
    event: "the server's answer",
    by: null,
  }),
  "revocation.unavailable": () => ({ source: null, problem: FROM_WORDS }),
};
