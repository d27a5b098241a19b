import {
  ALGORITHMS,
  isAlgorithm,
  type Algorithm,
  type HashName,
  type Key,
} from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { explainEcdsa } from "./ecdsa-hash.ts";
import { explainHmac } from "./hmac-hash.ts";
import { madeOver, type RsaPadding } from "./rsa-opening.ts";
import type { Signed } from "./signed.ts";

/** Another padding or another hash than alg says. True: so it verifies. */
export async function explainScheme(
  i: Investigation,
  s: Signed,
  key: Key,
  opened: RsaPadding | null,
): Promise<boolean> {
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

async function explainRsa(
  i: Investigation,
  s: Signed,
  { scheme, hash }: Algorithm,
  opened: RsaPadding,
): Promise<boolean> {
  const made = nameOf(opened);
  if (made === s.alg || !(await madeOver(opened, s.input))) return false;
  const usualSalt =
    opened.scheme === "pkcs1" ||
    opened.salt.length ===
      { sha1: 20, sha256: 32, sha384: 48, sha512: 64 }[opened.hash];
  const cause =
    scheme === opened.scheme &&
    opened.hash !== null &&
    opened.hash !== hash &&
    usualSalt
      ? "signature.hash"
      : "signature.padding_scheme";
  i.suspect(cause, {
    confidence: "certain",
    facts: { declared: s.alg, made },
    explains: ["signature.mismatch"],
    weight: 50,
  });
  return true;
}

const BITS: Readonly<Record<HashName, string>> = {
  sha1: "1",
  sha256: "256",
  sha384: "384",
  sha512: "512",
};

/** The JOSE name of what was made, with what differs from it. */
function nameOf(opened: RsaPadding): string {
  if (opened.scheme === "pkcs1")
    return opened.hash === null
      ? "PKCS#1 v1.5 without the name of the hash"
      : opened.hash === "sha1"
        ? "RS1 (SHA-1)"
        : `RS${BITS[opened.hash]}`;
  const { hash, mask, salt } = opened;
  const name = hash === "sha1" ? "RSASSA-PSS with SHA-1" : `PS${BITS[hash]}`;
  const usual = Number(hash === "sha1" ? 160 : BITS[hash]) / 8;
  return `${name}${salt.length === usual ? "" : ` with a salt of ${salt.length} bytes`}${mask === hash ? "" : " and SHA-1 in its mask"}`;
}
