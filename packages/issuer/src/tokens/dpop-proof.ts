/** The DPoP proof of a request to one of our own endpoints (RFC 9449 sections 4.3 and 5). */
import type { Incoming } from "../incoming.ts";
import {
  checkProof,
  decodeUnverified,
  type Finding,
  type Reason,
} from "@assay/token";
import { OAuthError, type RefusalDetail } from "../errors.ts";
import type { IssuerContext } from "../issuer-context.ts";
import { digestOf } from "./opaque-token.ts";

/** Longest jti that is taken, in characters. */
const LONGEST_JTI = 256;

/**
 * The thumbprint of the key that the request proves to hold; null: there is no proof. Throws invalid_dpop_proof, or use_dpop_nonce with the
 * nonce to use. `accessToken`: the token that came with the proof; null at the token endpoint.
 */
export function readProof(
  context: IssuerContext,
  request: Incoming,
  endpoint: string,
  accessToken: string | null = null,
): Promise<string> | null {
  const header = request.headers.get("dpop");
  return header === null
    ? null
    : thumbprintOf(header, context, request, endpoint, accessToken);
}

async function thumbprintOf(
  header: string,
  { store, nonces, options, clock }: IssuerContext,
  request: Incoming,
  endpoint: string,
  accessToken: string | null,
): Promise<string> {
  // Two headers arrive as one with a comma, which no proof holds.
  if (header.includes(","))
    throw refused(
      "binding.proof_invalid",
      "More than one DPoP proof was sent.",
    );
  const now = clock() / 1000;
  const required = options.dpopNonce === "required";
  const proof = await checkProof(header, {
    method: request.method,
    url: endpoint,
    accessToken,
    now,
    // A nonce proves the time: then the client's own clock does not count.
    maxAge: required ? Number.POSITIVE_INFINITY : options.proofSeconds,
    tolerance: required
      ? Number.POSITIVE_INFINITY
      : options.clockToleranceSeconds,
    nonces: required || namesNonce(header) ? nonces.good() : undefined,
  });
  const [finding] = proof.findings.toSorted(nonceLast);
  if (finding) throw refusalOf(finding, nonces.current());
  const { jkt, jti } = proof;
  if (jkt === null || !jti || jti.length > LONGEST_JTI)
    throw refused("binding.proof_invalid", "The DPoP proof has no usable jti.");
  // Threat: a proof that was seen on the way is sent again (RFC 9449 section 11.1). By key and jti: the text can be varied.
  const until = (now + keptSeconds(required, options.proofSeconds)) * 1000;
  // A digest, because jti is as strange as its maker likes: U+0000 is no text to PostgreSQL.
  const first = await store.rememberOnce(
    "dpop",
    jkt,
    digestOf(jti),
    Math.ceil(until),
  );
  if (!first)
    throw refused("binding.replayed", "The DPoP proof was used before.");
  return jkt;
}

/**
 * Asks for a nonce before anything is used up. A client assertion is good once, and many clients send the same again with the proof that
 * has the nonce. Nothing is judged by this look at an unsigned text: it may only bring a nonce, which anybody can have. Throws use_dpop_nonce.
 */
export function demandNonce(
  { nonces, options }: Pick<IssuerContext, "nonces" | "options">,
  request: Incoming,
): void {
  const header = request.headers.get("dpop");
  if (header === null || options.dpopNonce !== "required") return;
  const { claims } = decodeUnverified(header);
  // What cannot be read is refused for that, when it is judged.
  if (claims === null || nonces.good().includes(String(claims["nonce"])))
    return;
  throw nonceWanted(nonces.current());
}

/** RFC 9449 section 4.3, check 10: one that is there must be one of ours, also where none has to be. */
const namesNonce = (header: string): boolean =>
  decodeUnverified(header).claims?.["nonce"] !== undefined;

/** A nonce is good for two periods and the next; without one, a proof for its age on both sides. */
const keptSeconds = (required: boolean, proofSeconds: number): number =>
  required ? 240 : 2 * proofSeconds + 120;

/** Whatever else is wrong goes first: a new nonce would not mend it. */
const nonceLast = (a: Finding, b: Finding): number =>
  Number(a.reason === "binding.nonce") - Number(b.reason === "binding.nonce");

const nonceWanted = (nonce: string): OAuthError =>
  new OAuthError(
    "use_dpop_nonce",
    "The DPoP proof must carry the nonce of the header DPoP-Nonce.",
    { reason: "binding.nonce" },
    { "DPoP-Nonce": nonce },
  );

function refusalOf(finding: Finding, nonce: string): OAuthError {
  if (finding.reason === "binding.nonce") return nonceWanted(nonce);
  const { evidence } = finding;
  const detail =
    "problem" in evidence
      ? ` (${evidence.problem})`
      : "member" in evidence
        ? ` (${evidence.member})`
        : "";
  return refused(
    finding.reason,
    `The DPoP proof is not good${detail}.`,
    clockCause(finding),
  );
}

/** A proof from the future was made by a clock that is ahead of ours; an old one may just as well have been kept. */
function clockCause({ reason, evidence }: Finding): Partial<RefusalDetail> {
  if (reason !== "binding.proof_invalid") return {};
  const { problem, detail } = evidence;
  if (problem === "too_old")
    return { cause: "binding.proof_stale", facts: { what: `it is ${detail}` } };
  return problem === "in_future"
    ? {
        cause: "time.clock_behind",
        facts: { bySeconds: Number.parseInt(detail ?? "", 10) },
      }
    : {};
}

const refused = (
  reason: Reason,
  description: string,
  more: Partial<RefusalDetail> = {},
): OAuthError =>
  new OAuthError("invalid_dpop_proof", description, { reason, ...more });
