/** Other ways to write the path that arrived: what proxies and libraries make of one. */
import type { Subject } from "./attempt.ts";
import { normalizePath } from "./canonical-path.ts";
import { decode, encode, recode } from "./percent.ts";
import { headerOf, targetOf } from "./wire.ts";

const MOST_PREFIXES = 3;

/** Paths that may have been on the wire when it was signed. */
export function* otherPaths(
  subject: Subject,
  path: string,
): Generator<readonly [string, string]> {
  yield [path.endsWith("/") ? path.slice(0, -1) : `${path}/`, "trailing_slash"];
  yield [path.replaceAll("+", "%20"), "plus"];
  yield [path.replaceAll("%20", "+"), "plus"];
  yield [path.replace(/%2B/gi, "+"), "plus"];
  yield [path.replaceAll("+", "%2B"), "plus"];
  // Decoded as a form is, where a plus stands for a blank.
  yield [path.replace(/%2B/gi, "%20"), "plus"];
  yield [path.replace(/%2F/gi, "/"), "slash"];
  yield [normalizePath(path), "normalized"];
  yield [decode(path), "decoded"];
  yield [decode(decode(path)), "decoded"];
  yield [encode(path, "/"), "encoded_twice"];
  yield [encode(decode(path), "/"), "reencoded"];
  yield [decode(path).normalize("NFC"), "unicode_form"];
  yield [decode(path).normalize("NFD"), "unicode_form"];
  yield [path.toLowerCase(), "case"];
  yield* prefixed(subject, path);
}

/** A proxy took a prefix away, or put one before. */
export function* prefixed(
  { headers, hints }: Subject,
  path: string,
): Generator<readonly [string, string]> {
  for (const name of [
    "x-original-uri",
    "x-original-url",
    "x-rewrite-url",
    "x-envoy-original-path",
    "x-forwarded-uri",
  ]) {
    const value = headerOf(headers, name);
    if (value !== null) yield [targetOf(value).path, "rewritten"];
  }
  for (const name of ["x-forwarded-prefix", "x-script-name"]) {
    const value = headerOf(headers, name);
    if (value !== null) yield [join(value, path), "prefix_taken_away"];
  }
  for (const hint of (hints.paths ?? []).slice(0, MOST_PREFIXES)) {
    yield [hint, "rewritten"];
    yield [join(hint, path), "prefix_taken_away"];
  }
  let rest = path;
  for (let count = 0; count < MOST_PREFIXES; count++) {
    const slash = rest.indexOf("/", 1);
    if (slash === -1) break;
    rest = rest.slice(slash);
    yield [rest, "prefix_added"];
  }
  yield ["/", "left_out"];
}

const join = (prefix: string, path: string): string =>
  (prefix.startsWith("/") ? "" : "/") + prefix.replace(/\/$/, "") + path;

/** Canonical forms that signers make of a path in place of the right one. */
export function* wrongForms(
  path: string,
  byS3Rules: boolean,
): Generator<readonly [string, string]> {
  const sent = path === "" ? "/" : path;
  const normal = normalizePath(sent);
  yield* byS3Rules
    ? ([
        [encode(normal, "/"), "encoded_twice"],
        [encode(sent, "/"), "encoded_twice"],
        [recode(normal, "/"), "normalized"],
      ] as const)
    : ([
        [recode(normal, "/"), "encoded_once"],
        [recode(sent, "/"), "encoded_once"],
        [encode(sent, "/"), "not_normalized"],
      ] as const);
  yield [sent, "not_encoded"];
  yield [encode(recode(sent, "/"), "/"), "encoded_twice"];
  yield [encode(encode(sent, "/"), "/"), "encoded_twice"];
  yield [decode(sent), "decoded"];
  yield [normal, "normalized"];
  for (const marks of KEPT) {
    yield [recode(sent, `/${marks}`), "marks_kept"];
    yield [encode(encode(decode(sent), `/${marks}`), "/"), "marks_kept"];
  }
  yield [recode(sent), "slash_encoded"];
  yield [`/${recode(sent.slice(1))}`, "slash_encoded"];
  yield [
    recode(sent, "/").replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
    "small_letters",
  ];
  yield [recode(sent, "/").replaceAll("%20", "+"), "plus"];
  yield [latin1(recode(sent, "/")), "latin1"];
}

/** What encodeURIComponent, encodeURI, Go's EscapedPath and others leave as they are. */
const KEPT = [
  "!'()*",
  "!*'();:@&=+$,?#",
  "$&+,:;=@",
  "!$&'()*+,;=:@",
  "@",
  ":",
  "=",
  "+",
  ",",
  "()",
];

/** From UTF-8's two bytes to the one of ISO 8859-1. */
const latin1 = (canonical: string): string =>
  canonical
    .replace(/%C2%([89AB][0-9A-F])/g, "%$1")
    .replace(
      /%C3%([89AB][0-9A-F])/g,
      (_, hex: string) =>
        `%${(Number.parseInt(hex, 16) + 0x40).toString(16).toUpperCase()}`,
    );
