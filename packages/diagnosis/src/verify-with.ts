/** Signature checks that a diagnosis makes to try an explanation; each is paid for from the budget. */
import {
  handleFor,
  isAlgorithm,
  platform,
  selectKey,
  type AlgorithmName,
  type Key,
  type KeySet,
} from "@assay/token";
import { costOfCheck, type Budget } from "./budget.ts";

/** Whether the text is a JWS whose signature verifies under the key that the set holds for it. null: it could not be tried. */
export async function verifyWith(
  text: string,
  set: KeySet | null,
  algorithms: readonly string[] | null,
  budget: Budget,
): Promise<boolean | null> {
  const [head = "", , tail] = text.split(".", 4);
  if (!set || tail === undefined) return null;
  const header = readHeader(head);
  const alg = header?.["alg"];
  if (
    typeof alg !== "string" ||
    !isAlgorithm(alg) ||
    (algorithms && !algorithms.includes(alg))
  )
    return header ? false : null;
  const kid = header?.["kid"];
  const selection = selectKey(set, {
    alg,
    kid: typeof kid === "string" ? kid : null,
  });
  return "key" in selection
    ? checkSignature({ alg, key: selection.key, text, budget })
    : false;
}

export interface Attempt {
  readonly alg: AlgorithmName;
  readonly key: Key;
  /** The compact JWS. */
  readonly text: string;
  readonly budget: Budget;
  /** Another signing input than the one in `text`. */
  readonly input?: string | Uint8Array;
  /** Another signature than the one in `text`. */
  readonly signature?: Uint8Array;
}

/** One signature check, with key, algorithm, input or signature of the caller's choice. null: it could not be tried. Never throws. */
export async function checkSignature({
  alg,
  key,
  text,
  budget,
  input,
  signature,
}: Attempt): Promise<boolean | null> {
  const signed = input ?? text;
  if (!budget.take(costOfCheck(alg, key.bits, signed.length))) return null;
  const dot = text.lastIndexOf(".");
  const bytes = signature ?? platform.decodeBase64url(text.slice(dot + 1));
  if (!bytes) return false;
  try {
    return await platform.verify(
      alg,
      await handleFor(key, alg, "verify"),
      input ?? text.slice(0, dot),
      bytes,
    );
  } catch {
    return null;
  }
}

function readHeader(segment: string): Readonly<Record<string, unknown>> | null {
  const bytes = platform.decodeBase64url(segment);
  if (!bytes) return null;
  try {
    const value: unknown = JSON.parse(platform.decodeUtf8(bytes) ?? "");
    return typeof value === "object" && value !== null
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
