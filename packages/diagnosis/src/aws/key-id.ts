/** What a key id tells by itself: its kind, by the first letters, and the number of the account that it was made in. */

export type KeyKind = "long_term" | "temporary" | "other";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/** AKIA or ASIA and sixteen of base32. */
const WHOLE = /^A[KS]IA[A-Z2-7]{16}$/;

/** IAM guide, "Unique identifiers": AKIA is a long-term key, ASIA one of STS. */
export function kindOfKey(keyId: string): KeyKind {
  if (keyId.startsWith("AKIA")) return "long_term";
  return keyId.startsWith("ASIA") ? "temporary" : "other";
}

export const isWholeKeyId = (keyId: string): boolean => WHOLE.test(keyId);

/** The twelve digits of the account: the first 48 bits, base32, hold them shifted by seven. null: the key is of an older kind, or none. */
export function accountOfKey(keyId: string): string | null {
  // Before 2019 the fifth character was I or J, and the account did not stand inside.
  if (!WHOLE.test(keyId) || keyId[4] === "I" || keyId[4] === "J") return null;
  let bits = 0n;
  for (const letter of keyId.slice(4, 14))
    bits = bits * 32n + BigInt(ALPHABET.indexOf(letter));
  const account = ((bits >> 2n) & 0x7fff_ffff_ff80n) >> 7n;
  return account > 999_999_999_999n ? null : String(account).padStart(12, "0");
}
