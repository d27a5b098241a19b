/** What every answer of the server says to the browser. */

/**
 * Threat: a token that leaves the page. Nothing may be loaded but the console's own files, and nothing can be sent anywhere: no
 * connection, no form, no frame. There is no inline script or style to allow. The same policy rules the page's worker, because it
 * comes with every file.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "worker-src 'self'",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  // Text that came with a token cannot become markup by way of a DOM sink.
  "require-trusted-types-for 'script'",
  // The one exception: the console's own worker, by its own address.
  "trusted-types assay-worker",
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
