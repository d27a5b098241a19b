import type { Decrypt } from "@assay/token";
import type { Jwks } from "./inquiry.ts";

/** More keys than this are not tried: each costs an operation of RSA or elliptic curves. */
const MAX_TRIED = 8;

/** Opens a JWE with the first of these keys that fits. The library is loaded only then. */
export function decryptWith({ keys }: Jwks): Decrypt {
  return async (jwe, header) => {
    const { compactDecrypt, importJWK } = await import("jose");
    const { kid, alg, enc } = header;
    const candidates = keys
      .filter(
        (key) =>
          kid === undefined || key["kid"] === undefined || key["kid"] === kid,
      )
      .filter((key) => isMeantFor(key, String(alg), String(enc)))
      .slice(0, MAX_TRIED);
    for (const jwk of candidates) {
      try {
        const key = await importJWK(
          jwk as object,
          alg === "dir" ? String(enc) : String(alg),
        );
        return (await compactDecrypt(jwe, key)).plaintext;
      } catch {
        // The next key may fit.
      }
    }
    throw new Error("no key opens it");
  };
}

/** A key opens nothing but what it is labelled for (RFC 7517 sections 4.2 and 4.4); with dir the key is that of the content. */
function isMeantFor(
  { alg: label, use }: Readonly<Record<string, unknown>>,
  alg: string,
  enc: string,
): boolean {
  if (use !== undefined && use !== "enc") return false;
  return (
    label === undefined || label === alg || (alg === "dir" && label === enc)
  );
}
