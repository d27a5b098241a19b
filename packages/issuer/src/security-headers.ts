/** What every answer of the server says to the browser. */

/**
 * Threat: a token that leaves the page. Nothing may be loaded but the console's own files, and nothing can be sent anywhere: no
 * connection, no form, no frame. There is no inline script or style to allow.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  // Text that came with a token cannot become markup by way of a DOM sink.
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "permissions-policy":
    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
  "x-dns-prefetch-control": "off",
};

/** A document's own policy, with what only a header can say (CSP level 3, section 6.4.2): nobody may frame it. */
export const framedByNobody = (policy: string): string =>
  `${policy}; frame-ancestors 'none'`;

/** An answer that is no page needs no more: nothing is loaded by it, and nobody may frame it. */
const PLAIN: Readonly<Record<string, string>> = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/** RFC 6797: a browser that was here once comes by TLS alone. Only where the issuer's own name says so. */
const OVER_TLS: Readonly<Record<string, string>> = {
  ...PLAIN,
  "strict-transport-security": "max-age=31536000",
};

/** Of every answer of the issuer. */
export const answerHeaders = (
  issuer: string,
): Readonly<Record<string, string>> =>
  issuer.startsWith("https:") ? OVER_TLS : PLAIN;
