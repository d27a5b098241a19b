/** Web servers, their modules, and the interfaces behind them: nginx, Apache, PHP under them. */
import { absent } from "./heard-facts.ts";
import { messagesOf, type Message } from "./message.ts";

export const WEB_SERVERS: readonly Message[] = [
  ...messagesOf("nginx", [
    {
      pattern:
        /\brequest header fields too large\b|size of the request headers is too long/i,
      reasons: ["format.too_large"],
      possible: ["transit.too_large", "token.oversized"],
      source: "RFC 6585 section 5; http.sys",
    },
    {
      pattern:
        /client sent too long header line|request header (?:or cookie|is) too large|400 bad request[^\n]{0,40}request header/i,
      reasons: ["format.too_large"],
      possible: ["transit.too_large", "token.oversized"],
      source:
        "nginx src/http/ngx_http_request.c; docs/reasons/format.too_large.md",
    },
    {
      pattern: /\b(?:414 )?request-?uri too (?:large|long)\b|\buri too long\b/i,
      reasons: ["format.too_large"],
      likely: ["transit.wrong_place"],
      possible: ["transit.too_large", "token.oversized"],
      source: "RFC 9110 section 15.5.15; docs/reasons/format.too_large.md",
    },
    {
      pattern: /rejected due to missing signature key/i,
      reasons: ["signature.key_not_found", "signature.mismatch"],
      possible: ["key.rotated", "verifier.not_configured", "key.other_issuer"],
      source: "kjdev/nginx-auth-jwt#20",
    },
    {
      pattern: /\binvalid algorithm specified\b/i,
      reasons: ["signature.algorithm_not_allowed"],
      possible: ["verifier.not_configured", "algorithm.mismatch"],
      source: "TeslaGov ngx-http-auth-jwt-module, field notes",
    },
  ]),
  ...messagesOf("Apache", [
    {
      pattern: /size of a request header field exceeds server limit/i,
      reasons: ["format.too_large"],
      possible: ["transit.too_large", "token.oversized"],
      source: "httpd server/protocol.c",
    },
    {
      pattern: /\bjwt did not contain an "exp" number/i,
      reasons: ["format.claim_type", "expiration.missing"],
      likely: ["time.not_numeric"],
      possible: [absent("exp"), "verifier.too_strict"],
      source: "OpenIDC/mod_auth_openidc#187",
    },
    {
      pattern: /\bcould not find key with kid: /i,
      reasons: ["signature.key_not_found"],
      possible: ["key.rotated", "key.other_issuer", "verifier.not_configured"],
      source: "mod_auth_openidc 2.4, src/jose.c, as it wrote it",
    },
    {
      pattern: /\bcould not parse jwt from access_token\b/i,
      reasons: ["format.not_jwt", "format.segments", "format.encoding"],
      possible: ["token.opaque", "token.truncated"],
      source: "mod_auth_openidc 2.4, src/oauth.c, as it wrote it",
    },
  ]),
  ...messagesOf("Apache, PHP", [
    {
      pattern: /^\s{0,20}(?:\{[^\n]{0,80})?token not found\b/i,
      reasons: ["request.token_missing"],
      likely: ["transit.header_stripped"],
      possible: ["token.absent", "transit.wrong_place"],
      source: "tuupola/slim-jwt-auth#146",
    },
  ]),
  ...messagesOf("Authelia", [
    {
      pattern: /basic prefix not found in authorization header/i,
      reasons: ["request.scheme_unsupported"],
      likely: ["transit.overwritten"],
      possible: ["token.scheme_missing"],
      source: "authelia/authelia#422",
    },
  ]),
];
