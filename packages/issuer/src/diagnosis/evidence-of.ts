/** The finding behind a reason, from what the refusal knew. Where it knew nothing, the evidence says no more than the reason. */
import type { HistoryEntry } from "@assay/diagnosis";
import {
  finding,
  type Evidence,
  type Finding,
  type Reason,
} from "@assay/token";
import type { RefusalDetail } from "../errors.ts";
import { laidOver } from "./laid-over.ts";

type Facts = NonNullable<RefusalDetail["facts"]>;

const ENDED = { at: null, event: null, by: null };
const WANTED = { alg: "not known", kid: null };
const NO_TIME = { now: 0, toleranceSeconds: 0, bySeconds: 0 };

/** Of the reasons that the server itself refuses by. */
const STANDING: { readonly [R in Reason]?: Evidence[R] } = {
  "request.token_missing": { scheme: "Bearer", headers: [] },
  "request.header_malformed": { words: 0 },
  "request.token_repeated": { places: [] },
  "format.empty": { length: 0 },
  "format.not_jwt": { looksLike: "another text", dots: 0 },
  "format.segments": { found: 0, expected: [3, 5] },
  "format.claim_type": {
    claim: "a claim",
    expected: "another type",
    found: "",
  },
  "format.type": { expected: "another kind", found: "", by: "typ" },
  "signature.algorithm_not_allowed": {
    alg: "not known",
    allowed: [],
    usual: null,
  },
  "signature.algorithm_unsupported": { alg: "not known" },
  "signature.missing": { alg: "not known" },
  "signature.algorithm_none": { alg: "none" },
  "signature.key_not_found": { ...WANTED, known: [], keys: 0 },
  "signature.key_unsuitable": {
    ...WANTED,
    problem: "it does not fit",
    found: null,
  },
  "signature.mismatch": { ...WANTED, key: null },
  "signature.keys_unavailable": {
    source: null,
    problem: "they could not be had",
  },
  "expiration.missing": { claim: "exp" },
  "expiration.expired": { ...NO_TIME, exp: 0 },
  "expiration.not_yet_valid": { ...NO_TIME, nbf: 0 },
  "expiration.issued_in_future": { ...NO_TIME, iat: 0 },
  "expiration.lifetime_too_long": { lifetimeSeconds: 0, maxLifetimeSeconds: 0 },
  "issuer.missing": { expected: [] },
  "issuer.mismatch": { expected: [], found: "" },
  "audience.missing": { expected: [] },
  "audience.mismatch": { expected: [], found: [] },
  "audience.party_mismatch": { expected: [], found: null, claim: "client_id" },
  "audience.claim_missing": { claim: "a claim" },
  "audience.claim_mismatch": { claim: "a claim", expected: null, found: null },
  "binding.proof_missing": { binding: "dpop" },
  "binding.proof_invalid": { problem: "malformed", detail: null },
  "binding.key_mismatch": { binding: "dpop", expected: "", found: "" },
  "binding.request_mismatch": { member: "htu", expected: "", found: "" },
  "binding.nonce": { found: false },
  "binding.replayed": { id: "" },
  "scope.missing": { needed: [] },
  "scope.insufficient": { needed: [], found: [], lacking: [], shape: "string" },
  "scope.authentication": { needed: "a stronger sign-in", found: null },
  "revocation.token": ENDED,
  "revocation.grant": ENDED,
  "revocation.subject": ENDED,
  "revocation.client": ENDED,
  "revocation.key": ENDED,
};

/** null: the reason is none that this server refuses by. `at` in milliseconds. */
export function evidenceOf(
  reason: Reason,
  facts: Facts,
  at: number,
  ending: HistoryEntry | null,
): Finding | null {
  const standing = STANDING[reason];
  if (standing === undefined) return null;
  const now = Math.floor(at / 1000);
  const known: Facts = {
    ...facts,
    ...("now" in standing && { now, ...timesOf(facts, now) }),
    ...(reason.startsWith("revocation.") &&
      ending && { at: ending.at, event: ending.event, by: ending.by ?? null }),
  };
  return finding(reason, laidOver(standing, known) as never);
}

/** How long it is over; where no time is known, since this moment. */
function timesOf(facts: Facts, now: number): Facts {
  const said = facts["since"] ?? facts["expiredAt"];
  const end =
    typeof facts["exp"] === "number"
      ? facts["exp"]
      : typeof said === "string"
        ? Math.floor(Date.parse(said) / 1000)
        : now;
  return { exp: end, bySeconds: now - end };
}
