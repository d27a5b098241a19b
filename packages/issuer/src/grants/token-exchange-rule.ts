/**
 * The rows that let a client make a token out of another one. Threat: a client that can turn any token it sees into one for another
 * resource is a confused deputy; so nothing is allowed that no row names: client, source and target.
 */
import { isConfidential, type Client } from "../clients/client.ts";
import type { Parameters } from "../endpoints/form.ts";
import { OAuthError } from "../errors.ts";
import type { ExchangeRule } from "../resources/resource.ts";
import type { Store } from "../store/store.ts";

/** The client's rows for this grant. Throws unauthorized_client where there is none, or where anybody could call himself this client. */
export async function rulesOf(
  store: Pick<Store, "listExchangeRules">,
  client: Client,
  grantType: ExchangeRule["grantType"],
): Promise<readonly ExchangeRule[]> {
  const { clientId } = client;
  const rules = isConfidential(client)
    ? (await store.listExchangeRules(clientId)).filter(
        (rule) => rule.grantType === grantType,
      )
    : [];
  if (rules.length > 0) return rules;
  throw new OAuthError(
    "unauthorized_client",
    "The client may not use this grant.",
    {
      cause: "oauth.grant_not_allowed",
      clientId,
      facts: { grant: grantType },
    },
  );
}

/**
 * Those of the rows that lead to the resource that the request names: one, by resource or audience (RFC 8693 section 2.1). Without a name
 * the rows must agree on one. Throws invalid_target (RFC 8707 section 2).
 */
export function towardsTarget(
  rules: readonly ExchangeRule[],
  { clientId }: Client,
  form: Parameters,
): readonly ExchangeRule[] {
  const asked = new Set([...form.all("resource"), ...form.all("audience")]);
  const targets = new Set(rules.map(({ target }) => target));
  const [target] = asked.size > 0 ? asked : targets;
  if (asked.size <= 1 && (asked.size === 1 || targets.size === 1)) {
    const fitting = rules.filter((rule) => rule.target === target);
    if (fitting.length > 0) return fitting;
  }
  throw new OAuthError(
    "invalid_target",
    asked.size === 1
      ? "The client may not have a token for this resource."
      : "Name one resource.",
    {
      cause: "oauth.resource_unknown",
      clientId,
      facts: {
        parameter: form.get("resource") === null ? "audience" : "resource",
        asked: asked.size,
      },
    },
  );
}

/**
 * What may be given: what is asked for, else all that row and client allow. `source`: scopes of a token of ours for the same resource, which
 * may be narrowed, never widened. Throws invalid_scope.
 */
export function scopesBy(
  rule: ExchangeRule,
  client: Client,
  form: Parameters,
  source: readonly string[] | null,
): readonly string[] {
  const allowed = rule.scopes.filter(
    (scope) =>
      client.scopes.includes(scope) && (source?.includes(scope) ?? true),
  );
  const asked = form.words("scope") ?? allowed;
  if (asked.every((scope) => allowed.includes(scope))) return asked;
  throw new OAuthError(
    "invalid_scope",
    "A scope that is asked for may not be given.",
    {
      cause: "oauth.scope_invalid",
      clientId: client.clientId,
      facts: {
        how: "wider",
        scopes: asked
          .filter(
            (scope) =>
              !allowed.includes(scope) && client.scopes.includes(scope),
          )
          .join(" "),
        ruleId: rule.ruleId,
      },
    },
  );
}
