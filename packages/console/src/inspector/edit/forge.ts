/** A token made in the page, by whatever the editor says: also what no library would sign, because that is what one wants to see refused. */
import {
  exportKey,
  generateKey,
  handleFor,
  isSymmetric,
  platform,
  type AlgorithmName,
  type Key,
} from "@assay/token";
import type { InquiryPolicy } from "@assay/diagnosis";

export type Way = "fresh" | "kept" | "other" | "none";

/** What the page offers to sign with. */
export const OFFERED: readonly AlgorithmName[] = [
  "ES256",
  "RS256",
  "PS256",
  "EdDSA",
  "HS256",
];

export interface KeyPair {
  readonly alg: AlgorithmName;
  readonly key: Key;
  /** A second key, which the API does not know. */
  readonly other: Key;
}

export async function makeKeys(alg: AlgorithmName): Promise<KeyPair> {
  const [key, other] = await Promise.all([generateKey(alg), generateKey(alg)]);
  return { alg, key, other };
}

/** What an API that trusts the page's key is configured with. */
export function knownKeys({ alg, key }: KeyPair): InquiryPolicy {
  if (!isSymmetric(alg))
    return { keys: { keys: [exportKey(key, { secret: false })] } };
  const { k } = exportKey(key, { secret: true });
  return {
    secret: String(k),
    secretEncoding: "base64url",
    algorithms: [alg],
  };
}

export interface Draft {
  readonly header: object;
  readonly claims: object;
}

/** Header, claims and signature as the way wants them. `kept` is the signature of the token that was there before. */
export async function forge(
  { header, claims }: Draft,
  way: Way,
  keys: KeyPair,
  kept: string,
): Promise<string> {
  if (way === "none")
    return `${encode({ ...header, alg: "none" })}.${encode(claims)}.`;
  const input = `${encode(header)}.${encode(claims)}`;
  if (way === "kept") return `${input}.${kept}`;
  return `${input}.${await signatureOf(input, way === "fresh" ? keys.key : keys.other, keys.alg)}`;
}

/** The header that belongs to the key. */
export const headerFor = (header: object, { alg, key }: KeyPair): object => {
  const { kid: _, ...rest } = header as Record<string, unknown>;
  return { ...rest, alg, ...(key.kid !== null && { kid: key.kid }) };
};

async function signatureOf(
  input: string,
  key: Key,
  alg: AlgorithmName,
): Promise<string> {
  const handle = await handleFor(key, alg, "sign");
  return platform.encodeBase64url(await platform.sign(alg, handle, input));
}

const encode = (value: object): string =>
  platform.encodeBase64url(new TextEncoder().encode(JSON.stringify(value)));
