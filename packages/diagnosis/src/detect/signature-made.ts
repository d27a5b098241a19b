import type { Investigation } from "../investigation.ts";
import { openRsa } from "./rsa-opening.ts";
import { explainForm } from "./signature-form.ts";
import { costOfOpening, explainInput } from "./signature-input.ts";
import { explainScheme } from "./signature-scheme.ts";
import type { Signed } from "./signed.ts";

/** The key is right, and the signature was made in another way: form, padding, hash; with RSA also of another text. True: it is shown. */
export async function explainMade(
  i: Investigation,
  s: Signed,
): Promise<boolean> {
  const { key } = i;
  if (await explainForm(i, s, key)) return true;
  if (!key) return false;
  const opened =
    key.kty === "RSA" && i.budget.take(costOfOpening(s.alg, key))
      ? await openRsa(key, s.signature)
      : null;
  if (await explainScheme(i, s, key, opened)) return true;
  if (!opened) return false;
  if (await explainInput(i, s, key, opened)) return true;
  // The padding came out whole, so this very key signed: another text, and not another key.
  i.suspect("token.altered", {
    confidence: "likely",
    facts: { changed: [], by: "signature" },
    explains: ["signature.mismatch"],
    weight: 15,
  });
  return true;
}

/** Another text under a key that no signature can be opened with: each try costs a check, so that it comes after the search for the key. */
export async function explainOtherInput(
  i: Investigation,
  s: Signed,
): Promise<boolean> {
  return (
    i.key !== null && i.key.kty !== "RSA" && explainInput(i, s, i.key, null)
  );
}
