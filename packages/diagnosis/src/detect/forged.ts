/** The marks of an attack: each names the trick, and a trick that really opens the signature is certain. */
import {
  importKey,
  importSecret,
  isSymmetric,
  type Key,
  type Reason,
} from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { publicKeyTexts } from "./public-key-texts.ts";
import { comesOut, type Signed } from "./signed.ts";

const SIGNATURE_REASONS: readonly Reason[] = [
  "signature.mismatch",
  "signature.key_not_found",
  "signature.key_unsuitable",
  "signature.key_ambiguous",
  "signature.algorithm_not_allowed",
  "signature.algorithm_none",
  "signature.missing",
];

/** Notes the marks of a forgery. */
export function suspectForgery(
  i: Investigation,
  pattern: string,
  confidence: "certain" | "likely" | "possible",
  weight = 45,
  emulator: "firebase" | null = null,
): void {
  i.suspect("token.forged", {
    confidence,
    facts: { pattern, emulator },
    explains: SIGNATURE_REASONS,
    weight,
  });
}

/** An unsigned token, whatever the case of its letters (RFC 8725 section 3.1). Test servers make them too. */
export function explainUnsigned(i: Investigation): void {
  const alg = i.token?.header?.["alg"];
  const stripped =
    i.reason === "signature.missing" || i.found("signature.missing") !== null;
  if (stripped)
    suspectForgery(
      i,
      "the signature was taken away, and the header still names an algorithm",
      "likely",
      30,
    );
  else
    suspectForgery(
      i,
      typeof alg === "string" && alg !== "none"
        ? "alg is none in another spelling, so that a filter lets it pass"
        : "alg is none: nobody signed it",
      "likely",
      45,
      alg === "none" && FIREBASE.test(String(i.token?.claims?.["iss"]))
        ? "firebase"
        : null,
    );
}

/** The issuer of Firebase's ID tokens; its emulator uses the same, and signs nothing. */
const FIREBASE = /^https:\/\/(?:securetoken|session\.firebase)\.google\.com\//;

/** A public key taken for an HMAC secret (RFC 8725 section 3.1). True: with one of its texts the signature comes out. */
export async function explainConfusion(
  i: Investigation,
  s: Signed,
): Promise<boolean> {
  if (!isSymmetric(s.alg)) return false;
  const keys: readonly Key[] = [
    ...(i.keys?.keys ?? []),
    ...configured(i),
  ].filter(({ kty }) => kty !== "oct");
  for (const key of keys.slice(0, 8)) {
    for (const { bytes, name } of publicKeyTexts(key, i.policy.publicKey)) {
      if (
        bytes.length === 0 ||
        !(await comesOut(i, s, { key: importSecret(bytes) }))
      )
        continue;
      suspectForgery(i, `${name} was used as an HMAC secret`, "certain", 60);
      return true;
    }
  }
  return false;
}

function configured({ policy }: Investigation): readonly Key[] {
  try {
    return policy.publicKey === undefined ? [] : [importKey(policy.publicKey)];
  } catch {
    return [];
  }
}

/** ECDSA with r or s of zero: broken verifiers took it for every message (CVE-2022-21449). */
export function explainZeroSignature(
  i: Investigation,
  { alg, signature }: Signed,
): boolean {
  if (!/^(ES|Ed)/.test(alg) || signature.length === 0) return false;
  const half = signature.length / 2;
  const isZero = (bytes: Uint8Array): boolean =>
    bytes.every((byte) => byte === 0);
  const inDer = signature.length <= 8 && signature[0] === 0x30;
  if (
    !inDer &&
    !isZero(signature.subarray(0, half)) &&
    !isZero(signature.subarray(half))
  )
    return false;
  suspectForgery(i, "an ECDSA signature of zeros", "certain", 60);
  return true;
}
