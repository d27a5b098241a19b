import { ALGORITHMS, isAlgorithm, isSymmetric, sameAlgorithm, type Key } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { meantAlgorithm } from "./algorithm-names.ts";
import { secretIsRight } from "./key-secret.ts";
import { comesOut, type Signed } from "./signed.ts";

/** The right algorithm under another name, on either side. True: it is shown by the signature. */
export async function explainAlgorithmName(i: Investigation, s: Signed): Promise<boolean> {
  const key = keyNamed(i, s);
  const allowed = i.policy.algorithms ?? [];
  const meant = meantAlgorithm(s.alg, key?.crv ?? null);
  if (meant === null) return false;
  const explains = ["signature.algorithm_not_allowed", "signature.algorithm_unsupported"] as const;
  // The two names of one algorithm (RFC 9864), and a policy that spells its algorithms otherwise.
  const twin = allowed.find((name) => name !== s.alg && (sameAlgorithm(name, meant, key?.crv ?? "Ed25519") || meantAlgorithm(name, key?.crv ?? null) === meant));
  const misspelt = meant !== s.alg && (allowed.length === 0 ? isAlgorithm(meant) : allowed.includes(meant) || twin !== undefined);
  if (!misspelt && twin === undefined) return false;
  const shown = key !== null && (await comesOut(i, s, { key, alg: meant }));
  const facts = misspelt ? { found: s.alg.slice(0, 64), meant: twin ?? meant } : { found: isAlgorithm(s.alg) ? (twin as string) : s.alg.slice(0, 64), meant: s.alg.slice(0, 64) };
  i.suspect("algorithm.name", { confidence: shown ? "certain" : "likely", facts: isAlgorithm(twin ?? "") && isAlgorithm(s.alg) ? { found: s.alg, meant: twin as string } : facts, explains, weight: 50 });
  return shown;
}

/** A known algorithm that the verifier does not take. True: the signature is right for all that. */
export async function explainAlgorithmMismatch(i: Investigation, s: Signed): Promise<boolean> {
  const meant = meantAlgorithm(s.alg);
  if (meant === null && !isAlgorithm(s.alg)) {
    i.suspect("verifier.unsupported", { confidence: "possible", facts: { what: `the algorithm ${s.alg.slice(0, 32)}` }, explains: ["signature.algorithm_not_allowed"], weight: 5 });
  }
  const shown = await signatureIsRight(i, s);
  i.suspect("algorithm.mismatch", {
    confidence: shown ? "certain" : "likely",
    facts: { token: s.alg.slice(0, 64), verifier: i.policy.algorithms ?? [] },
    explains: ["signature.algorithm_not_allowed", "signature.algorithm_unsupported"],
    weight: 20,
  });
  if (!shown) suspectStrangersAlgorithm(i, s);
  return shown;
}

/** iss is of another host, and signs otherwise: rather another issuer than one that is set wrongly. */
function suspectStrangersAlgorithm(i: Investigation, { claims: { iss } }: Signed): void {
  const host = (url: unknown): string | null => (typeof url === "string" && URL.canParse(url) ? new URL(url).hostname : null);
  const expected = typeof i.policy.issuer === "string" ? [i.policy.issuer] : (i.policy.issuer ?? []);
  const found = host(iss);
  if (found === null || expected.length === 0 || expected.some((issuer) => host(issuer) === null || host(issuer) === found)) return;
  i.suspect("key.other_issuer", { confidence: "likely", facts: { issuer: String(iss).slice(0, 200), sameServer: false }, explains: ["signature.algorithm_not_allowed"], weight: 25 });
}

async function signatureIsRight(i: Investigation, s: Signed): Promise<boolean> {
  if (isSymmetric(s.alg)) return secretIsRight(i, s);
  const candidates = (i.keys?.keys ?? []).filter(({ kid }) => s.kid === null || kid === null || kid === s.kid);
  for (const key of candidates) if (await comesOut(i, s, { key })) return true;
  return false;
}

/** The policy allows it, and this platform cannot compute it: or nobody can, because it is no algorithm of JOSE. */
export function explainUnsupported(i: Investigation, s: Signed): void {
  const known = ALGORITHMS.has(s.alg);
  i.suspect("verifier.unsupported", { confidence: known ? "certain" : "likely", facts: { what: `the algorithm ${s.alg.slice(0, 32)}` }, explains: ["signature.algorithm_unsupported"], weight: 20 });
}

function keyNamed({ keys }: Investigation, { kid }: Signed): Key | null {
  const all = keys?.keys ?? [];
  return (kid === null ? undefined : all.find((key) => key.kid === kid)) ?? (all.length === 1 ? (all[0] as Key) : null);
}
