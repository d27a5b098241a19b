import {
  ALGORITHMS,
  isAlgorithm,
  isSymmetric,
  sameAlgorithm,
  type Key,
} from "@assay/token";
import type { Facts } from "../causes.ts";
import type { Investigation } from "../investigation.ts";
import { meantAlgorithm } from "./algorithm-names.ts";
import { secretIsRight } from "./key-secret.ts";
import { comesOut, type Signed } from "./signed.ts";

/** The right algorithm under another name, on either side. True: it is shown by the signature. */
export async function explainAlgorithmName(
  i: Investigation,
  s: Signed,
): Promise<boolean> {
  const key = keyNamed(i, s);
  const crv = key?.crv ?? null;
  const meant = meantAlgorithm(s.alg, crv);
  if (meant === null) return false;
  const allowed = i.policy.algorithms ?? [];
  // EdDSA and Ed25519 are two names of one algorithm (RFC 9864).
  const listed =
    allowed.find(
      (name) =>
        meantAlgorithm(name, crv) === meant ||
        sameAlgorithm(name, meant, crv ?? "Ed25519"),
    ) ?? null;
  const isOtherAlgorithm = allowed.length > 0 && listed === null;
  if (isOtherAlgorithm || (listed === null && meant === s.alg)) return false;
  const shown = key !== null && (await comesOut(i, s, { key, alg: meant }));
  const facts = names(s.alg, listed, meant);
  i.suspect("algorithm.name", {
    confidence: shown ? "certain" : "likely",
    facts,
    explains: [
      "signature.algorithm_not_allowed",
      "signature.algorithm_unsupported",
    ],
    weight: 50,
  });
  return shown;
}

/** Which name is odd: the token's, unless it is JOSE's and the verifier's is not. */
function names(
  alg: string,
  listed: string | null,
  meant: string,
): Facts["algorithm.name"] {
  if (listed !== null && !isAlgorithm(listed) && alg === meant)
    return { found: listed.slice(0, 64), meant, by: "verifier" };
  return {
    found: alg.slice(0, 64),
    meant: listed !== null && isAlgorithm(listed) ? listed : meant,
    by: "token",
  };
}

/** A known algorithm that the verifier does not take. True: the signature is right for all that. */
export async function explainAlgorithmMismatch(
  i: Investigation,
  s: Signed,
): Promise<boolean> {
  const meant = meantAlgorithm(s.alg);
  if (meant === null && !isAlgorithm(s.alg)) {
    i.suspect("verifier.unsupported", {
      confidence: "possible",
      facts: { what: `the algorithm ${s.alg.slice(0, 32)}`, part: "algorithm" },
      explains: ["signature.algorithm_not_allowed"],
      weight: 5,
    });
  }
  const shown = await signatureIsRight(i, s);
  i.suspect("algorithm.mismatch", {
    confidence: shown ? "certain" : "likely",
    facts: { token: s.alg.slice(0, 64), verifier: i.policy.algorithms ?? [] },
    explains: [
      "signature.algorithm_not_allowed",
      "signature.algorithm_unsupported",
    ],
    weight: 20,
  });
  if (isAlgorithm(s.alg) && UNSUPPORTED.test(i.inquiry.response?.body ?? "")) {
    i.suspect("verifier.unsupported", {
      confidence: "likely",
      facts: { what: `the algorithm ${s.alg}`, part: "algorithm" },
      explains: ["signature.algorithm_not_allowed"],
      weight: 22,
    });
  }
  if (!shown) suspectStrangersAlgorithm(i, s);
  return shown;
}

/** Words of a verifier that does not know the algorithm at all. */
const UNSUPPORTED =
  /unknown variant|unsupported (signing |signature )?alg|alg\w* .{0,30}(not (supported|implemented|recogni[sz]ed)|unsupported|unknown)/i;

/** iss is of another host, and signs otherwise: rather another issuer than one that is set wrongly. */
function suspectStrangersAlgorithm(
  i: Investigation,
  { claims: { iss } }: Signed,
): void {
  const host = (url: unknown): string | null =>
    typeof url === "string" && URL.canParse(url) ? new URL(url).hostname : null;
  const expected =
    typeof i.policy.issuer === "string"
      ? [i.policy.issuer]
      : (i.policy.issuer ?? []);
  const found = host(iss);
  if (
    found === null ||
    expected.length === 0 ||
    expected.some((issuer) => host(issuer) === null || host(issuer) === found)
  )
    return;
  i.suspect("key.other_issuer", {
    confidence: "likely",
    facts: { issuer: String(iss).slice(0, 200), sameServer: false },
    explains: ["signature.algorithm_not_allowed"],
    weight: 25,
  });
}

async function signatureIsRight(i: Investigation, s: Signed): Promise<boolean> {
  if (isSymmetric(s.alg)) return secretIsRight(i, s);
  const candidates = (i.keys?.keys ?? []).filter(
    ({ kid }) => s.kid === null || kid === null || kid === s.kid,
  );
  for (const key of candidates) if (await comesOut(i, s, { key })) return true;
  return false;
}

/** The policy allows it, and this platform cannot compute it: or nobody can, because it is no algorithm of JOSE. */
export function explainUnsupported(i: Investigation, s: Signed): void {
  const known = ALGORITHMS.has(s.alg);
  i.suspect("verifier.unsupported", {
    confidence: known ? "certain" : "likely",
    facts: { what: `the algorithm ${s.alg.slice(0, 32)}`, part: "algorithm" },
    explains: ["signature.algorithm_unsupported"],
    weight: 20,
  });
}

function keyNamed({ keys }: Investigation, { kid }: Signed): Key | null {
  const all = keys?.keys ?? [];
  return (
    (kid === null ? undefined : all.find((key) => key.kid === kid)) ??
    (all.length === 1 ? (all[0] as Key) : null)
  );
}
