/** What is kept of a proof's jti. A long one is kept as its digest, so that a stranger cannot choose how much memory an entry takes. */
import { platform, type MaybePromise } from "@assay/token";

const LONGEST_ID = 64;

export function proofId(jti: string): MaybePromise<string> {
  if (jti.length <= LONGEST_ID) return jti;
  const digest = platform.digest("sha256", jti);
  return digest instanceof Promise
    ? digest.then((bytes) => `#${platform.encodeBase64url(bytes)}`)
    : `#${platform.encodeBase64url(digest)}`;
}
