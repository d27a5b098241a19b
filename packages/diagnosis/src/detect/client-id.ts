import { clientOf } from "../token-names.ts";
import type { Investigation } from "../investigation.ts";

/** The forms in which well-known issuers make the ids of clients. */
const FORMS = [
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, // a GUID: Entra and others
  /^0oa[A-Za-z0-9]{17}$/, // Okta
  /^[A-Za-z0-9]{32}$/, // Auth0
  /^[a-z0-9]{25,26}$/, // Cognito
  /^\d+(?:-[a-z0-9]+)?\.apps\.googleusercontent\.com$/,
  /^\d{15,20}(?:@[\w.-]+)?$/, // Zitadel, Facebook
  /^client_[0-9A-Z]{26}$/, // WorkOS
  /^[\w-]+-(?:client|spa|web|ui|frontend|mobile|ios|android|cli)$/,
];

/** True when the text has the form of a client's id, and of nothing else. */
export const looksLikeClientId = (text: string): boolean =>
  text.length <= 128 && FORMS.some((form) => form.test(text));

/** True for an identifier of an API: an absolute URI (RFC 8707 section 2). */
export const looksLikeResource = (text: string): boolean =>
  /^[a-z][a-z0-9+.-]*:\/\/|^urn:/i.test(text);

/**
 * The clients that this inquiry names: the token's own party, and the client that asks. A token that a client got for itself has the
 * client as its subject (RFC 9068 section 2.2); with no party named, a subject that is its own audience is one.
 */
export function namedClients({
  token,
  context,
}: Investigation): readonly string[] {
  const claims = token?.claims ?? {};
  const { sub, aud } = claims;
  const itself = Array.isArray(aud) ? aud.includes(sub) : aud === sub;
  const party = clientOf(claims) ?? (itself ? sub : null);
  return [party, context.client?.id].filter(
    (id): id is string => typeof id === "string" && id !== "",
  );
}
