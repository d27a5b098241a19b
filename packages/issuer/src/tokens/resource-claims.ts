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

/** Throws TypeError when the hook sets a claim that is not for it. */
export async function claimsFor(
  { claimsHook }: IssuerContext,
  request: AccessTokenRequest,
): Promise<Readonly<Record<string, unknown>>> {
  const { client, resource, subject, scopes, grant, act } = request;
  const members: Readonly<Record<string, unknown>> = {
    client_id: client.clientId,
    client_name: client.name,
    subject: subjectOf({ subject, clientId: client.clientId }),
  };
  const mapped = Object.entries(resource.claims).flatMap(([claim, member]) =>
    Object.hasOwn(members, member) && !RESERVED.has(claim)
      ? [[claim, members[member]] as const]
      : [],
  );
  const hooked =
    (await claimsHook?.({ client, resource, subject, scopes })) ?? {};
  for (const name of Object.keys(hooked))
    if (RESERVED.has(name))
      throw new TypeError(
        `the claims hook set ${name}, which the server sets itself`,
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
