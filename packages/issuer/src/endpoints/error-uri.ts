/**
 * error_uri: one of a few coarse pages of the handbook (RFC 6749 section 5.2). Threat: a page for each reason would tell on the wire what only
 * the handle may tell, so the page depends on the error code alone.
 */
import type { OAuthError, OAuthErrorCode } from "../errors.ts";

const PAGES: Partial<Record<OAuthErrorCode, string>> = {
  invalid_grant: "/guides/refresh",
  invalid_dpop_proof: "/guides/sender-bound-tokens",
  use_dpop_nonce: "/guides/sender-bound-tokens",
};

/** Where no page fits, the guide to the errors of OAuth servers. */
const DEFAULT_PAGE = "/guides/oauth-errors";

export const errorPage = (issuer: string, { code }: OAuthError): string =>
  new URL(issuer).origin + (PAGES[code] ?? DEFAULT_PAGE);
