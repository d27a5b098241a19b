import type { Case } from "../case.ts";
import type { TokenKind } from "../policy.ts";
import type { Claims, JoseHeader } from "../token.ts";
import { finding, type Finding } from "../verdict.ts";

/** What a token can evidently be. "unknown" says nothing: many issuers mark nothing. */
export type EvidentKind =
  | "access_token"
  | "id_token"
  | "refresh_token"
  | "client_assertion"
  | "dpop_proof"
  | "logout_token"
  | "other"
  | "unknown";

/** Maps, because the words come from a stranger and must not reach a prototype. */
const MEDIA_TYPES: ReadonlyMap<string, EvidentKind> = new Map(
  Object.entries<EvidentKind>({
    "at+jwt": "access_token",
    "id+jwt": "id_token",
    "id_token+jwt": "id_token",
    "rt+jwt": "refresh_token",
    refresh: "refresh_token",
    refresh_token: "refresh_token",
    "client-authentication+jwt": "client_assertion",
    "dpop+jwt": "dpop_proof",
    "logout+jwt": "logout_token",
    jwt: "unknown",
    jose: "unknown",
    jws: "unknown",
  }),
);

const WORD_CLAIMS = ["token_use", "typ", "token_type", "type", "use"];

/** Words that issuers write into the claims typ, token_use, token_type, use or type. Keycloak: typ; Cognito: token_use. */
const WORDS: ReadonlyMap<string, EvidentKind> = new Map(
  Object.entries<EvidentKind>({
    id: "id_token",
    id_token: "id_token",
    access: "access_token",
    access_token: "access_token",
    bearer: "access_token",
    dpop: "access_token",
    refresh: "refresh_token",
    refresh_token: "refresh_token",
    offline: "refresh_token",
    logout: "logout_token",
  }),
);

const HASHES = ["at_hash", "c_hash", "s_hash"];
const NOTHING: readonly [EvidentKind, string] = ["unknown", ""];

/**
 * Refuses a token of another kind than the one that is due (RFC 8725 sections 3.11 and 3.12, RFC 9068 section 4): by typ, which counts
 * without case and with or without `application/`, and by what its claims evidently make it. null: nothing speaks against it.
 */
export function judgeKind({
  policy,
  header,
  claims,
}: Case): readonly Finding[] | null {
  if (policy.kind === "any" || !header || !claims) return null;
  const [kind, by] = evidentKind(header, claims, policy.kind);
  return kind === "unknown" || kind === policy.kind
    ? null
    : [finding("format.type", { expected: policy.kind, found: kind, by })];
}

/** What the token evidently is, and by what one sees it. */
export function evidentKind(
  header: JoseHeader,
  claims: Claims,
  due: TokenKind,
): readonly [EvidentKind, string] {
  const { typ } = header;
  if (typeof typ === "string" && typ !== "JWT") {
    const name = typ.toLowerCase().replace(/^application\//, "");
    const kind = MEDIA_TYPES.get(name) ?? "other";
    if (kind !== "unknown") return [kind, `typ ${typ.slice(0, 64)}`];
  }
  if (typeof claims["htm"] === "string" && typeof claims["htu"] === "string")
    return ["dpop_proof", "the claims htm and htu"];
  const { events } = claims;
  if (
    typeof events === "object" &&
    events !== null &&
    "http://schemas.openid.net/event/backchannel-logout" in events
  )
    return ["logout_token", "the claim events"];
  for (const name of WORD_CLAIMS) {
    const word = claims[name];
    if (typeof word !== "string") continue;
    const kind = WORDS.get(word.toLowerCase());
    if (kind) return [kind, `the claim ${name}`];
  }
  return due === "id_token"
    ? looksLikeAccessToken(claims)
    : looksLikeOther(claims, due);
}

/** Permissions, and nothing of a sign-in: OpenID Connect Core section 2 knows no scope in an ID token. */
function looksLikeAccessToken(claims: Claims): readonly [EvidentKind, string] {
  const login = ["nonce", "at_hash", "c_hash", "s_hash"].some(
    (name) => claims[name] !== undefined,
  );
  const permission = ["scp", "scope"].find(
    (name) => claims[name] !== undefined,
  );
  return permission && !login
    ? ["access_token", `the claim ${permission}`]
    : NOTHING;
}

function looksLikeOther(
  claims: Claims,
  due: TokenKind,
): readonly [EvidentKind, string] {
  const hash = HASHES.find((name) => typeof claims[name] === "string");
  if (hash) return ["id_token", `the claim ${hash}`];
  if (typeof claims["nonce"] !== "string" && claims.iss !== claims.sub)
    return NOTHING;
  const permitted = [
    "scope",
    "scp",
    "client_id",
    "permissions",
    "roles",
    "appid",
    "cid",
  ].some((name) => claims[name] !== undefined);
  if (typeof claims["nonce"] === "string" && !permitted)
    return ["id_token", "the claim nonce"];
  if (
    due !== "client_assertion" &&
    claims.iss !== undefined &&
    claims.iss === claims.sub &&
    !permitted &&
    isTokenEndpoint(claims.aud)
  ) {
    return [
      "client_assertion",
      "iss equal to sub, and a token endpoint as aud",
    ];
  }
  return NOTHING;
}

/** `aud` as it came: its type is judged beside this, and may be wrong. */
const isTokenEndpoint = (aud: unknown): boolean =>
  (Array.isArray(aud) ? aud : [aud]).some(
    (value) =>
      typeof value === "string" &&
      /^https?:\/\/.+\/(token|oauth2?\/v\d[\d.]*\/token|par)\/?$/.test(value),
  );
