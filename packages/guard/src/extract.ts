/** Finds the token in a request. Every place but the Authorization header has to be named by the operator. */
import { finding, type Finding } from "@assay/token";
import type { Arrival } from "./arrival.ts";

/**
 * Where a token may stand. A cookie is sent by the browser on behalf of any site: who allows it has to defend against cross-site requests
 * himself. A query is kept in logs and histories (RFC 6750 section 2.3).
 */
export type TokenPlace =
  "header" | { readonly cookie: string } | { readonly query: string };

export type Scheme = "Bearer" | "DPoP";

export interface Credential {
  readonly scheme: Scheme;
  readonly token: string;
}

export interface Places {
  readonly header: boolean;
  readonly cookies: readonly string[];
  readonly queries: readonly string[];
  /** Schemes that are taken; the first is the one that is asked for. */
  readonly schemes: readonly Scheme[];
}

const BLANK = /[ \t]+/;

/** A token that is not checked yet, or why there is none. */
export function extract(
  arrival: Arrival,
  places: Places,
): Credential | Finding {
  const header = places.header ? arrival.values("authorization") : undefined;
  if (header === undefined || header === "")
    return fromElsewhere(arrival, places);
  if (typeof header !== "string")
    return header.length === 0
      ? fromElsewhere(arrival, places)
      : repeated(header.map(() => "Authorization header"));
  // RFC 6750 section 2: no more than one way at a time.
  if (mayNameToken(arrival.target))
    for (const name of queriesIn(arrival.target))
      if (name === "access_token")
        return repeated([
          "Authorization header",
          "query parameter access_token",
        ]);
  return fromHeader(header, places.schemes);
}

/** Whether the query is worth to be taken apart. Threat: `access%5Ftoken`, which is the same name to whoever reads it. */
function mayNameToken(target: string): boolean {
  const query = target.indexOf("?");
  return (
    query !== -1 &&
    (target.includes("access_token", query) || target.includes("%", query))
  );
}

/** The scheme's case does not count, and several blanks may follow it (RFC 9110 sections 11.1 and 11.4). */
function fromHeader(
  value: string,
  schemes: readonly Scheme[],
): Credential | Finding {
  // As nearly everybody writes it.
  if (value.startsWith("Bearer ") && schemes.includes("Bearer")) {
    const token = value.slice(7);
    if (token !== "" && !token.includes(" ") && !token.includes("\t"))
      return { scheme: "Bearer", token };
  }
  const words = value.split(BLANK).filter((word) => word !== "");
  const [first = "", token] = words;
  const scheme = schemes.find(
    (one) => one.toLowerCase() === first.toLowerCase(),
  );
  if (!scheme)
    return finding("request.scheme_unsupported", {
      expected: schemes.join(" or "),
      // Any other word may be a token, and no event may hold one.
      found: /^[a-z][a-z-]{0,31}$/i.test(first) ? first : null,
    });
  if (token === undefined) return missing(schemes);
  return words.length > 2
    ? finding("request.header_malformed", { words: words.length - 1 })
    : { scheme, token };
}

function fromElsewhere(arrival: Arrival, places: Places): Credential | Finding {
  const found: string[] = [];
  const names: string[] = [];
  const keep = (place: string, value: string): void => {
    found.push(value);
    names.push(place);
  };
  if (places.queries.length > 0)
    for (const [name, value] of parametersOf(arrival.target))
      if (places.queries.includes(name)) keep(`query parameter ${name}`, value);
  if (places.cookies.length > 0)
    for (const [name, value] of cookiesOf(arrival))
      if (places.cookies.includes(name)) keep(`cookie ${name}`, value);
  const [token] = found;
  if (token === undefined || token === "") return missing(places.schemes);
  // A proof says nothing of where its token stands; without a scheme it is taken for a bearer token.
  return found.length > 1 ? repeated(names) : { scheme: "Bearer", token };
}

const missing = (schemes: readonly Scheme[]): Finding =>
  finding("request.token_missing", {
    scheme: schemes[0] ?? "Bearer",
    headers: [],
  });

const repeated = (places: readonly string[]): Finding =>
  finding("request.token_repeated", { places });

function parametersOf(target: string): Iterable<[string, string]> {
  const query = target.indexOf("?");
  return query === -1 ? [] : new URLSearchParams(target.slice(query + 1));
}

function* queriesIn(target: string): Iterable<string> {
  for (const [name] of parametersOf(target)) yield name;
}

/** RFC 6265 section 5.4. A name that comes twice was set by two; which one is meant nobody knows. */
function* cookiesOf(arrival: Arrival): Iterable<[string, string]> {
  const sent = arrival.values("cookie") ?? [];
  for (const line of typeof sent === "string" ? [sent] : sent)
    for (const pair of line.split(";")) {
      const at = pair.indexOf("=");
      if (at > 0) yield [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }
}
