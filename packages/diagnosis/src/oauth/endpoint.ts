/** Which endpoint of an authorization server a request went to: by its parameters first, by the end of its path where they do not tell. */
import { headerValues } from "@assay/token";
import type { RequestSeen } from "../inquiry.ts";
import type { Parameters } from "./parameters.ts";

export type Endpoint =
  "token" | "introspection" | "revocation" | "par" | "device" | "authorization";

const INTROSPECTION =
  /\/(?:introspect|introspection|token_introspection|check_token|tokeninfo)(?:\.oauth2)?\/?$/i;
const REVOCATION =
  /\/(?:revoke|revocation|revoke_token|token_revocation)(?:\.oauth2)?\/?$/i;
const PAR =
  /\/(?:par|as\/par|pushed[-_]?authorization[-_]?requests?|par\/request|request\/par)(?:\.oauth2)?\/?$/i;
const DEVICE =
  /\/(?:device[-_]?authorizations?|devicecode|device\/code|device_authz|device\/auth(?:orize)?|deviceauthorization)(?:\.oauth2)?\/?$/i;
const TOKEN =
  /\/(?:(?:oauth2?|connect|as|o|openid|oidc|protocol\/openid-connect|v\d(?:\.\d)?|auth|login\/oauth|idp|identity|api\/oauth\w*)\/)?(?:token|access_token|accesstoken|gettoken|token\.oauth2)\/?$/i;
const AUTHORIZATION =
  /\/(?:authorize|authorization|oauth2?\/auth|connect\/auth|openid-connect\/auth|o\/oauth2(?:\/v2)?\/auth|as\/auth|login\/oauth\/authorize|auth)\/?$/i;

/** Parameters that no other request has: together with the path they tell a token request without its grant_type. */
const OF_TOKEN_REQUESTS = [
  "refresh_token",
  "code_verifier",
  "client_assertion",
  "client_secret",
  "code",
  "auth_code",
  "device_code",
  "subject_token",
  // Names that are none: the request is meant as one.
  "grantType",
  "refreshToken",
];

/** null: it is no request to such an endpoint. A request that bears a token in its header is one to an API, unless it asks about another. `answersAsOne`: the error of the answer is one that only such endpoints give. */
export function endpointOf(
  request: RequestSeen,
  parameters: Parameters,
  answersAsOne: boolean,
): Endpoint | null {
  const path = pathOf(request.url ?? "");
  const authorization =
    headerValues({ headers: request.headers ?? {} }, "authorization")[0] ?? "";
  const bears = /^\s*(?:Bearer|DPoP)\b/i.test(authorization);
  const names = parameters.inBody;
  if (INTROSPECTION.test(path))
    return names.has("token") || (!bears && parameters.has("token"))
      ? "introspection"
      : null;
  if (REVOCATION.test(path))
    return names.has("token") || (!bears && parameters.has("token"))
      ? "revocation"
      : null;
  if (bears && !(names.has("grant_type") && TOKEN.test(path))) return null;
  if (parameters.has("grant_type")) return "token";
  if (
    PAR.test(path) &&
    (parameters.has("response_type") ||
      parameters.has("client_id") ||
      parameters.has("request"))
  )
    return "par";
  if (
    DEVICE.test(path) &&
    (parameters.has("client_id") || isBasic(authorization))
  )
    return "device";
  if (
    parameters.inQuery.has("client_id") &&
    (parameters.inQuery.has("response_type") ||
      (AUTHORIZATION.test(path) && parameters.inQuery.has("redirect_uri")))
  )
    return "authorization";
  if (
    TOKEN.test(path) &&
    (answersAsOne ||
      OF_TOKEN_REQUESTS.some((name) => parameters.has(name)) ||
      (isPost(request) &&
        (isBasic(authorization) || parameters.has("client_id"))))
  )
    return "token";
  return AUTHORIZATION.test(path) &&
    parameters.has("client_id") &&
    parameters.has("redirect_uri")
    ? "authorization"
    : null;
}

export function pathOf(url: string): string {
  const [address = ""] = url.split(/[?#]/, 1);
  const start = address.indexOf("://");
  const slash = address.indexOf("/", start < 0 ? 0 : start + 3);
  return slash < 0 ? "/" : address.slice(slash).slice(0, 2_000);
}

const isBasic = (authorization: string): boolean =>
  /^\s*Basic\b/i.test(authorization);
const isPost = ({ method }: RequestSeen): boolean =>
  method?.toUpperCase() === "POST";
