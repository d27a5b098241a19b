import type { Evidence } from "@assay/token";
import type { Say } from "./language.ts";
import { happened } from "./events.ts";
import { isUse } from "./is-use.ts";
import { allOf, anyOf } from "./lists.ts";
import { duration, isoMoment, moment } from "./time.ts";
import { phrase, quoted, typed, untrusted } from "./untrusted.ts";

const PROOF: Readonly<
  Record<Evidence["binding.proof_invalid"]["problem"], string>
> = {
  repeated: "the header DPoP is there more than once",
  malformed: "the proof is no well-formed JWT",
  typ: "typ of the proof is not dpop+jwt",
  algorithm: "the algorithm of the proof is not accepted",
  key: "the key of the proof is not accepted",
  signature: "the signature of the proof does not match",
  claim_missing: "the proof lacks a claim",
  claim_type: "a claim of the proof has the wrong type",
  too_old: "the proof is too old",
  in_future: "the proof was made in the future",
};

const tolerance = (seconds: number): string =>
  seconds === 0 ? "" : `, tolerance ${duration(seconds)}`;
const both = (expected: string, found: string): string =>
  `expected ${expected}, found ${found}`;

type RevokedEvidence = Evidence["revocation.token"];

function revoked(what: string, { at, event, by }: RevokedEvidence): string {
  const when = isoMoment(at);
  const details = [
    event !== null && happened(event),
    when,
    by !== null && `by ${quoted(by)}`,
  ].filter(Boolean);
  return details.length === 0 ? what : `${what} (${details.join(", ")})`;
}

/** What the steps from expiration to revocation find. */
export const CLAIMS_FINDINGS: Say<"expiration"> &
  Say<"issuer"> &
  Say<"audience"> &
  Say<"binding"> &
  Say<"scope"> &
  Say<"revocation"> = {
  "expiration.missing": ({ claim }) =>
    `expected the claim ${claim}, found none`,
  "expiration.expired": ({ exp, now, bySeconds, toleranceSeconds }) =>
    `expired ${bySeconds < 1 ? "at this very moment" : `${duration(bySeconds)} ago`} (${moment(exp, now)})${tolerance(toleranceSeconds)}`,
  "expiration.not_yet_valid": ({ nbf, now, bySeconds, toleranceSeconds }) =>
    `valid only in ${duration(bySeconds)} (nbf ${moment(nbf, now)}, now ${moment(now, now)})${tolerance(toleranceSeconds)}`,
  "expiration.issued_in_future": ({ iat, now, bySeconds, toleranceSeconds }) =>
    `issued ${duration(bySeconds)} ahead of the verifier's clock (iat ${moment(iat, now)}, now ${moment(now, now)})${tolerance(toleranceSeconds)}`,
  "expiration.too_old": ({ iat, now, maxAgeSeconds, toleranceSeconds }) =>
    `issued ${duration(now - iat)} ago (${moment(iat, now)}), at most ${duration(maxAgeSeconds)} are accepted${tolerance(toleranceSeconds)}`,
  "expiration.lifetime_too_long": ({ lifetimeSeconds, maxLifetimeSeconds }) =>
    // A server that refuses it does not say its limit.
    maxLifetimeSeconds === 0
      ? "lives longer than is accepted"
      : `lives ${duration(lifetimeSeconds)}, at most ${duration(maxLifetimeSeconds)} are accepted`,
  "issuer.missing": ({ expected }) => both(`iss ${anyOf(expected)}`, "none"),
  "issuer.mismatch": ({ expected, found }) =>
    both(anyOf(expected), quoted(found)),
  "audience.missing": ({ expected }) => both(`aud ${anyOf(expected)}`, "none"),
  "audience.mismatch": ({ expected, found }) =>
    both(anyOf(expected), allOf(found)),
  "audience.party_mismatch": ({ expected, found, claim }) =>
    both(
      `${untrusted(claim)} ${anyOf(expected)}`,
      found === null ? "none" : quoted(found),
    ),
  "audience.claim_missing": ({ claim }) =>
    both(`the claim ${quoted(claim)}`, "none"),
  "audience.claim_mismatch": ({ claim, expected, found }) =>
    `claim ${quoted(claim)}: ${both(typed(expected), typed(found))}`,
  "binding.proof_missing": ({ binding }) =>
    both(binding === "dpop" ? "a DPoP proof" : "a client certificate", "none"),
  "binding.proof_invalid": ({ problem, detail }) =>
    `${PROOF[problem]}${detail === null ? "" : `: ${phrase(detail)}`}`,
  "binding.key_mismatch": ({ binding, expected, found }) =>
    `${binding === "dpop" ? "thumbprint of the proof's key" : "thumbprint of the certificate"}: ${both(quoted(expected), quoted(found))}`,
  "binding.request_mismatch": ({ member, expected, found }) =>
    `${member} of the proof: ${both(quoted(expected), quoted(found))}`,
  "binding.nonce": ({ found }) =>
    both("the server's nonce", found ? "another one" : "none"),
  "binding.replayed": ({ id }) =>
    id === ""
      ? "what may be used once was used before"
      : `jti ${quoted(id)} was seen before`,
  "scope.missing": ({ needed }) => both(`the scope ${allOf(needed)}`, "none"),
  "scope.insufficient": ({ needed, found, lacking, shape }) =>
    `needed ${allOf(needed)}, found ${found.length === 0 ? "nothing" : allOf(found)}${shape === "string" ? "" : ` as ${phrase(shape)}`}, lacking ${allOf(lacking)}`,
  "scope.authentication": ({ needed, found }) =>
    both(quoted(needed), found === null ? "none" : quoted(found)),
  "revocation.token": (evidence) =>
    revoked("this very token was revoked", evidence),
  "revocation.grant": (evidence) =>
    revoked(
      isUse(evidence.event)
        ? "it is used up"
        : "the grant that it came from was revoked",
      evidence,
    ),
  "revocation.subject": (evidence) =>
    revoked("the tokens of its user no longer count", evidence),
  "revocation.client": (evidence) =>
    revoked(
      evidence.event === "subject.tokens_revoked_before"
        ? "the tokens of its client no longer count"
        : "its client is disabled",
      evidence,
    ),
  "revocation.key": (evidence) =>
    revoked("the key that signed it was withdrawn", evidence),
  "revocation.unavailable": ({ source, problem }) =>
    source === null ? phrase(problem) : `${quoted(source)}: ${phrase(problem)}`,
};
