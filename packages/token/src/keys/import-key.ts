import { platform } from "#crypto";
import type { Jwk } from "../crypto/platform.ts";
import { Key } from "./key.ts";
import { readJwk } from "./read-jwk.ts";
import { createPublicKey } from "node:crypto";

export function importKey(material: string | Uint8Array | Jwk): Key {
  return readJwk(createPublicKey(material as string).export({ format: "jwk" }) as Jwk);
}
export const importKeys = (material: string): readonly Key[] => [importKey(material)];
export function importSecret(secret: string | Uint8Array, { encoding = "utf8" }: { encoding?: "utf8" | "base64" | "base64url" | "hex" } = {}): Key {
  const bytes = typeof secret === "string" ? Buffer.from(secret, encoding) : secret;
  return readJwk({ kty: "oct", k: platform.encodeBase64url(bytes) });
}
