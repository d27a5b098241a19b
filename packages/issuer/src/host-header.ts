import { isIP } from "node:net";
import { isLoopback } from "./options/is-loopback.ts";

/**
 * Threat: DNS rebinding. A page of a stranger's name that resolves to this machine would speak to this server as its own origin. So
 * the Host header must name this machine or the configured host. An address cannot be rebound; any is taken when the server listens on all.
 */
export function isOwnHost(
  header: string | undefined,
  configured: string,
): boolean {
  const name = hostName(header ?? "");
  if (name === null) return false;
  if (isLoopback(name) || name.endsWith(".localhost") || name === configured)
    return true;
  return isWildcard(configured) && isIP(name) > 0;
}

/** Does the host stand for every address of this machine? */
export function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

/** The name in a Host header (RFC 9110 section 7.2), without its port and brackets; null when it is none. */
function hostName(header: string): string | null {
  const [, bracketed, plain] =
    /^(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9._-]{1,253}))(?::\d{1,5})?$/i.exec(
      header,
    ) ?? [];
  return (bracketed ?? plain)?.toLowerCase() ?? null;
}
