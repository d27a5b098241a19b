import type { Key } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { openRsa } from "./rsa-opening.ts";
import { explainForm } from "./signature-form.ts";
import { costOfOpening, explainInput } from "./signature-input.ts";
import { explainScheme } from "./signature-scheme.ts";
import type { Signed } from "./signed.ts";

/** The key is right, and the signature was made in another way: form, padding, hash, or text. True: it is shown. */
export async function explainMade(i: Investigation, s: Signed, key: Key | null): Promise<boolean> {
  if (await explainForm(i, s, key)) return true;
  if (!key) return false;
  const opened = key.kty === "RSA" && i.budget.take(costOfOpening(s.alg, key)) ? await openRsa(key, s.signature) : null;
  if (await explainScheme(i, s, key, opened)) return true;
  if (await explainInput(i, s, key, opened)) return true;
  if (opened) {
    // The padding came out whole, so this very key signed: another text, and not another key.
    i.suspect("token.altered", { confidence: "likely", facts: { changed: [], by: "signature" }, explains: ["signature.mismatch"], weight: 15 });
    return true;
  }
  return false;
}
