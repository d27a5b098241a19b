/**
 * Redirect URIs: which may be registered, and which one of a request is a registered one (RFC 6749 section 3.1.2, RFC 9700 sections 2.1
 * and 4.1, RFC 8252). Threat: whoever can bend the address gets the code. So texts are compared, never parsed ones: two parsers disagree.
 */

/** A loopback address as a literal, its port, and what follows. `localhost` is a name: somebody else may answer to it (RFC 8252 section 8.3). */
const LOOPBACK =
  /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::([1-9]\d{0,4}))?((?:[/?].*)?)$/;

/**
 * The registered URI that `presented` stands for; null: none. Equal as texts; only the port of a loopback address may differ, since an
 * app there takes whichever is free (RFC 8252 section 7.3).
 */
export function findRedirectUri(
  registered: readonly string[],
  presented: string,
): string | null {
  if (registered.includes(presented)) return presented;
  const mine = withoutPort(presented);
  return mine === null
    ? null
    : (registered.find((each) => withoutPort(each) === mine) ?? null);
}

function withoutPort(uri: string): string | null {
  const parts = LOOPBACK.exec(uri);
  return parts && Number(parts[2] ?? 80) <= 65_535
    ? `${parts[1]}${parts[3]}`
    : null;
}

export type RedirectUriProblem =
  | "too_long"
  | "characters"
  | "wildcard"
  | "relative"
  | "fragment"
  | "scheme"
  | "host"
  | "user_info"
  | "dot_segment";

/** Longest redirect URI, in characters. */
export const LONGEST_REDIRECT_URI = 2048;

/** Characters of RFC 3986 section 2, with percent signs that stand before two digits. */
const URI = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/;
const PARTS = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?]*))?([^?]*)(?:\?.*)?$/;

/**
 * Why a URI must not be registered; null: it may. https anywhere; http on this machine alone; or a private-use scheme that is a domain
 * name turned round, com.example.app (RFC 8252 section 7.1): without the dot it could be javascript, data or another app's.
 */
export function redirectUriProblem(uri: string): RedirectUriProblem | null {
  if (uri.length > LONGEST_REDIRECT_URI) return "too_long";
  if (!URI.test(uri)) return "characters";
  if (uri.includes("*")) return "wildcard";
  if (uri.includes("#")) return "fragment";
  const parts = PARTS.exec(uri);
  if (!parts || !URL.canParse(uri)) return "relative";
  const [, scheme = "", authority, path = ""] = parts;
  if (authority?.includes("@")) return "user_info";
  if (path.split("/").some((segment) => isDots(segment))) return "dot_segment";
  if (scheme !== "https" && scheme !== "http")
    return scheme.includes(".") && (authority ?? path) !== "" ? null : "scheme";
  // As written it must be what a browser makes of it: no 127.1, no capitals, no percent sign, no default port.
  if (authority === undefined || authority !== new URL(uri).host) return "host";
  return scheme === "https" || isThisMachine(uri) ? null : "scheme";
}

const isDots = (segment: string): boolean =>
  /^\.{1,2}$/.test(segment.replaceAll(/%2e/gi, "."));

const isThisMachine = (uri: string): boolean =>
  ["127.0.0.1", "[::1]", "localhost"].includes(new URL(uri).hostname);
