/** What the ring shows at one version: the keys that sign, and the set that is published. */
import {
  exportKey,
  keySetOf,
  readJwk,
  type Jwk,
  type KeySet,
} from "@assay/token";
import { hash } from "node:crypto";
import type { SigningKeyRecord } from "../store/records.ts";
import type { RingPolicy } from "./ring-policy.ts";
import { isPublished, leavesAt } from "./ring.ts";

export interface PublicSet {
  readonly keys: readonly Jwk[];
  /** The set as it goes out (RFC 7517 section 5). */
  readonly body: string;
  /** Strong: the same bytes have the same tag, at every server (RFC 9110 section 8.8.1). */
  readonly etag: string;
}

export interface Published {
  readonly set: PublicSet;
  readonly keySet: KeySet;
  /** When the next retired key leaves the set, in milliseconds. */
  readonly until: number;
}

export function publishedAt(
  keys: readonly SigningKeyRecord[],
  now: number,
  policy: RingPolicy,
): Published {
  const published = keys
    .filter((key) => isPublished(key, now, policy))
    .toSorted((a, b) => a.createdAt - b.createdAt || (a.kid < b.kid ? -1 : 1));
  const jwks = published.map(publicJwk);
  const body = JSON.stringify({ keys: jwks });
  return {
    set: { keys: jwks, body, etag: `"${hash("sha256", body, "base64url")}"` },
    keySet: keySetOf(...jwks.map((jwk) => readJwk(jwk))),
    until: Math.min(
      ...published
        .filter(({ state }) => state === "retired")
        .map((key) => leavesAt(key, policy)),
    ),
  };
}

/** The record says what the key is for, and no secret member leaves, whatever the row holds. */
function publicJwk(key: SigningKeyRecord): Jwk {
  return {
    ...exportKey(readJwk(key.publicJwk), { secret: false }),
    kid: key.kid,
    alg: key.algorithm,
    use: "sig",
  };
}
