import { headerValues, platform, type HttpRequest } from "@assay/token";
import { certificateThumbprint } from "../certificate.ts";

/** Headers in which proxies tell of the client certificate that they saw (RFC 9440, and the ways of nginx, Envoy, AWS, Azure, Traefik). */
const HEADERS =
  /^(?:client-cert(?:-chain)?|x-forwarded-client-cert|x-forwarded-tls-client-cert(?:-info)?|x-arr-clientcert|x-amzn-mtls-clientcert.*|x-goog-client-cert.*|cf-client-cert.*|x?-?ssl-?client.*|x-client-(?:cert|dn|verify|s-dn|ssl|certificate).*|x-tls-client.*|x-mtls-.*|x-ssl-(?:cert|verify|dn|s-dn|issuer|subject|sdn|idn).*|ssl-client.*)$/i;

/** Words by which a proxy says that there was no certificate, or a bad one. */
const NONE = /^(?:none|failed.*|0|false|no|generous|-|\(null\)|)$/i;

/** No certificate is shorter, in characters; a word such as SUCCESS is none. */
const SHORTEST = 100;

/** The headers of a request that speak of a client certificate, and whether they say that there was none. */
export function certificateTraces({ headers = {} }: HttpRequest): {
  readonly names: readonly string[];
  readonly saysNone: boolean;
} {
  const names = Object.keys(headers).filter((name) => HEADERS.test(name));
  const values = names.flatMap((name) =>
    headerValues({ headers }, name.toLowerCase()),
  );
  const verdicts = names
    .filter((name) => /verify|present/i.test(name))
    .flatMap((name) => headerValues({ headers }, name.toLowerCase()));
  const saysNone =
    verdicts.length > 0
      ? verdicts.every((value) => NONE.test(value.trim()))
      : names.length > 0 && values.every((value) => NONE.test(value.trim()));
  return {
    names: names.slice(0, 10).map((name) => name.toLowerCase().slice(0, 60)),
    saysNone,
  };
}

/** The thumbprints of the certificates that such headers hold: as PEM, plain or percent-encoded, as base64 DER, or as a SHA-256 digest. */
export async function forwardedThumbprints({
  headers = {},
}: HttpRequest): Promise<readonly string[]> {
  const values = Object.keys(headers)
    .filter((name) => HEADERS.test(name))
    .flatMap((name) => headerValues({ headers }, name.toLowerCase()))
    .slice(0, 4);
  const found: string[] = [];
  for (const value of values) {
    const hash =
      /(?:^|[;,])\s*hash="?([0-9a-f]{64})/i.exec(value)?.[1] ??
      /^[0-9a-f]{64}$/i.exec(value.replaceAll(":", ""))?.[0];
    if (hash)
      found.push(
        platform.encodeBase64url(
          Uint8Array.from(hash.match(/../g) ?? [], (byte) =>
            Number.parseInt(byte, 16),
          ),
        ),
      );
    if (/^[\w-]{43}$/.test(value)) found.push(value);
    const thumbprint =
      value.length < SHORTEST
        ? null
        : await certificateThumbprint(asPem(value));
    if (thumbprint !== null) found.push(thumbprint);
  }
  return found;
}

function asPem(value: string): string {
  const text = value.slice(0, 16_384);
  const quoted = /cert="?([^";,]+)/i.exec(text)?.[1] ?? text;
  const pem = decoded(quoted);
  if (pem.includes("-----BEGIN")) return pem;
  const bare = pem.replace(/^:|:$/g, "").trim();
  return `-----BEGIN CERTIFICATE-----\n${bare}\n-----END CERTIFICATE-----`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
