import { isSymmetric } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { isUsable, meaningsOf, type Meaning } from "./key-meanings.ts";
import { comesOut, type Signed } from "./signed.ts";

const EXPLAINS = [
  "signature.key_unsuitable",
  "signature.key_not_found",
] as const;

/**
 * The configured public key, repaired or converted: when the signature then comes out, the damage or the form is proven to be the
 * cause. True: it did.
 */
export async function explainConfiguredKey(
  i: Investigation,
  s: Signed | null,
): Promise<boolean> {
  const text = i.policy.publicKey;
  if (text === undefined || isUsable(text)) return false;
  const meanings = meaningsOf(text, s?.alg ?? "");
  for (const meaning of meanings) {
    if (!s || isSymmetric(s.alg)) break;
    for (const key of meaning.keys) {
      if (!(await comesOut(i, s, { key }))) continue;
      suspect(i, meaning, meaning.ambiguous ? "likely" : "certain", 50);
      return !meaning.ambiguous;
    }
  }
  for (const [at, meaning] of meanings.entries())
    suspect(i, meaning, "likely", 48 - at);
  return false;
}

function suspect(
  i: Investigation,
  { cause, facts }: Meaning,
  confidence: "certain" | "likely",
  weight: number,
): void {
  i.suspect(cause, { confidence, facts, explains: EXPLAINS, weight });
}
