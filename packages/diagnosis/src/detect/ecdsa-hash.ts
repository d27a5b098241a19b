import type { Algorithm, Key } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import type { Signed } from "./signed.ts";

/** JOSE binds each curve to one hash. WebCrypto does not, so it can try the others; it has no secp256k1. */
export async function explainEcdsa(
  i: Investigation,
  s: Signed,
  { hash, crv }: Algorithm,
  key: Key,
): Promise<boolean> {
  if (crv === undefined || crv === "secp256k1" || !crv.startsWith("P-"))
    return false;
  const { kty, x, y } = key.reveal();
  for (const [name, other] of [
    ["SHA-512", "sha512"],
    ["SHA-384", "sha384"],
    ["SHA-256", "sha256"],
    ["SHA-1", "sha1"],
  ] as const) {
    if (
      other === hash ||
      !i.budget.take(crv === "P-256" ? 24 : crv === "P-384" ? 100 : 220)
    )
      continue;
    try {
      const imported = await crypto.subtle.importKey(
        "jwk",
        { kty: String(kty), crv, x: String(x), y: String(y) },
        { name: "ECDSA", namedCurve: crv },
        false,
        ["verify"],
      );
      if (
        !(await crypto.subtle.verify(
          { name: "ECDSA", hash: name },
          imported,
          copyOf(s.signature),
          copyOf(new TextEncoder().encode(s.input)),
        ))
      )
        continue;
    } catch {
      return false;
    }
    i.suspect("signature.hash", {
      confidence: "certain",
      facts: { declared: s.alg, made: `ECDSA on ${crv} with ${name}` },
      explains: ["signature.mismatch"],
      weight: 50,
    });
    return true;
  }
  return false;
}

const copyOf = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(bytes);
