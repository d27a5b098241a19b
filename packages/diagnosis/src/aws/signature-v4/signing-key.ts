/** The key of a signature: four HMACs, from the secret down to one day, region and service. */
import { platform, type MaybePromise } from "@assay/token";

type Handle = Parameters<typeof platform.sign>[1];

const utf8 = new TextEncoder();

const importHmac = (bytes: Uint8Array): MaybePromise<Handle> =>
  platform.importSignKey(
    { kty: "oct", k: platform.encodeBase64url(bytes) },
    "HS256",
  );

/** The key, ready to sign with. */
export async function signingKey(
  secretAccessKey: string,
  scope: {
    readonly date: string;
    readonly region: string;
    readonly service: string;
  },
): Promise<Handle> {
  let key = utf8.encode(`AWS4${secretAccessKey}`);
  for (const part of [scope.date, scope.region, scope.service, "aws4_request"])
    key = new Uint8Array(
      await platform.sign("HS256", await importHmac(key), utf8.encode(part)),
    );
  return importHmac(key);
}

export async function hmac(key: Handle, text: string): Promise<Uint8Array> {
  return platform.sign("HS256", key, utf8.encode(text));
}
