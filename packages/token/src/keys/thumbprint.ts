import { platform } from "#crypto";
import { chain } from "../crypto/chain.ts";
import type { HashName, Jwk, MaybePromise } from "../crypto/platform.ts";
import { PUBLIC_MEMBERS } from "./jwk-members.ts";
import { Key } from "./key.ts";

/**
 * The text whose hash is the thumbprint: the members of the public key alone, in their order, without white space (RFC 7638 section 3,
 * RFC 8037 section 2, RFC 9964). Throws TypeError for a JWK that lacks one of them.
 */
export function thumbprintInput(jwk: Jwk): string {
  const members =
    jwk.kty === "oct" ? ["k", "kty"] : PUBLIC_MEMBERS.get(jwk.kty);
  if (!members)
    throw new TypeError(
      "a thumbprint needs a key of kty RSA, EC, OKP, AKP or oct (RFC 7638 section 3.2)",
    );
  const parts = members.map((member) => {
    const value = Object.hasOwn(jwk, member) ? jwk[member] : undefined;
    if (typeof value !== "string")
      throw new TypeError(
        `a thumbprint needs the member ${member} as a string; found ${typeof value}`,
      );
    return `${JSON.stringify(member)}:${JSON.stringify(value)}`;
  });
  return `{${parts.join(",")}}`;
}

/**
 * The thumbprint of a key in base64url (RFC 7638). That of a shared secret is a digest of the secret: never show it
 * (RFC 7638 section 7). Throws TypeError for a key that has none.
 */
export function thumbprint(
  key: Key | Jwk,
  hash: HashName = "sha256",
): MaybePromise<string> {
  return chain(
    platform.digest(
      hash,
      thumbprintInput(key instanceof Key ? key.reveal() : key),
    ),
    (bytes) => platform.encodeBase64url(bytes),
  );
}
