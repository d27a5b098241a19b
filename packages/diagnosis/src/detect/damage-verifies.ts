import { isAlgorithm, selectKey } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { checkSignature } from "../verify-with.ts";
import type { Attempted } from "./damage-repair.ts";
import { wholeToken } from "./damage-whole.ts";

/**
 * Whether the repaired token verifies with the verifier's own keys. Evidence for a cause, and nothing else: a repaired token is never
 * accepted. Who pads the parts may have signed them padded, so that this input is tried too.
 */
export async function verifiesAsSigned(
  i: Investigation,
  { text, damages, before }: Attempted,
): Promise<boolean> {
  if ((await i.verifies(text)) === true) return true;
  if (
    before === null ||
    damages.at(-1)?.cause !== "token.base64_not_url" ||
    !i.keys
  )
    return false;
  const { alg, kid } = wholeToken(text)?.header ?? {};
  if (typeof alg !== "string" || !isAlgorithm(alg)) return false;
  const selection = selectKey(i.keys, {
    alg,
    kid: typeof kid === "string" ? kid : null,
  });
  if (!("key" in selection)) return false;
  return (
    (await checkSignature({
      alg,
      key: selection.key,
      text,
      budget: i.budget,
      input: before.slice(0, before.lastIndexOf(".")),
    })) === true
  );
}
