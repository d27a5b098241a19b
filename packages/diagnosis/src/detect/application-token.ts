import { clientOf } from "../token-names.ts";

/** How one sees that a token was issued to an application alone, without a user; null: nothing says so. */
export function applicationOnly(
  claims: Readonly<Record<string, unknown>>,
): string | null {
  const {
    sub,
    idtyp,
    gty,
    oid,
    preferred_username: username,
    grant_type: grantType,
  } = claims;
  const party = clientOf(claims);
  if (idtyp === "app") return "the claim idtyp is app";
  if (isClientCredentials(gty) || isClientCredentials(grantType))
    return "the grant was client credentials";
  if (typeof username === "string" && username.startsWith("service-account-"))
    return "the claim preferred_username names a service account";
  if (typeof sub === "string" && sub.endsWith("@clients"))
    return "the claim sub names a client";
  if (typeof sub === "string" && sub === party)
    return "the claim sub is the client itself";
  const entra = typeof claims["tid"] === "string" && party !== null;
  const user = [
    "scp",
    "upn",
    "unique_name",
    "preferred_username",
    "name",
    "email",
  ].some((name) => claims[name] !== undefined);
  return entra && !user && (oid === undefined || oid === sub)
    ? "the token names a client, and nothing of a user"
    : null;
}

const isClientCredentials = (value: unknown): boolean =>
  [value]
    .flat()
    .some(
      (grant) =>
        typeof grant === "string" &&
        grant.toLowerCase().replace(/[^a-z]/g, "") === "clientcredentials",
    );
