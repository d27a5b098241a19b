/** What the server can do (RFC 8414 section 2, OpenID Connect Discovery section 3). One document answers at both addresses. */
import type { Exchange, Reply } from "../exchange.ts";
import { ALGORITHMS, isSymmetric } from "@assay/token";
import { addressOf } from "../addresses.ts";
import { ASSERTION_ALGORITHMS } from "../clients/check-assertion.ts";
import { AUTHENTICATION_METHODS, GRANT_TYPES } from "../clients/client.ts";
import type { IssuerContext } from "../issuer-context.ts";
import { PROTOCOL_SCOPES } from "../resources/requested-resource.ts";
import { ID_TOKEN_ALGORITHM } from "../tokens/id-token.ts";

export async function metadata(
  http: Exchange,
  { issuer, store, options }: IssuerContext,
): Promise<Reply> {
  const resources = await store.listResources();
  const asymmetric = [...ALGORITHMS.keys()].filter(
    (name) => !isSymmetric(name),
  );
  const algorithms = ASSERTION_ALGORITHMS;
  const methods = AUTHENTICATION_METHODS;
  const confidential = methods.filter((one) => one !== "none");
  return http.json(
    {
      issuer,
      authorization_endpoint: addressOf(issuer, "authorization"),
      token_endpoint: addressOf(issuer, "token"),
      introspection_endpoint: addressOf(issuer, "introspection"),
      revocation_endpoint: addressOf(issuer, "revocation"),
      jwks_uri: addressOf(issuer, "keys"),
      scopes_supported: [
        ...new Set([
          ...PROTOCOL_SCOPES,
          ...resources.flatMap(({ scopes }) => scopes),
        ]),
      ],
      response_types_supported: ["code"],
      response_modes_supported: ["query"],
      grant_types_supported: GRANT_TYPES,
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: [ID_TOKEN_ALGORITHM],
      code_challenge_methods_supported: ["S256"],
      token_endpoint_auth_methods_supported: methods,
      token_endpoint_auth_signing_alg_values_supported: algorithms,
      revocation_endpoint_auth_methods_supported: methods,
      revocation_endpoint_auth_signing_alg_values_supported: algorithms,
      introspection_endpoint_auth_methods_supported: confidential,
      introspection_endpoint_auth_signing_alg_values_supported: algorithms,
      introspection_signing_alg_values_supported: [ID_TOKEN_ALGORITHM],
      dpop_signing_alg_values_supported: asymmetric,
      authorization_response_iss_parameter_supported: true,
      status_list_aggregation_endpoint: addressOf(issuer, "statusLists"),
      claims_supported: [
        "iss",
        "sub",
        "aud",
        "exp",
        "iat",
        "auth_time",
        "nonce",
        "sid",
      ],
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
      service_documentation: `${new URL(issuer).origin}/guides`,
    },
    200,
    { "cache-control": `public, max-age=${options.keysCacheSeconds}` },
  );
}
