import { ALGORITHMS, handleFor, importSecret, isAlgorithm, platform, type Algorithm, type AlgorithmName, type HashName, type Key } from "@assay/token";
import { costOfCheck } from "../budget.ts";
import type { Investigation } from "../investigation.ts";
import { madeOver, type RsaPadding } from "./rsa-opening.ts";
import { comesOut, type Signed } from "./signed.ts";

/** Another padding or another hash than alg says. True: so it verifies. */
export async function explainScheme(i: Investigation, s: Signed, key: Key, opened: RsaPadding | null): Promise<boolean> {
  const algorithm = isAlgorithm(s.alg) ? ALGORITHMS.get(s.alg) : undefined;
  switch (algorithm?.scheme) {
    case "pkcs1":
    case "pss":
      return opened !== null && explainRsa(i, s, algorithm, opened);
    case "hmac":
      return explainHmac(i, s, key);
    case "ecdsa":
      return explainEcdsa(i, s, algorithm, key);
    case "eddsa":
    case "ml-dsa":
    case undefined:
      return false;
  }
}

async function explainRsa(i: Investigation, s: Signed, { scheme, hash }: Algorithm, opened: RsaPadding): Promise<boolean> {
  const made = nameOf(opened);
  if (made === s.alg || !(await madeOver(opened, s.input))) return false;
  const usualSalt = opened.scheme === "pkcs1" || opened.salt.length === { sha1: 20, sha256: 32, sha384: 48, sha512: 64 }[opened.hash];
  const cause = scheme === opened.scheme && opened.hash !== null && opened.hash !== hash && usualSalt ? "signature.hash" : "signature.padding_scheme";
  i.suspect(cause, { confidence: "certain", facts: { declared: s.alg, made }, explains: ["signature.mismatch"], weight: 50 });
  return true;
}

const BITS: Readonly<Record<HashName, string>> = { sha1: "1", sha256: "256", sha384: "384", sha512: "512" };

/** The JOSE name of what was made, with what differs from it. */
function nameOf(opened: RsaPadding): string {
  if (opened.scheme === "pkcs1") return opened.hash === null ? "PKCS#1 v1.5 without the name of the hash" : opened.hash === "sha1" ? "RS1 (SHA-1)" : `RS${BITS[opened.hash]}`;
  const { hash, mask, salt } = opened;
  const name = hash === "sha1" ? "RSASSA-PSS with SHA-1" : `PS${BITS[hash]}`;
  const usual = Number(hash === "sha1" ? 160 : BITS[hash]) / 8;
  return `${name}${salt.length === usual ? "" : ` with a salt of ${salt.length} bytes`}${mask === hash ? "" : " and SHA-1 in its mask"}`;
}

const HMACS: readonly AlgorithmName[] = ["HS256", "HS384", "HS512"];

/** Another hash shows in the length; one that was cut to the declared length does not. */
async function explainHmac(i: Investigation, s: Signed, key: Key): Promise<boolean> {
  const { k } = key.reveal();
  const secret = typeof k === "string" ? platform.decodeBase64url(k) : null;
  if (!secret) return false;
  const suspectHash = (made: string): boolean => {
    i.suspect("signature.hash", { confidence: "certain", facts: { declared: s.alg, made }, explains: ["signature.mismatch", "signature.key_unsuitable"], weight: 50 });
    return true;
  };
  for (const alg of HMACS) {
    if (alg !== s.alg && (await comesOut(i, s, { key: importSecret(secret), alg }))) return suspectHash(alg);
    if (alg !== s.alg && (await isCutMac(i, s, importSecret(secret), alg))) return suspectHash(`${alg}, cut to ${s.signature.length} bytes`);
  }
  if (s.signature.length === 20 && i.budget.take(2) && isEqual(await hmacSha1(secret, s.input), s.signature)) return suspectHash("HMAC with SHA-1");
  return false;
}

/** A longer code of which only the beginning was kept. */
async function isCutMac({ budget }: Investigation, { input, signature }: Signed, key: Key, alg: AlgorithmName): Promise<boolean> {
  if (signature.length < 32 || !budget.take(costOfCheck(alg, key.bits, input.length))) return false;
  const mac = await platform.sign(alg, await handleFor(key, alg, "sign"), input);
  return signature.length < mac.length && isEqual(mac.subarray(0, signature.length), signature);
}

/** RFC 2104, for SHA-1, which JOSE does not have. */
async function hmacSha1(secret: Uint8Array, input: string): Promise<Uint8Array> {
  const key = new Uint8Array(64);
  key.set(secret.length > 64 ? await platform.digest("sha1", secret) : secret);
  const padded = (pad: number, data: Uint8Array): Uint8Array => Uint8Array.from([...key.map((byte) => byte ^ pad), ...data]);
  const inner = await platform.digest("sha1", padded(0x36, new TextEncoder().encode(input)));
  return platform.digest("sha1", padded(0x5c, inner));
}

const isEqual = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, at) => byte === b[at]);

/** JOSE binds each curve to one hash. WebCrypto does not, so it can try the others; it has no secp256k1. */
async function explainEcdsa(i: Investigation, s: Signed, { hash, crv }: Algorithm, key: Key): Promise<boolean> {
  if (crv === undefined || crv === "secp256k1" || !crv.startsWith("P-")) return false;
  const { kty, x, y } = key.reveal();
  for (const [name, other] of [["SHA-512", "sha512"], ["SHA-384", "sha384"], ["SHA-256", "sha256"], ["SHA-1", "sha1"]] as const) {
    if (other === hash || !i.budget.take(crv === "P-256" ? 24 : crv === "P-384" ? 100 : 220)) continue;
    try {
      const imported = await crypto.subtle.importKey("jwk", { kty: String(kty), crv, x: String(x), y: String(y) }, { name: "ECDSA", namedCurve: crv }, false, ["verify"]);
      if (!(await crypto.subtle.verify({ name: "ECDSA", hash: name }, imported, copyOf(s.signature), copyOf(new TextEncoder().encode(s.input))))) continue;
    } catch {
      return false;
    }
    i.suspect("signature.hash", { confidence: "certain", facts: { declared: s.alg, made: `ECDSA on ${crv} with ${name}` }, explains: ["signature.mismatch"], weight: 50 });
    return true;
  }
  return false;
}

const copyOf = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
