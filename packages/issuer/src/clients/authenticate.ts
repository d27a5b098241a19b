/** Client authentication (RFC 6749 section 2.3, RFC 7523 section 2.2). */
import type { AuthenticationMethod, Client } from "./client.ts";
import type { Parameters } from "../endpoints/form.ts";
import type { Store } from "../store/store.ts";
import { OAuthError } from "../errors.ts";

/** What authentication needs of the issuer. */
export interface AuthenticationContext {
  /** The issuer's name, and the address of its token endpoint: what an assertion may have in aud. */
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly store: Pick<Store, "findClient" | "rememberOnce">;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Opens `ClientSecret.sealed` (client_secret_jwt). */
  readonly unsealSecret: (sealed: string, secretId: string) => string;
  /** Notes that a secret was used (secret-use.ts). Never in the way of the answer. */
  readonly noteUse: (clientId: string, secretId: string, at: number) => void;
  /** How far ahead exp of an assertion may lie, in seconds. Default 600. */
  readonly longestAssertionSeconds?: number;
}

export interface AuthenticatedClient {
  readonly client: Client;
  readonly method: AuthenticationMethod;
  /** False for a public client: it only says who it is. */
  readonly authenticated: boolean;
}

/**
 * Who sends this request. `endpoint` is the address that was called, without query. Throws OAuthError: invalid_request for two methods at
 * once and a damaged request, invalid_client for everything else. A client that is returned is not disabled.
 */
export async function authenticateClient(
  context: AuthenticationContext,
  request: Request,
  form: Parameters,
  endpoint: string,
): Promise<AuthenticatedClient> {
  await context.store.findClient(`${endpoint}${form.get("client_id")}`);
  throw new OAuthError("invalid_client", `not built yet: ${request.method}`);
}
