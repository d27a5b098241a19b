/** The client's certificate: from the connection, or from a proxy that ended the TLS connection (RFC 9440). */
import { platform, type MaybePromise } from "@assay/token";
import { single, type Arrival } from "./arrival.ts";
import type { Proxies } from "./proxies.ts";

export interface CertificateOptions {
  /** Demand one of every token. Default false: only where the token is bound to one (RFC 8705 section 3.1). */
  readonly required?: boolean;
  /** The header in which a named proxy hands it on. Default Client-Cert; null: only the connection itself counts. */
  readonly header?: string | null;
}

/** Longest header that is looked at: a certificate has a few thousand characters. */
const MAX_HEADER = 32_768;

/** The thumbprint (RFC 8705 section 3.1); undefined: no certificate was shown that counts. */
export function thumbprintOf(
  arrival: Arrival,
  header: string | null,
  proxies: Proxies,
): MaybePromise<string | undefined> {
  if (header === null || !proxies.isTrusted(arrival.remote))
    return arrival.certificate?.();
  const der = certificateBytes(single(arrival, header) ?? "");
  if (!der) return undefined;
  const digest = platform.digest("sha256", der);
  return digest instanceof Promise
    ? digest.then((bytes) => platform.encodeBase64url(bytes))
    : platform.encodeBase64url(digest);
}

/** A byte sequence between colons (RFC 9440 section 2.1, RFC 8941 section 3.3.5). */
function certificateBytes(value: string): Uint8Array | null {
  const body = /^:([A-Za-z0-9+/]+)={0,2}:$/.exec(
    value.slice(0, MAX_HEADER).trim(),
  )?.[1];
  return body
    ? platform.decodeBase64url(body.replaceAll("+", "-").replaceAll("/", "_"))
    : null;
}
