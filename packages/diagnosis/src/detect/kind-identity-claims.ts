import type { Investigation } from "../investigation.ts";

/** Claims about a person (OpenID Connect Core section 5.1) and about the sign-in, such as an ID token has. */
const IDENTITY = [
  "name",
  "given_name",
  "family_name",
  "nickname",
  "preferred_username",
  "picture",
  "email",
  "email_verified",
  "updated_at",
  "auth_time",
  "amr",
];
/** What an access token has and an ID token has not. */
const PERMISSIONS = [
  "scope",
  "scp",
  "permissions",
  "roles",
  "client_id",
  "cid",
  "appid",
  "gty",
  "realm_access",
  "resource_access",
  "entitlements",
  "authorities",
];

/** An access token that nothing declares, where an ID token is due: permissions, and an API as its audience. */
export function detectPermissions(i: Investigation): void {
  const claims = i.token?.claims;
  if (
    !claims ||
    i.policy.kind !== "id_token" ||
    !i.found("audience.mismatch") ||
    claims["nonce"] !== undefined ||
    claims["at_hash"] !== undefined
  )
    return;
  const permissions = PERMISSIONS.filter((name) => claims[name] !== undefined);
  if (permissions.length === 0) return;
  i.suspect("kind.access_token", {
    confidence: "likely",
    facts: {
      by: `the claims ${permissions.slice(0, 3).join(", ")}, and another audience than the client`,
    },
    explains: ["audience.mismatch"],
    weight: 30,
  });
}

/** An ID token that nothing declares: claims of a person, no permission, and a client as its audience. */
export function detectIdentityClaims(i: Investigation): void {
  const claims = i.token?.claims;
  const explains = (["audience.mismatch", "scope.missing"] as const).filter(
    (reason) => i.found(reason),
  );
  if (
    !claims ||
    explains.length === 0 ||
    (i.policy.kind ?? "access_token") !== "access_token"
  )
    return;
  const identity = IDENTITY.filter((name) => claims[name] !== undefined);
  if (
    identity.length < 2 ||
    PERMISSIONS.some((name) => claims[name] !== undefined)
  )
    return;
  const audiences = [claims["aud"] ?? []].flat().map(String);
  const client = audiences.find((aud) =>
    isClient(aud, claims["azp"], i.context.client?.id),
  );
  if (client === undefined || audiences.length > 1) return;
  i.suspect("kind.id_token", {
    confidence: "likely",
    facts: {
      by: `the claims ${identity.slice(0, 3).join(", ")}, no permission, and a client as audience`,
    },
    explains,
    weight: 50,
  });
}

const isClient = (
  aud: string,
  azp: unknown,
  known: string | undefined,
): boolean =>
  aud === azp ||
  aud === known ||
  aud.endsWith(".apps.googleusercontent.com") ||
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(aud) ||
  /^[A-Za-z0-9]{20,40}$/.test(aud);
