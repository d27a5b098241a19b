import type { Report } from "@assay/diagnosis";
import type { Reason } from "@assay/token";

/** The member of the header or the claims that a reason speaks of. A reason that speaks of several, or of none, is not here. */
const HEADER_OF: ReadonlyMap<Reason, string> = new Map([
  ["signature.algorithm_none", "alg"],
  ["signature.algorithm_not_allowed", "alg"],
  ["signature.algorithm_unsupported", "alg"],
  ["signature.key_not_found", "kid"],
  ["signature.key_ambiguous", "kid"],
  ["format.critical", "crit"],
]);

const CLAIM_OF: ReadonlyMap<Reason, string> = new Map([
  ["expiration.expired", "exp"],
  ["expiration.not_yet_valid", "nbf"],
  ["expiration.issued_in_future", "iat"],
  ["expiration.too_old", "iat"],
  ["expiration.lifetime_too_long", "exp"],
  ["issuer.mismatch", "iss"],
  ["audience.mismatch", "aud"],
  ["binding.key_mismatch", "cnf"],
]);

/** What is odd about the members, by their names: the findings that speak of one. */
export const headerRemarks = (report: Report): ReadonlyMap<string, string> =>
  remarks(report, HEADER_OF);

export const claimRemarks = (report: Report): ReadonlyMap<string, string> =>
  remarks(report, CLAIM_OF);

function remarks(
  { findings }: Report,
  memberOf: ReadonlyMap<Reason, string>,
): ReadonlyMap<string, string> {
  return new Map(
    findings.flatMap(({ reason, sentence }) => {
      const member = memberOf.get(reason);
      return member === undefined ? [] : [[member, sentence] as const];
    }),
  );
}
