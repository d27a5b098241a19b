/** What is odd about the members, by their names: findings that speak of one, then what no check needs to refuse. */
import type { Language, Report } from "@assay/diagnosis";
import type { Reason } from "@assay/token";
import type { Texts } from "../../language/english.ts";
import { oddClaims, oddHeader, type Odd } from "./oddities.ts";

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

export interface Remark {
  readonly says: string;
  /** True: a check refused the token for it. */
  readonly refuses: boolean;
}

type Remarks = ReadonlyMap<string, readonly Remark[]>;
type Members = Readonly<Record<string, unknown>>;

export const headerRemarks = (
  report: Report,
  header: object,
  odd: Texts["odd"],
): Remarks =>
  together(refusals(report, HEADER_OF), oddHeader(header as Members, odd));

export const claimRemarks = (
  report: Report,
  claims: object,
  now: number,
  odd: Texts["odd"],
  { duration }: Language,
): Remarks =>
  together(
    refusals(report, CLAIM_OF),
    oddClaims(claims as Members, now, odd, duration),
  );

const refusals = (
  { findings }: Report,
  memberOf: ReadonlyMap<Reason, string>,
): Named[] =>
  findings.flatMap(({ reason, sentence }) => {
    const member = memberOf.get(reason);
    return member === undefined
      ? []
      : [{ member, says: sentence, refuses: true }];
  });

interface Named extends Remark {
  readonly member: string;
}

/** What refused the token needs no second remark. */
function together(refused: readonly Named[], odd: readonly Odd[]): Remarks {
  const told = new Set(refused.map(({ member }) => member));
  const rest = odd
    .filter(({ member }) => !told.has(member))
    .map((one) => ({ ...one, refuses: false }));
  return Map.groupBy([...refused, ...rest], ({ member }) => member);
}
