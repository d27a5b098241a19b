/** For which resource a token is asked (RFC 8707), and which scopes it may have. */
import type { Client } from "../clients/client.ts";
import type { Parameters } from "../endpoints/form.ts";
import { OAuthError } from "../errors.ts";
import type { Store } from "../store/store.ts";
import type { Resource } from "./resource.ts";

/** One token is for one resource: its lifetime and form are that resource's. `granted`: resources of the grant; null: none was made. */
export async function requestedResource(
  store: Pick<Store, "findResource">,
  client: Client,
  form: Parameters,
  granted: readonly string[] | null,
): Promise<Resource> {
  const named = form.all("resource");
  if (named.length > 1)
    throw refused("Ask for one resource at a time in a token request.");
  const [wanted = granted?.[0] ?? client.resources[0]] = named;
  if (wanted === undefined)
    throw refused(
      "Name the resource that the token is for: this client has none of its own.",
    );
  if (!client.resources.includes(wanted) || granted?.includes(wanted) === false)
    throw refused("The resource is not one that this client may ask for.");
  const resource = await store.findResource(wanted);
  if (!resource) throw refused("The resource is not known here.");
  return resource;
}

/** RFC 8707 section 2. */
const refused = (description: string): OAuthError =>
  new OAuthError("invalid_target", description, {
    cause: "oauth.resource_unknown",
  });

/**
 * The scopes of a token: those asked for, or all that client and resource share. `granted`: the most that the grant allows. Scopes that belong to
 * another resource of the grant are left out, as RFC 8707 section 2.2 has it.
 */
export function requestedScopes(
  client: Client,
  resource: Resource,
  asked: readonly string[] | null,
  granted: readonly string[] | null,
): readonly string[] {
  const allowed = granted ?? client.scopes;
  const stranger = asked?.find(
    (scope) => !allowed.includes(scope) || !client.scopes.includes(scope),
  );
  if (stranger !== undefined)
    throw new OAuthError(
      "invalid_scope",
      granted
        ? "The scope goes beyond what was granted."
        : "The scope is not one that this client may ask for.",
      { cause: "oauth.scope_invalid" },
    );
  const scopes = (asked ?? allowed).filter(
    (scope) =>
      client.scopes.includes(scope) &&
      (resource.scopes.includes(scope) || PROTOCOL_SCOPES.has(scope)),
  );
  if (asked !== null && asked.length > 0 && scopes.length === 0)
    throw new OAuthError(
      "invalid_scope",
      "The resource knows none of these scopes.",
      { cause: "oauth.scope_invalid" },
    );
  return scopes;
}

/** Scopes of OpenID Connect, which belong to no resource. */
export const PROTOCOL_SCOPES: ReadonlySet<string> = new Set([
  "openid",
  "offline_access",
]);
