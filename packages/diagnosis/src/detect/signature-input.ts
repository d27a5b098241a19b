import { isAlgorithm, type Key } from "@assay/token";
import { costOfCheck, HASHED_IN_ONE_UNIT } from "../budget.ts";
import type { Investigation } from "../investigation.ts";
import { madeOver, type RsaPadding } from "./rsa-opening.ts";
import { comesOut, type Signed } from "./signed.ts";
import { otherInputs, type OtherInput } from "./signing-inputs.ts";

/** Something else was signed than what is sent. True: over this the signature verifies. */
export async function explainInput(
  i: Investigation,
  s: Signed,
  key: Key,
  opened: RsaPadding | null,
): Promise<boolean> {
  const seen = new Set<string | Uint8Array>([s.input]);
  for await (const other of otherInputs(s)) {
    if (seen.has(other.input)) continue;
    seen.add(other.input);
    const verifies = opened
      ? await opensTo(i, opened, other)
      : await comesOut(i, s, { key, input: asciiOrBytes(other.input) });
    if (!verifies) continue;
    suspect(i, other);
    return true;
  }
  return false;
}

/** Where content or writing differs, either side may have done it: who signed, or who passed the token on. */
function suspect(
  i: Investigation,
  { name, rewritten, added }: OtherInput,
): void {
  const explains = ["signature.mismatch"] as const;
  const confidence = rewritten || added ? "likely" : "certain";
  i.suspect("signature.input", {
    confidence,
    facts: { input: name },
    explains,
    weight: 50,
  });
  if (rewritten)
    i.suspect("token.altered", {
      confidence,
      facts: { changed: [], by: "re_encoding" },
      explains,
      weight: 49,
    });
  if (added)
    i.suspect("token.altered", {
      confidence,
      facts: {
        changed: added.length > 0 ? added : ["the order of the header"],
        by: "signature",
      },
      explains,
      weight: 51,
    });
}

async function opensTo(
  { budget }: Investigation,
  opened: RsaPadding,
  { input }: OtherInput,
): Promise<boolean> {
  return (
    budget.take(1 + input.length / HASHED_IN_ONE_UNIT) &&
    madeOver(opened, input)
  );
}

/** The platform takes a string for ASCII. */
const asciiOrBytes = (input: string | Uint8Array): string | Uint8Array =>
  typeof input === "string" && /[^\0-\x7f]/.test(input)
    ? new TextEncoder().encode(input)
    : input;

/** What opening an RSA signature costs. */
export function costOfOpening(alg: string, key: Key): number {
  return isAlgorithm(alg) ? 4 * costOfCheck(alg, key.bits) : 0;
}
