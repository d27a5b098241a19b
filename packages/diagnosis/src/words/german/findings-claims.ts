import type { Evidence } from "@assay/token";
import type { Say } from "../language.ts";
import { isoMoment, moment } from "../time.ts";
import { untrusted } from "../untrusted.ts";
import { isUse } from "../is-use.ts";
import { happened } from "./events.ts";
import { KEY_PROBLEMS } from "./findings-signature.ts";
import { allOf, anyOf, quoted, typed } from "./lists.ts";
import { phrase, quotedUnlessOurs } from "./phrases.ts";
import { duration, durationInDative } from "./time.ts";

const PROOF: Readonly<
  Record<Evidence["binding.proof_invalid"]["problem"], string>
> = {
  repeated: "der Header DPoP ist mehrfach da",
  malformed: "der Proof ist kein wohlgeformtes JWT",
  typ: "typ des Proofs ist nicht dpop+jwt",
  algorithm: "der Algorithmus des Proofs ist nicht zugelassen",
  key: "der Schlüssel des Proofs ist nicht zugelassen",
  signature: "die Signatur des Proofs stimmt nicht",
  claim_missing: "dem Proof fehlt ein Claim",
  claim_type: "ein Claim des Proofs hat den falschen Typ",
  too_old: "der Proof ist zu alt",
  in_future: "der Proof ist in der Zukunft ausgestellt",
};

const tolerance = (seconds: number): string =>
  seconds === 0 ? "" : `, Toleranz ${duration(seconds)}`;
const both = (expected: string, found: string): string =>
  `erwartet: ${expected}, gefunden: ${found}`;

type RevokedEvidence = Evidence["revocation.token"];

function revoked(what: string, { at, event, by }: RevokedEvidence): string {
  const when = isoMoment(at);
  const details = [
    event !== null && happened(event),
    when !== null && `am ${when}`,
    by !== null && `durch ${quoted(by)}`,
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
  "expiration.missing": ({ claim }) => both(`der Claim ${claim}`, "keiner"),
  "expiration.expired": ({ exp, now, bySeconds, toleranceSeconds }) =>
    `abgelaufen ${bySeconds < 1 ? "genau in diesem Moment" : `vor ${durationInDative(bySeconds)}`} (${moment(exp, now)})${tolerance(toleranceSeconds)}`,
  "expiration.not_yet_valid": ({ nbf, now, bySeconds, toleranceSeconds }) =>
    `gültig erst in ${durationInDative(bySeconds)} (nbf ${moment(nbf, now)}, jetzt ${moment(now, now)})${tolerance(toleranceSeconds)}`,
  "expiration.issued_in_future": ({ iat, now, bySeconds, toleranceSeconds }) =>
    `ausgestellt ${duration(bySeconds)} nach dem Stand der Uhr des Verifiers (iat ${moment(iat, now)}, jetzt ${moment(now, now)})${tolerance(toleranceSeconds)}`,
  "expiration.too_old": ({ iat, now, maxAgeSeconds, toleranceSeconds }) =>
    `ausgestellt vor ${durationInDative(now - iat)} (${moment(iat, now)}), zugelassen sind höchstens ${duration(maxAgeSeconds)}${tolerance(toleranceSeconds)}`,
  "expiration.lifetime_too_long": ({ lifetimeSeconds, maxLifetimeSeconds }) =>
    maxLifetimeSeconds === 0
      ? "länger gültig als zugelassen"
      : `gültig ${duration(lifetimeSeconds)} lang, zugelassen sind höchstens ${duration(maxLifetimeSeconds)}`,
  "issuer.missing": ({ expected }) => both(`iss ${anyOf(expected)}`, "keines"),
  "issuer.mismatch": ({ expected, found }) =>
    both(anyOf(expected), quoted(found)),
  "audience.missing": ({ expected }) =>
    both(`aud ${anyOf(expected)}`, "keines"),
  "audience.mismatch": ({ expected, found }) =>
    both(
      expected.length === 1
        ? quotedUnlessOurs(expected[0] ?? "")
        : anyOf(expected),
      allOf(found),
    ),
  "audience.party_mismatch": ({ expected, found, claim }) =>
    both(
      `${untrusted(claim)} ${anyOf(expected)}`,
      found === null ? "keines" : quoted(found),
    ),
  "audience.claim_missing": ({ claim }) =>
    both(`der Claim ${quoted(claim)}`, "keiner"),
  "audience.claim_mismatch": ({ claim, expected, found }) =>
    `Claim ${quoted(claim)}: ${both(typed(expected), typed(found))}`,
  "binding.proof_missing": ({ binding }) =>
    binding === "dpop"
      ? both("ein DPoP-Proof", "keiner")
      : both("ein Client-Zertifikat", "keines"),
  "binding.proof_invalid": ({ problem, detail }) =>
    `${PROOF[problem]}${detail === null ? "" : `: ${KEY_PROBLEMS[detail] ?? phrase(detail)}`}`,
  "binding.key_mismatch": ({ binding, expected, found }) =>
    `${binding === "dpop" ? "Thumbprint des Schlüssels im Proof" : "Thumbprint des Zertifikats"}: ${both(expected === "none" ? "nichts" : quoted(expected), quoted(found))}`,
  "binding.request_mismatch": ({ member, expected, found }) =>
    `${member} des Proofs: ${both(quoted(expected), quoted(found))}`,
  "binding.nonce": ({ found }) =>
    both("die Nonce des Servers", found ? "eine andere" : "keine"),
  "binding.replayed": ({ id }) =>
    id === ""
      ? "schon benutzt, was nur einmal benutzt werden darf"
      : `jti ${quoted(id)} ist schon bekannt`,
  "scope.missing": ({ needed }) =>
    both(
      `${needed.length === 1 ? "der Scope" : "die Scopes"} ${allOf(needed)}`,
      "keiner",
    ),
  "scope.insufficient": ({ needed, found, lacking, shape }) =>
    `nötig: ${allOf(needed)}, gefunden: ${allOf(found)}${shape === "string" ? "" : ` (in dieser Form: ${phrase(shape)})`}, ${lacking.length === 1 ? "es fehlt" : "es fehlen"}: ${allOf(lacking)}`,
  "scope.authentication": ({ needed, found }) =>
    both(
      quotedUnlessOurs(needed),
      found === null ? "nichts" : quotedUnlessOurs(found),
    ),
  "revocation.token": (evidence) =>
    revoked("genau dieses Token wurde widerrufen", evidence),
  "revocation.grant": (evidence) =>
    revoked(
      isUse(evidence.event)
        ? "es ist verbraucht"
        : "der Grant, aus dem es stammt, wurde widerrufen",
      evidence,
    ),
  "revocation.subject": (evidence) =>
    revoked("die Token seines Benutzers zählen nicht mehr", evidence),
  "revocation.client": (evidence) =>
    revoked(
      evidence.event === "subject.tokens_revoked_before"
        ? "die Token seines Clients zählen nicht mehr"
        : "sein Client ist gesperrt",
      evidence,
    ),
  "revocation.key": (evidence) =>
    revoked(
      "der Schlüssel, mit dem es signiert ist, wurde zurückgezogen",
      evidence,
    ),
  "revocation.unavailable": ({ source, problem }) =>
    source === null ? phrase(problem) : `${quoted(source)}: ${phrase(problem)}`,
};
