import { platform } from "#crypto";
import { chain } from "../crypto/chain.ts";
import type { HashName, Jwk, MaybePromise } from "../crypto/platform.ts";
import { Key } from "./key.ts";

const MEMBERS: Readonly<Record<string, readonly string[]>> = { RSA: ["e", "kty", "n"], EC: ["crv", "kty", "x", "y"], OKP: ["crv", "kty", "x"], oct: ["k", "kty"], AKP: ["alg", "kty", "pub"] };

/** The text whose hash is the thumbprint (RFC 7638 section 3). */
export function thumbprintInput(jwk: Jwk): string {
  const names = MEMBERS[String(jwk.kty)];
  if (!names) throw new TypeError("a thumbprint needs a key of kty RSA, EC, OKP, oct or AKP");
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, jwk[name]])));
}

/** The thumbprint of a key (RFC 7638), base64url. */
export function thumbprint(key: Key | Jwk, hash: HashName = "sha256"): MaybePromise<string> {
  return chain(platform.digest(hash, thumbprintInput(key instanceof Key ? key.reveal() : key)), (bytes) => platform.encodeBase64url(bytes));
}
