import {
  checkProof,
  finding,
  headerValues,
  STEPS,
  stepOf,
  type Evidence,
  type Finding,
  type Reason,
} from "@assay/token";
import { costOfCheck } from "../../budget.ts";
import { detectInvalidProof } from "../../detect/invalid-proof.ts";
import { detectOtherRequest } from "../../detect/proof-of-other-request.ts";
import type { Investigation } from "../../investigation.ts";
import { claimsOf } from "../client-authentication.ts";
import type { Exchange } from "../exchange.ts";
import { isRedacted } from "../form-decoding.ts";

/** What servers usually bear of a proof's age, and of a clock ahead, in seconds; the verifier of a token takes the same. */
const [GREATEST_AGE, AHEAD] = [300, 30];

/** The DPoP proof of a request to the token or PAR endpoint (RFC 9449 sections 4.3, 5 and 10): a proof for an authorization server has no token. */
export async function detectProof(exchange: Exchange): Promise<void> {
  const { inquiry, endpoint, method } = exchange;
  if (endpoint !== "token" && endpoint !== "par") return;
  const proofs = headerValues(inquiry.request ?? {}, "dpop");
  const [proof] = proofs;
  if (proof === undefined) return noProof(exchange);
  if (isRedacted(proof)) return;
  if (proofs.length > 1)
    return tell(exchange, [
      finding("binding.proof_invalid", { problem: "repeated", detail: null }),
    ]);
  // A proof's own key is the dearest that a client may bring: 4096 bits, or P-521.
  if (!exchange.budget.take(costOfCheck("ES512", 521))) return;
  const checked = await checkProof(proof.trim(), {
    method: method ?? "POST",
    url: absolute(exchange),
    accessToken: null,
    now: exchange.now,
    maxAge: GREATEST_AGE,
    tolerance: Math.max(AHEAD, inquiry.policy?.clockTolerance ?? 0),
  });
  const { jkt } = checked;
  const findings = checked.findings.filter((found) => counts(found, exchange));
  const bound = exchange.authorizations.own?.parameters.get("dpop_jkt")?.[0];
  await tell(exchange, [
    ...findings,
    ...(jkt !== null && bound !== undefined && bound !== jkt
      ? [
          finding("binding.key_mismatch", {
            binding: "dpop",
            expected: bound.slice(0, 64),
            found: jkt,
          }),
        ]
      : []),
    ...asked(exchange, proof),
    ...(findings.length === 0 ? forApi(exchange, proof) : []),
  ]);
  if (findings.length === 0) replayed(exchange, proof);
}

/** A capture of yesterday is no old proof: where no clock is known, its age counts only if the server speaks of the proof. */
const counts = (
  { reason, evidence }: Finding,
  { inquiry, answer }: Exchange,
): boolean =>
  reason !== "binding.proof_invalid" ||
  (evidence.problem !== "too_old" && evidence.problem !== "in_future") ||
  inquiry.now !== undefined ||
  answer === null ||
  answer.code === "invalid_dpop_proof";

