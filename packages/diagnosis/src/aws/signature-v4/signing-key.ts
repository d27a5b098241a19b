/** The key of a signature: four HMACs, from the secret down to one day, region and service. */
import { hmac, importHmac, type Handle } from "../../hmac.ts";

const utf8 = new TextEncoder();

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
    key = new Uint8Array(await hmac(await importHmac(key), part));
  return importHmac(key);
}
