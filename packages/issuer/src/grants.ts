/** THE TABLE of grants. There is no implicit and no password grant (RFC 9700 sections 2.1.2 and 2.4). */
import type { GrantType } from "./clients/client.ts";
import { authorizationCode } from "./grants/authorization-code.ts";
import { clientCredentials } from "./grants/client-credentials.ts";
import { exchange, jwtBearer } from "./grants/exchanged-token.ts";
import { refreshToken } from "./grants/refresh-token.ts";
import type { GrantHandler } from "./grants/token-request.ts";

export const GRANTS: Readonly<Record<GrantType, GrantHandler>> = {
  authorization_code: authorizationCode,
  refresh_token: refreshToken,
  client_credentials: clientCredentials,
  "urn:ietf:params:oauth:grant-type:jwt-bearer": jwtBearer,
  "urn:ietf:params:oauth:grant-type:token-exchange": exchange,
};
