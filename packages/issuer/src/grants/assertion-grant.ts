/** The grant urn:ietf:params:oauth:grant-type:jwt-bearer (RFC 7523 section 2.1): another issuer's word for a subject. */
import {
  evidentKind,
  finding,
  type Finding,
  type VerifiedToken,
} from "@assay/token";
import type { Client } from "../clients/client.ts";
import { jwtRefusal } from "../clients/presented-jwt.ts";
import type { Parameters } from "../endpoints/form.ts";
import type { Store } from "../store/store.ts";
import { digestOf } from "../tokens/opaque-token.ts";
import { claimedIssuer, judgeForeign } from "./token-exchange-foreign.ts";
import { rulesOf, scopesBy, towardsTarget } from "./token-exchange-rule.ts";

/** How far ahead exp of an assertion may lie, in seconds: so long its jti is remembered. */
export const LONGEST_ASSERTION_GRANT = 3600;

const ABOUT = {
  noun: "assertion",
  code: "invalid_grant",
  isAssertion: true,
} as const;

/** What the assertion brings. */
export interface AssertionGrant {
  /** sub of the assertion. It is the other issuer's name for somebody: the row says that we take it for ours. */
  readonly subject: string;
  readonly sourceIssuer: string;
  readonly scopes: readonly string[];
  readonly resource: string;
  /** Milliseconds since the epoch: the access token must not live longer. No refresh token is given (RFC 7521 section 4.1). */
  readonly expiresAt: number;
}

/**
 * Throws invalid_request without an assertion, unauthorized_client and invalid_target where no row allows it, invalid_grant for a bad
 * assertion, invalid_scope. The client is authenticated already.
 */
export async function assertionGrant(
  {
    store,
    clock,
  }: {
    readonly store: Pick<Store, "listExchangeRules" | "rememberOnce">;
    /** Milliseconds since the epoch. */
    readonly clock: () => number;
  },
  client: Client,
  form: Parameters,
  /** Throws what else forbids a token for the target: before the assertion is used up. */
  check: (target: string) => Promise<void> = async () => {},
): Promise<AssertionGrant> {
  const rules = await rulesOf(
    store,
    client,
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
  );
  const assertion = form.require("assertion");
  const iss = claimedIssuer(assertion);
  const sources = rules.filter((rule) => rule.sourceIssuer === iss);
  const candidates =
    sources.length > 0 ? towardsTarget(sources, client, form) : [];
  const { clientId } = client;
  const judged = await judgeForeign(candidates, assertion, {
    kind: "any",
    requiredClaims: ["sub", "jti"],
    now: clock(),
    longestSeconds: LONGEST_ASSERTION_GRANT,
  });
  if ("reason" in judged) throw jwtRefusal(judged, ABOUT, { clientId });
  const { rule, token } = judged;
  const wrongKind = judgeKind(token);
  if (wrongKind) throw jwtRefusal(wrongKind, ABOUT, { clientId });
  const scopes = scopesBy(rule, client, form, null);
  await check(rule.target);
  const { sub = "", jti = "", exp = 0 } = token.claims;
  const expiresAt = Math.floor(exp * 1000);
  // Threat: an assertion seen on its way. It is good once, whoever brings it.
  const first = await store.rememberOnce(
    "assertion",
    rule.sourceIssuer,
    digestOf(jti),
    Math.ceil(exp * 1000),
  );
  if (!first)
    throw jwtRefusal(
      finding("binding.replayed", { id: jti.slice(0, 64) }),
      ABOUT,
      { clientId },
    );
  return {
    subject: sub,
    sourceIssuer: rule.sourceIssuer,
    scopes,
    resource: rule.target,
    expiresAt,
  };
}

/** Media types of assertions; most issuers write the plain JWT. */
const TYPES: ReadonlySet<string> = new Set([
  "jwt",
  "authorization-grant+jwt",
  "oauth-id-jag+jwt",
]);

/** Threat: a token that was made for something else, and happens to name us, taken for an assertion (RFC 8725 section 3.12). */
function judgeKind({ header, claims }: VerifiedToken): Finding | null {
  const { typ = "JWT", ...untyped } = header;
  const type = typ.toLowerCase().replace(/^application\//, "");
  const [kind, by] = evidentKind(untyped, claims, "any");
  if (TYPES.has(type) && (kind === "unknown" || kind === "client_assertion"))
    return null;
  return finding("format.type", {
    expected: "assertion",
    found: TYPES.has(type) ? kind : "other",
    by: TYPES.has(type) ? by : `typ ${typ.slice(0, 64)}`,
  });
}
