/** Claims that a resource wants besides the registered ones: by its mapping, and by the operator's hook. */
import { seconds, type IssuerContext } from "../issuer-context.ts";
import type { AccessTokenRequest } from "./access-token.ts";
import { subjectOf } from "./subject-of.ts";

/** What the server sets itself, or what would change how a token is judged. Nobody else sets it. */
const RESERVED: ReadonlySet<string> = new Set([
  "iss",
  "sub",
  "aud",
  "client_id",
  "iat",
  "nbf",
  "exp",
  "jti",
  "scope",
  "cnf",
  "act",
  "may_act",
  "status",
  "auth_time",
  "azp",
  "nonce",
  "token_type",
  "active",
  "username",
]);

type Claims = Readonly<Record<string, unknown>>;

export const NO_CLAIMS: Claims = {};

/** What the operator's hook sets. Throws TypeError when that is a claim that is not for it. */
export async function hookedClaims(
  hook: NonNullable<IssuerContext["claimsHook"]>,
  { client, resource, subject, scopes }: AccessTokenRequest,
): Promise<Claims> {
  // A hook in plain JavaScript may give nothing.
  const hooked =
    (await hook({ client, resource, subject, scopes })) ?? NO_CLAIMS;
  for (const name of Object.keys(hooked))
    if (RESERVED.has(name))
      throw new TypeError(
        `the claims hook set ${name}, which the server sets itself`,
      );
  return hooked;
}

export function claimsFor(
  { client, resource, subject, grant, act }: AccessTokenRequest,
  hooked: Claims,
): Claims {
  const members: Claims = {
    client_id: client.clientId,
    client_name: client.name,
    subject: subjectOf({ subject, clientId: client.clientId }),
  };
  const mapped = Object.entries(resource.claims).flatMap(([claim, member]) =>
    Object.hasOwn(members, member) && !RESERVED.has(claim)
      ? [[claim, members[member]] as const]
      : [],
  );
  return {
    ...Object.fromEntries(mapped),
    ...hooked,
    ...(act !== undefined && { act }),
    ...(grant?.authenticatedAt !== null &&
      grant?.authenticatedAt !== undefined && {
        auth_time: seconds(grant.authenticatedAt),
      }),
  };
}

export const isReservedClaim = (name: string): boolean => RESERVED.has(name);
