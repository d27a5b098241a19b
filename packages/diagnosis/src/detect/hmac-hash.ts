import {
  handleFor,
  importSecret,
  platform,
  type AlgorithmName,
  type Key,
} from "@assay/token";
import { costOfCheck } from "../budget.ts";
import type { Investigation } from "../investigation.ts";
import { comesOut, type Signed } from "./signed.ts";

const HMACS: readonly AlgorithmName[] = ["HS256", "HS384", "HS512"];

/** Another hash shows in the length; one that was cut to the declared length does not. */
export async function explainHmac(
  i: Investigation,
  s: Signed,
  key: Key,
): Promise<boolean> {
  const { k } = key.reveal();
  const secret = typeof k === "string" ? platform.decodeBase64url(k) : null;
  if (!secret) return false;
  const suspectHash = (made: string): boolean => {
    i.suspect("signature.hash", {
      confidence: "certain",
      facts: { declared: s.alg, made },
      explains: ["signature.mismatch", "signature.key_unsuitable"],
      weight: 50,
    });
    return true;
  };
  for (const alg of HMACS) {
    if (
      alg !== s.alg &&
      (await comesOut(i, s, { key: importSecret(secret), alg }))
    )
      return suspectHash(alg);
    if (alg !== s.alg && (await isCutMac(i, s, importSecret(secret), alg)))
      return suspectHash(`${alg}, cut to ${s.signature.length} bytes`);
  }
  if (
    s.signature.length === 20 &&
    i.budget.take(2) &&
    isEqual(await hmacSha1(secret, s.input), s.signature)
  )
    return suspectHash("HMAC with SHA-1");
  return false;
}

/** A longer code of which only the beginning was kept. */
async function isCutMac(
  { budget }: Investigation,
  { input, signature }: Signed,
  key: Key,
  alg: AlgorithmName,
): Promise<boolean> {
  if (
    signature.length < 32 ||
    !budget.take(costOfCheck(alg, key.bits, input.length))
  )
    return false;
  const mac = await platform.sign(
    alg,
    await handleFor(key, alg, "sign"),
    input,
  );
  return (
    signature.length < mac.length &&
    isEqual(mac.subarray(0, signature.length), signature)
  );
}

/** RFC 2104, for SHA-1, which JOSE does not have. */
async function hmacSha1(
  secret: Uint8Array,
  input: string,
): Promise<Uint8Array> {
  const key = new Uint8Array(64);
  key.set(secret.length > 64 ? await platform.digest("sha1", secret) : secret);
  const padded = (pad: number, data: Uint8Array): Uint8Array =>
    Uint8Array.from([...key.map((byte) => byte ^ pad), ...data]);
  const inner = await platform.digest(
    "sha1",
    padded(0x36, new TextEncoder().encode(input)),
  );
  return platform.digest("sha1", padded(0x5c, inner));
}

const isEqual = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);
