/** HMAC-SHA256, where it is no signature of a token. */
import { platform, type MaybePromise } from "@assay/token";

export type Handle = Parameters<typeof platform.sign>[1];

const utf8 = new TextEncoder();

export const importHmac = (bytes: Uint8Array): MaybePromise<Handle> =>
  platform.importSignKey(
    { kty: "oct", k: platform.encodeBase64url(bytes) },
    "HS256",
  );

export async function hmac(key: Handle, text: string): Promise<Uint8Array> {
  return platform.sign("HS256", key, utf8.encode(text));
}
