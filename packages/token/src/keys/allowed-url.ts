/**
 * Why keys may not be fetched from this URL. null: they may. Only https, because keys that travel in the clear can be exchanged on the
 * way; plain http within one machine, or where the operator has allowed it. Credentials in a URL end up in logs.
 */
export function refuseUrl(url: string, allowInsecure: boolean): string | null {
  if (!URL.canParse(url)) return "not an absolute URL";
  const { protocol, username, password } = new URL(url);
  if (username !== "" || password !== "") return "a URL with credentials in it";
  if (protocol === "https:") return null;
  if (protocol !== "http:")
    return `a URL of the scheme ${protocol.slice(0, 32)}`;
  return allowInsecure || isLoopback(url)
    ? null
    : "plain http, beyond this machine";
}

/** True when the URL stays within this machine: localhost, 127.0.0.0/8, ::1 (RFC 6761 section 6.3, RFC 1122 section 3.2.1.3). */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  // URL has already turned every spelling of an IPv4 address into four decimal numbers.
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}
