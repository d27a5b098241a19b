/** The key that was chosen cannot judge this algorithm: type, curve, use, size, or its own members. */
import {
  ALGORITHMS,
  isAlgorithm,
  isSymmetric,
  readJwk,
  type Key,
} from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { explainHolding, forbiddenUse } from "./key-held.ts";
import { secretIsRight } from "./key-secret.ts";
import { mend } from "./jwk-mending.ts";
import { suspectNoKey } from "./no-key.ts";
import { comesOut, fits, type Signed } from "./signed.ts";

const EXPLAINS = ["signature.key_unsuitable"] as const;

/** True: the cause is shown. */
export async function explainFit(
  i: Investigation,
  s: Signed,
): Promise<boolean> {
  const key = keyInQuestion(i, s);
  if (!key || !isAlgorithm(s.alg)) return false;
  if (
    key.kty === "" ||
    (i.policy.publicKey !== undefined && key.problem?.problem === "unreadable")
  )
    return suspectNoKey(i, s);
  // A key for agreement, or of an unknown curve, is as far from a signing key as one of another type.
  if (!fits(key, s.alg) || key.problem?.problem === "unsupported")
    return suspectType(i, s, key);
  if (key.problem !== null && key.problem.problem !== "too_small")
    return explainMembers(i, s, key);
  const least = leastBits(s.alg);
  if (key.bits < least) return explainSize(i, s, key, least);
  if (forbiddenUse(key) === null) return false;
  return explainHolding(i, s, key, await comesOut(i, s, { key }));
}

/** The one that kid names, or the only one. */
function keyInQuestion({ keys }: Investigation, { kid }: Signed): Key | null {
  const all = keys?.keys ?? [];
  return (
    (kid === null ? undefined : all.find((key) => key.kid === kid)) ??
    (all.length === 1 ? (all[0] as Key) : null)
  );
}

function leastBits(alg: string): number {
  const algorithm = ALGORITHMS.get(alg);
  if (algorithm?.kty === "RSA") return 2048;
  return (algorithm?.secretBytes ?? 0) * 8;
}

function suspectType(i: Investigation, s: Signed, key: Key): boolean {
  const found =
    key.kty === "oct"
      ? "a shared secret"
      : [key.kty, key.crv ?? ""].join(" ").trim();
  // Where kid does not name it, or it is the only one, another key may have been meant.
  const named = s.kid !== null && key.kid === s.kid;
  i.suspect("key.wrong_type", {
    confidence: named ? "certain" : "likely",
    facts: { alg: s.alg, found },
    explains: EXPLAINS,
    weight: 45,
  });
  if (isSymmetric(s.alg) !== (key.kty === "oct"))
    i.suspect("algorithm.mismatch", {
      confidence: "possible",
      facts: { token: s.alg, verifier: i.policy.algorithms ?? [] },
      explains: EXPLAINS,
      weight: 10,
    });
  if (isSymmetric(s.alg))
    i.suspect("token.forged", {
      confidence: "possible",
      facts: {
        pattern: "an HMAC algorithm where a public key is configured",
        emulator: null,
      },
      explains: EXPLAINS,
      weight: 8,
    });
  return named;
}

async function explainSize(
  i: Investigation,
  s: Signed,
  key: Key,
  needed: number,
): Promise<boolean> {
  const shown =
    key.kty === "oct"
      ? await secretIsRight(i, s)
      : await comesOut(i, s, { key });
  const what = key.kty === "oct" ? "secret" : "RSA key";
  i.suspect("key.too_small", {
    confidence: shown ? "certain" : "likely",
    facts: { bits: key.bits, needed, what },
    explains: EXPLAINS,
    weight: 45,
  });
  return shown;
}

/** Members in another writing: ordinary base64, padding, a sign byte, lost zeros. Brought into form, the key verifies. */
async function explainMembers(
  i: Investigation,
  s: Signed,
  key: Key,
): Promise<boolean> {
  const mended = readJwk(mend(key.reveal()));
  const shown =
    mended.problem === null && (await comesOut(i, s, { key: mended }));
  if (key.problem?.problem === "too_small") return false;
  const found =
    shown || mended.problem === null
      ? "a JWK whose numbers are not in canonical base64url"
      : `a JWK that cannot be used: ${key.problem?.detail ?? ""}`;
  i.suspect("key.wrong_form", {
    confidence: shown ? "certain" : "likely",
    facts: {
      found,
      expected: "a JWK as RFC 7518 section 6 has it",
      isPrivate: false,
    },
    explains: EXPLAINS,
    weight: 45,
  });
  return shown;
}
