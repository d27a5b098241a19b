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
    throw new OAuthError(
      "invalid_target",
      "Ask for one resource at a time in a token request.",
      {
        cause: "oauth.request_format",
        facts: { how: "repeated", parameter: "resource" },
      },
    );
  const [wanted = granted?.[0] ?? client.resources[0]] = named;
  if (wanted === undefined)
    throw refused(
      "Name the resource that the token is for: this client has none of its own.",
    );
  const resource = await store.findResource(wanted);
  if (!client.resources.includes(wanted))
    throw refused(
      "The resource is not one that this client may ask for.",
      resource || isNearly(wanted, client.resources) ? wanted : null,
    );
  if (granted?.includes(wanted) === false)
    throw refused("The resource goes beyond what was granted.", wanted);
  if (!resource) throw refused("The resource is not known here.", wanted);
  return resource;
}

/**
 * RFC 8707 section 2. `named`: what was asked for, where it is a name that is known here. Threat: a secret that somebody sends in the wrong
 * parameter would stand in the journal.
 */
const refused = (
  description: string,
  named: string | null = null,
): OAuthError =>
  new OAuthError("invalid_target", description, {
    cause: "oauth.resource_unknown",
    ...(named !== null && {
      facts: { resource: named, parameter: "resource" },
    }),
  });

const isNearly = (text: string, known: readonly string[]): boolean => {
  const plain = (one: string): string => one.toLowerCase().replace(/\/+$/, "");
  return known.some((one) => plain(one) === plain(text));
};

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
  const wider = asked?.filter((scope) => !allowed.includes(scope)) ?? [];
  if (granted && wider.length > 0)
    throw badScope(
      "The scope goes beyond what was granted.",
      "wider",
      wider.filter((scope) => client.scopes.includes(scope)),
    );
  const strange =
    asked?.filter((scope) => !client.scopes.includes(scope)) ?? [];
  if (strange.length > 0)
    throw badScope(
      granted
        ? "The scope was granted, and the client may not ask for it any more."
        : "The scope is not one that this client may ask for.",
      "unknown",
      // What no resource has may be anything, a secret too.
      strange.filter((scope) => resource.scopes.includes(scope)),
    );
  const scopes = (asked ?? allowed).filter(
    (scope) =>
      client.scopes.includes(scope) &&
      (resource.scopes.includes(scope) || PROTOCOL_SCOPES.has(scope)),
  );
  if (asked !== null && asked.length > 0 && scopes.length === 0)
    throw badScope(
      "The resource knows none of these scopes.",
      "unknown",
      asked,
    );
  return scopes;
}

/** `scopes`: names that are known here. */
const badScope = (
  description: string,
  how: "unknown" | "wider",
  scopes: readonly string[],
): OAuthError =>
  new OAuthError("invalid_scope", description, {
    cause: "oauth.scope_invalid",
    facts: { how, scopes: scopes.join(" ") },
  });

/** Scopes of OpenID Connect, which belong to no resource. */
export const PROTOCOL_SCOPES: ReadonlySet<string> = new Set([
  "openid",
  "offline_access",
]);
