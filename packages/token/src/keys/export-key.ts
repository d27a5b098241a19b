import type { Jwk } from "../crypto/platform.ts";
import { SECRET_MEMBERS } from "./jwk-members.ts";
import type { Key } from "./key.ts";

/**
 * The key as a JWK, with all that it says of itself. Secret members are there only with `secret: true`; without it, a shared secret
 * throws TypeError, because nothing of it may be shown.
 */
export function exportKey(
  key: Key,
  { secret }: { readonly secret: boolean },
): Jwk {
  if (!secret && key.kty === "oct")
    throw new TypeError(
      "a shared secret has no public half; export it with secret: true",
    );
  const members = Object.entries(key.reveal()).filter(
    ([name]) => secret || !SECRET_MEMBERS.includes(name),
  );
  return Object.fromEntries(members);
}