/** A capture may hold the path alone; the host stands in its header then, and the scheme is that of any token endpoint. */
function absolute({ url, inquiry }: Exchange): string {
  if (/^[a-z]+:\/\//i.test(url)) return url;
  const [host = ""] = headerValues(inquiry.request ?? {}, "host");
  return `https://${host}${url}`;
}

/** The server misses a proof (RFC 9449 section 5). */
function noProof(exchange: Exchange): void {
  if (exchange.answer?.code !== "invalid_dpop_proof") return;
  exchange.suspect("binding.scheme_downgraded", {
    confidence: "likely",
    facts: { found: null, proofSent: false, binding: "dpop", bound: null },
    finding: finding("binding.proof_missing", { binding: "dpop" }),
    weight: 90,
  });
}

/** ath ties a proof to an access token, and a request for one has none: this proof was made for an API (RFC 9449 section 4.2). */
function forApi({ answer }: Exchange, proof: string): readonly Finding[] {
  const ath = claimsOf(proof)?.["ath"];
  return answer?.code === "invalid_dpop_proof" && typeof ath === "string"
    ? [
        finding("binding.request_mismatch", {
          member: "ath",
          expected: "none",
          found: ath.slice(0, 64),
        }),
      ]
    : [];
}

/** The server asks for its nonce and has given one: a proof without it, or with another, is to be made anew (RFC 9449 section 8). */
function asked(
  { answer, inquiry }: Exchange,
  proof: string,
): readonly Finding[] {
  if (answer === null || answer.granted) return [];
  const [wanted] = headerValues(inquiry.response ?? {}, "dpop-nonce");
  const nonce = claimsOf(proof)?.["nonce"];
  const says = answer.code === "use_dpop_nonce";
  if (!says || (wanted !== undefined && nonce === wanted)) return [];
  return [finding("binding.nonce", { found: nonce !== undefined })];
}

/** The history knows the proof's jti: it was sent before. */
function replayed(exchange: Exchange, proof: string): void {
  const jti = claimsOf(proof)?.["jti"];
  if (typeof jti !== "string") return;
  const known = exchange.history.some(
    ({ event, tokenId }) => event === "token.reused" && tokenId === jti,
  );
  if (!known) return;
  exchange.suspect("binding.proof_stale", {
    confidence: "likely",
    facts: { what: "a proof with this jti was used before" },
    finding: finding("binding.replayed", { id: jti.slice(0, 64) }),
    weight: 86,
  });
}

async function tell(
  exchange: Exchange,
  findings: readonly Finding[],
): Promise<void> {
  const [first] = findings;
  if (first === undefined) {
    // The proof is good in all that can be compared.
    exchange.ruledOut.add("binding.proof_stale");
    return;
  }
  const investigation = investigationOf(exchange, findings);
  for (const { reason, evidence } of findings)
    if (reason === "binding.proof_invalid")
      detectInvalidProof(investigation, evidence);
  await detectOtherRequest(investigation);
  const nonce = findings.find(({ reason }) => reason === "binding.nonce");
  if (nonce?.reason === "binding.nonce")
    exchange.suspect("binding.nonce_required", {
      confidence:
        headerValues(exchange.inquiry.response ?? {}, "dpop-nonce").length > 0
          ? "certain"
          : "likely",
      facts: { hadNonce: nonce.evidence.found },
      finding: nonce,
      weight: 92,
    });
  const key = findings.find(({ reason }) => reason === "binding.key_mismatch");
  if (key)
    exchange.suspect("binding.other_key", {
      confidence: "certain",
      facts: { binding: "dpop", by: "signature" },
      finding: key,
      weight: 90,
    });
}

/** The detectors of proofs at an API, over what an exchange knows. */
function investigationOf(
  exchange: Exchange,
  findings: readonly Finding[],
): Investigation {
  const { inquiry, now, budget } = exchange;
  const evidenceOf = <R extends Reason>(reason: R): Evidence[R] | null =>
    (findings.find((each) => each.reason === reason)?.evidence as never) ??
    null;
  return {
    inquiry,
    policy: {},
    context: inquiry.context ?? {},
    now,
    steps: STEPS.map((step) => {
      const own = findings.filter(({ reason }) => stepOf(reason) === step);
      return own.length > 0
        ? { step, outcome: "failed", findings: own }
        : { step, outcome: "passed" };
    }) as Investigation["steps"],
    reason: findings[0]?.reason ?? null,
    token: null,
    keys: null,
    keysFrom: { url: null, from: "nowhere" },
    key: null,
    budget,
    found: evidenceOf,
    suspect(cause, { explains, weight = 0, confidence, facts }) {
      exchange.suspect(cause, {
        confidence,
        facts,
        finding:
          findings.find(({ reason }) => explains.includes(reason)) ?? null,
        weight: 86 + weight,
      });
    },
    wouldTell: (need) => exchange.wouldTell(need),
    verifies: () => Promise.resolve(null),
  };
}
