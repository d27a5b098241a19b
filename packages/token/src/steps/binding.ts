import type { Case, Judgement } from "../case.ts";
import { chain } from "../crypto/chain.ts";
import type { MaybePromise } from "../crypto/platform.ts";
import {
  checkProof,
  type Proof,
  type ProofExpectations,
  type ReplayStore,
} from "../dpop.ts";
import type { Policy } from "../policy.ts";
import type { Claims } from "../token.ts";
import { finding, type Finding } from "../verdict.ts";
import { headerValues } from "./request.ts";

const NOT_ASKED = {
  because: "neither the policy nor the token demands a proof",
};
const MAX_PROOF_AGE = 300;
/** Clients whose clock runs a little ahead are common; RFC 9449 section 11.1 allows for it. In seconds. */
const MIN_TOLERANCE = 30;

/**
 * Whether the sender holds the key that the token is bound to: by a DPoP proof (RFC 9449 section 7) or by the client certificate
 * (RFC 8705 section 3). A token that says it is bound is never taken without its proof.
 */
export function judgeBinding(token: Case): MaybePromise<Judgement> {
  const { policy, claims } = token;
  if (!claims)
    return policy.binding === "none" ? NOT_ASKED : { needs: "format" };
  const { cnf } = claims;
  const confirmation =
    typeof cnf === "object" && cnf !== null
      ? (cnf as Record<string, unknown>)
      : {};
  const dpop =
    policy.binding === "dpop" ||
    policy.scheme === "DPoP" ||
    names(confirmation, "jkt");
  const mtls = policy.binding === "mtls" || names(confirmation, "x5t#S256");
  if (!dpop && !mtls)
    return policy.kind === "client_assertion"
      ? judgeAssertion(token, claims)
      : NOT_ASKED;
  if (token.forged) return { needs: "signature" };
  const findings: Finding[] = mtls
    ? judgeCertificate(token, confirmation["x5t#S256"])
    : [];
  const { presented, now } = token;
  const { request = {} } = presented;
  const proven = dpop
    ? judgeProof(
        {
          proofs: headerValues(request, "dpop"),
          method: request.method ?? "GET",
          url: request.url ?? "",
          accessToken: token.token,
          now,
        },
        confirmation["jkt"],
        policy.given,
      )
    : [];
  return chain(proven, (found) => [...findings, ...found]);
}

/** A key of the wrong type is no key that anybody could hold, and still no leave to do without one. null stands for none. */
const names = (
  confirmation: Readonly<Record<string, unknown>>,
  member: string,
): boolean => (confirmation[member] ?? null) !== null;

/** An assertion is good for one use, where the policy remembers them by iss and jti (RFC 7523 section 3, item 7). */
function judgeAssertion(
  { policy, forged }: Case,
  { iss, jti, exp }: Claims,
): MaybePromise<Judgement> {
  const { replay } = policy.given;
  if (!replay || jti === undefined) return NOT_ASKED;
  if (forged) return { needs: "signature" };
  // As long as the step expiration lets it pass.
  const until = (exp ?? Number.POSITIVE_INFINITY) + policy.clockTolerance;
  return remember(replay, iss ?? "", jti, until);
}

/** `until`: seconds since the epoch. */
const remember = (
  replay: ReplayStore,
  owner: string,
  jti: string,
  until: number,
): MaybePromise<readonly Finding[]> =>
  chain(replay.remember(owner, jti, until), (isNew) =>
    isNew ? [] : [finding("binding.replayed", { id: jti.slice(0, 64) })],
  );

function judgeCertificate({ presented }: Case, bound: unknown): Finding[] {
  const found = presented.certificateThumbprint;
  // Whatever a proxy hands on where no certificate was shown: it matches nothing.
  if (typeof found !== "string" || found === "")
    return [finding("binding.proof_missing", { binding: "mtls" })];
  return found === bound ? [] : [otherKey("mtls", bound, found)];
}

const otherKey = (
  binding: "dpop" | "mtls",
  bound: unknown,
  found: string,
): Finding =>
  finding("binding.key_mismatch", {
    binding,
    expected: typeof bound === "string" ? bound : "none",
    found,
  });

/** A request that has to prove something, as its proof must describe it. */
export interface Proving extends Pick<
  ProofExpectations,
  "method" | "url" | "accessToken" | "now"
> {
  /** The values of its header DPoP: one for each time that it was sent. */
  readonly proofs: readonly string[];
}

/** Whether a request proves by DPoP that it holds the key `bound`, which is cnf.jkt as the token has it, and does so for the first time. */
export function judgeProof(
  proving: Proving,
  bound: unknown,
  {
    maxProofAge = MAX_PROOF_AGE,
    dpopNonces,
    replay,
    clockTolerance = 0,
  }: Pick<Policy, "maxProofAge" | "dpopNonces" | "replay" | "clockTolerance">,
): MaybePromise<readonly Finding[]> {
  const { proofs } = proving;
  const [proof] = proofs;
  if (proof === undefined)
    return [finding("binding.proof_missing", { binding: "dpop" })];
  if (proofs.length > 1)
    return [
      finding("binding.proof_invalid", { problem: "repeated", detail: null }),
    ];
  const maxAge = maxProofAge + clockTolerance;
  const tolerance = Math.max(MIN_TOLERANCE, clockTolerance);
  const expected = {
    ...proving,
    maxAge,
    tolerance,
    nonces: dpopNonces,
  };
  return chain(checkProof(proof.trim(), expected), (checked) => {
    const findings = [...checked.findings];
    if (checked.jkt !== null && checked.jkt !== bound)
      findings.push(otherKey("dpop", bound, checked.jkt));
    if (findings.length > 0 || !replay) return findings;
    const { jkt, jti, iat } = checked as Proof & {
      jkt: string;
      jti: string;
      iat: number;
    };
    // Threat: a store that forgets by the clock of one guard what another, whose clock is behind, would still take.
    return remember(replay, jkt, jti, iat + maxAge + tolerance);
  });
}
