/** The signed headers in their canonical form: small names, values without blanks around, runs of blanks as one, repeated ones joined. */
import { byCodeUnits } from "./canonical-query.ts";
import type { Parsed, WireRequest } from "./types.ts";
import { indexHeaders, targetOf, type HeaderIndex } from "./wire.ts";

export type SignedHeader = readonly [name: string, value: string];

export function signedHeaders(
  request: WireRequest,
  parsed: Parsed,
): readonly SignedHeader[] {
  const index = indexHeaders(request);
  const names = new Set(
    parsed.signedHeaders.map((name) => name.trim().toLowerCase()),
  );
  return [...names]
    .toSorted(byCodeUnits)
    .map((name) => [name, canonicalValue(name, index, request)]);
}

function canonicalValue(
  name: string,
  index: HeaderIndex,
  request: WireRequest,
): string {
  const values = index.get(name);
  if (values !== undefined) return values.map(collapse).join(",");
  // What a recording of a request often lacks, and every request has.
  if (name === "host")
    return collapse(index.get(":authority")?.[0] ?? hostOf(request.url));
  if (name === "content-length" && request.body !== null)
    return String(lengthOf(request.body));
  return "";
}

/** An obs-fold (RFC 9112 section 5.2) is a run of blanks like any other. */
export const collapse = (value: string): string =>
  value
    .split(/[\t\n\r ]+/)
    .filter((word) => word !== "")
    .join(" ");

/** The Host that an HTTP client sends for a URL: without the port that the scheme has anyway. */
export function hostOf(url: string): string {
  const { scheme, authority } = targetOf(url);
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  const usual = scheme === "https" ? ":443" : ":80";
  return host.endsWith(usual) ? host.slice(0, -usual.length) : host;
}

const lengthOf = (body: string | Uint8Array): number =>
  typeof body === "string"
    ? new TextEncoder().encode(body).length
    : body.length;
