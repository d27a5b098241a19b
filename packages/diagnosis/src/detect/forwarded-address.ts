import { headerValues, type HttpRequest } from "@assay/token";

/** Scheme and host of the address that the client called, as proxies write them down (RFC 7239, X-Forwarded-*). Never a ground to trust. */
export interface ForwardedAddress {
  readonly scheme: string | null;
  readonly host: string | null;
  readonly prefix: string | null;
}

export function forwardedAddress(request: HttpRequest): ForwardedAddress {
  const first = (name: string): string | null =>
    headerValues(request, name)[0]?.split(",")[0]?.trim().toLowerCase() || null;
  const forwarded = first("forwarded") ?? "";
  const parameter = (name: string): string | null =>
    new RegExp(`(?:^|;)\\s*${name}="?([^";,\\s]+)`).exec(forwarded)?.[1] ??
    null;
  const port = first("x-forwarded-port");
  const host =
    first("x-forwarded-host") ?? first("x-original-host") ?? parameter("host");
  const scheme =
    first("x-forwarded-proto") ??
    first("x-forwarded-scheme") ??
    first("x-scheme") ??
    parameter("proto");
  const withPort =
    host !== null && port !== null && !/:\d+$/.test(host)
      ? `${host}:${port}`
      : host;
  return {
    scheme,
    host: withPort ?? first("host"),
    prefix: first("x-forwarded-prefix"),
  };
}

/** True when the proxies' words, put together, are the scheme and host that the proof names. */
export function confirmsProof(
  { scheme, host }: ForwardedAddress,
  proof: string,
): boolean {
  if (host === null || !URL.canParse(proof)) return false;
  const named = new URL(proof);
  const told = `${scheme ?? named.protocol.slice(0, -1)}://${host}`;
  return URL.canParse(told) && new URL(told).origin === named.origin;
}
