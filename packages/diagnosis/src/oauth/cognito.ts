/** The API of Amazon Cognito user pools, which renews and revokes tokens by operations of its own and not by OAuth's endpoints. */
import { headerValues } from "@assay/token";
import type { RequestSeen } from "../inquiry.ts";
import type { Endpoint } from "./endpoint.ts";
import { jsonObject, type Members } from "./json-object.ts";
import type { Parameters } from "./parameters.ts";

export interface CognitoRequest {
  readonly endpoint: Endpoint | null;
  /** As OAuth names them; SECRET_HASH and USERNAME under their own names. */
  readonly parameters: Parameters;
  /** The token of an operation that needs one, such as GetUser. */
  readonly accessToken: string | null;
}

const TARGET = /^AWSCognitoIdentityProviderService\.(\w{1,60})$/;
const REFRESH = new Set(["REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"]);
/** Bodies longer than this are not read, in characters. */
const LONGEST = 70_000;

/** null: it is no such request. */
export function cognitoRequest(
  request: RequestSeen | undefined,
): CognitoRequest | null {
  const operation = TARGET.exec(
    headerValues(request ?? {}, "x-amz-target")[0] ?? "",
  )?.[1];
  if (operation === undefined) return null;
  const body = jsonObject((request?.body ?? "").slice(0, LONGEST)) ?? {};
  const given = (from: Members, name: string): string | undefined =>
    typeof from[name] === "string" ? from[name] : undefined;
  const own = (name: string): string | undefined => given(body, name);
  const inner = body["AuthParameters"];
  const auth = (name: string): string | undefined =>
    typeof inner === "object" && inner !== null
      ? given(inner as Members, name)
      : undefined;
  const client = {
    client_id: own("ClientId"),
    client_secret: own("ClientSecret"),
  };
  const made = (
    endpoint: Endpoint | null,
    values: Readonly<Record<string, string | undefined>>,
  ): CognitoRequest => ({
    endpoint,
    parameters: parametersOf({ ...client, ...values }),
    accessToken: own("AccessToken") ?? null,
  });
  switch (operation) {
    case "InitiateAuth":
    case "AdminInitiateAuth": {
      const flow = own("AuthFlow");
      return made("token", {
        grant_type: REFRESH.has(flow ?? "")
          ? "refresh_token"
          : /PASSWORD|NO_SRP|SRP/.test(flow ?? "")
            ? "password"
            : flow,
        refresh_token: auth("REFRESH_TOKEN"),
        username: auth("USERNAME"),
        // Of the flow that proves a password without sending it, there is none.
        password: auth("PASSWORD") ?? auth("SRP_A"),
        USERNAME: auth("USERNAME"),
        SECRET_HASH: auth("SECRET_HASH"),
      });
    }
    case "GetTokensFromRefreshToken":
      return made("token", {
        grant_type: "refresh_token",
        refresh_token: own("RefreshToken"),
      });
    case "RevokeToken":
      return made("revocation", { token: own("Token") });
    default:
      return made(null, {});
  }
}

function parametersOf(
  values: Readonly<Record<string, string | undefined>>,
): Parameters {
  const inBody = new Map(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value]] as const],
    ),
  );
  const get = (name: string): string | null => inBody.get(name)?.[0] ?? null;
  return {
    // The JSON that this API reads is the form that it wants.
    body: "form",
    mediaType: "application/x-www-form-urlencoded",
    inBody,
    inQuery: new Map(),
    get,
    has: (name) => inBody.has(name),
  };
}
