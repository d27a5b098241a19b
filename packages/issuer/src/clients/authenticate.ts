/**
 * Client authentication (RFC 6749 section 2.3, RFC 7523 section 2.2): who sends this request. Threat: a stranger must not learn from answers,
 * or from their time, which clients there are and how they authenticate; so whatever was not proven gets one text, and an unknown id
 * a comparison too. What is not hidden: that an assertion of an unknown client is refused without a signature having been computed.
 */
import type { Incoming } from "../incoming.ts";
import type { Parameters } from "../endpoints/form.ts";
import type { MasterKey } from "../master-key.ts";
import type { ClientWithSecrets, Store } from "../store/store.ts";
import { checkAssertion } from "./check-assertion.ts";
import { explainSecret, findSecret, isLive } from "./check-secret.ts";
import {
  isConfidential,
  type AuthenticationMethod,
  type Client,
  type ClientSecret,
} from "./client.ts";
import { isClientId } from "./client-id.ts";
import { explainUnknown } from "./unknown-client.ts";
import { readCredentials, type Credentials } from "./read-credentials.ts";
import { NOT_AUTHENTICATED, refuseClient } from "./refuse-client.ts";
import type { SecretUse } from "./secret-use.ts";

/** What authentication needs of the issuer. */
export interface AuthenticationContext {
  /** The issuer's name, and the address of its token endpoint: what an assertion may have in aud. */
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly store: Pick<Store, "findClient" | "rememberOnce">;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly master: Pick<MasterKey, "unseal">;
  readonly secretUse: Pick<SecretUse, "note">;
  /** How far ahead exp of an assertion may lie, in seconds. Default 3600. */
  readonly longestAssertionSeconds?: number;
}

export interface AuthenticatedClient {
  readonly client: Client;
  readonly method: AuthenticationMethod;
  /** False for a public client: it only says who it is. */
  readonly authenticated: boolean;
}

/**
 * `endpoint` is the address that was called, without query. Throws OAuthError: invalid_request for two ways at once and for a damaged
 * request, invalid_client for everything else. The client that is returned is not disabled.
 */
export async function authenticateClient(
  context: AuthenticationContext,
  request: Incoming,
  form: Parameters,
  endpoint: string,
): Promise<AuthenticatedClient> {
  const credentials = readCredentials(request, form);
  const { clientId } = credentials;
  const found =
    clientId !== null && isClientId(clientId)
      ? await context.store.findClient(clientId)
      : null;
  const secret = hasSecret(credentials)
    ? checkSecret(credentials, found, context.clock())
    : await checkOther(context, credentials, found, endpoint);
  if (!found) throw await explainUnknown(context, credentials);
  const { client } = found;
  const now = context.clock();
  const authenticated = isConfidential(client);
  if (client.disabledAt !== null && client.disabledAt <= now)
    throw refuseClient({
      description: authenticated
        ? "The client is no longer valid."
        : NOT_AUTHENTICATED,
      basic: isBasic(credentials),
      clientId: client.clientId,
      cause: "revoked.by_administrator",
    });
  if (secret) context.secretUse.note(secret, now);
  return { client, method: client.authentication, authenticated };
}

const isBasic = ({ method }: Credentials): boolean =>
  method === "client_secret_basic";

type SecretCredentials = Extract<Credentials, { readonly raw: unknown }>;

const hasSecret = (
  credentials: Credentials,
): credentials is SecretCredentials => "raw" in credentials;

/** The secret that was used, if one was. Throws invalid_client where a known client did not show that it is this one. */
async function checkOther(
  context: AuthenticationContext,
  credentials: Exclude<Credentials, SecretCredentials>,
  found: ClientWithSecrets | null,
  endpoint: string,
): Promise<ClientSecret | null> {
  if (!found) return null;
  checkMethod(found.client, credentials, false);
  return credentials.method === "none"
    ? null
    : checkAssertion(context, {
        ...found,
        assertion: credentials.assertion,
        endpoint,
      });
}

function checkSecret(
  credentials: SecretCredentials,
  found: ClientWithSecrets | null,
  now: number,
): ClientSecret | null {
  const known = findSecret(found?.secrets ?? [], credentials.secret ?? "");
  if (!found) return null;
  const { client, secrets } = found;
  const live = known !== null && isLive(known, now);
  checkMethod(client, credentials, live);
  if (live) return known;
  const about = { basic: isBasic(credentials), clientId: client.clientId };
  throw known
    ? refuseClient({
        ...about,
        description: "The client secret is no longer valid.",
        cause: "oauth.client_secret_wrong",
        facts: { how: "expired", secretId: known.secretId },
      })
    : refuseClient({ ...about, ...explainSecret(secrets, credentials) });
}

/** Each client has one way. To a client that has shown its secret in another one, the answer says which. */
function checkMethod(
  { clientId, authentication }: Client,
  credentials: Credentials,
  proven: boolean,
): void {
  const used = credentials.method;
  const right =
    used === "assertion"
      ? authentication.endsWith("_jwt")
      : used === authentication;
  if (right) return;
  throw refuseClient({
    description: proven
      ? `This client is registered for ${authentication}, not for ${used}.`
      : NOT_AUTHENTICATED,
    basic: isBasic(credentials),
    clientId,
    cause: "oauth.client_authentication_method",
    facts: { used, registered: authentication },
  });
}
