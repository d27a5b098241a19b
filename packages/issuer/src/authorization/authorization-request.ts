/**
 * An authorization request (RFC 6749 section 4.1.1, RFC 7636, RFC 8707, RFC 9449 section 10.1), judged before anybody signs in. What is wrong with
 * client or redirect URI is told to the person alone; everything else goes back to the client.
 */
import { findRedirectUri } from "../clients/redirect-uri.ts";
import type { Client } from "../clients/client.ts";
import type { Parameters } from "../endpoints/form.ts";
import { OAuthError, type OAuthErrorCode } from "../errors.ts";
import type { Store } from "../store/store.ts";

export interface AuthorizationRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string | null;
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  readonly codeChallenge: string;
  readonly nonce: string | null;
  readonly dpopJkt: string | null;
}

/** Told to the person on a page of ours. Threat: an open redirector, and errors that lead a browser to a stranger's address (RFC 9700 section 4.11). */
export class UntrustedRequest extends Error {
  override readonly name = "UntrustedRequest";
}

/** Goes back to the client, at a redirect URI that is its own (RFC 6749 section 4.1.2.1). */
export class RefusedRequest extends OAuthError {
  readonly redirectUri: string;
  readonly state: string | null;

  constructor(
    code: OAuthErrorCode,
    description: string,
    { redirectUri, state }: Returning,
  ) {
    super(code, description);
    this.redirectUri = redirectUri;
    this.state = state;
  }
}

export interface Returning {
  readonly redirectUri: string;
  readonly state: string | null;
}

export interface JudgedRequest {
  readonly client: Client;
  readonly request: AuthorizationRequest;
}

/** Faults of these leave nobody to send an answer to. */
const WHO_AND_WHERE: ReadonlySet<unknown> = new Set([
  "client_id",
  "redirect_uri",
  null,
]);

/** Throws UntrustedRequest and RefusedRequest, and the fault of the parameters themselves where it leaves nobody to answer. */
export async function judgeRequest(
  store: Pick<Store, "findClient" | "findResource">,
  parameters: Parameters,
): Promise<JudgedRequest> {
  const { fault } = parameters;
  if (fault && WHO_AND_WHERE.has(fault.detail.facts?.["parameter"] ?? null))
    throw fault;
  const client = await clientOf(store, parameters);
  const returning = {
    redirectUri: redirectUriOf(client, parameters),
    state: parameters.get("state"),
  };
  const refuse = (code: OAuthErrorCode, description: string): never => {
    throw new RefusedRequest(code, description, returning);
  };
  if (fault) refuse(fault.code, fault.message);
  // OpenID Connect Core section 3.1.2.6. Threat: a request that the client signed, carried out as somebody rewrote it beside.
  for (const name of ["request", "request_uri", "registration"] as const)
    if (parameters.get(name) !== null)
      refuse(
        `${name}_not_supported`,
        `The parameter ${name} is not supported.`,
      );
  if (parameters.get("response_type") !== "code")
    refuse(
      parameters.get("response_type") === null
        ? "invalid_request"
        : "unsupported_response_type",
      "response_type must be code.",
    );
  if ((parameters.get("response_mode") ?? "query") !== "query")
    refuse("invalid_request", "response_mode must be query.");
  if (!client.grantTypes.includes("authorization_code"))
    refuse("unauthorized_client", "The client may not ask for codes.");
  const prompts = parameters.words("prompt") ?? [];
  // Nobody stays signed in: there is always somebody to ask.
  if (prompts.includes("none") && prompts.length > 1)
    refuse("invalid_request", "prompt is none, or something else: not both.");
  if (prompts.includes("none"))
    refuse("login_required", "Nobody is signed in.");
  return {
    client,
    request: {
      clientId: client.clientId,
      ...returning,
      codeChallenge: challengeOf(parameters, refuse),
      scopes: scopesOf(client, parameters, refuse),
      resources: await resourcesOf(store, client, parameters, refuse),
      nonce: parameters.get("nonce"),
      dpopJkt: thumbprintOf(client, parameters, refuse),
    },
  };
}

type Refuse = (code: OAuthErrorCode, description: string) => never;

async function clientOf(
  store: Pick<Store, "findClient">,
  parameters: Parameters,
): Promise<Client> {
  const clientId = parameters.get("client_id");
  if (clientId === null)
    throw new UntrustedRequest("The request names no client.");
  const found = await store.findClient(clientId);
  if (!found || found.client.disabledAt !== null)
    throw new UntrustedRequest("The client is not known here.");
  return found.client;
}

/** Exactly one that is registered (RFC 9700 section 2.1). It may be left out where there is only one. */
function redirectUriOf(client: Client, parameters: Parameters): string {
  const given = parameters.get("redirect_uri");
  const [only, ...more] = client.redirectUris;
  if (given === null) {
    if (only !== undefined && more.length === 0) return only;
    throw new UntrustedRequest("The request names no redirect_uri.");
  }
  if (findRedirectUri(client.redirectUris, given) === null)
    throw new UntrustedRequest(
      "The redirect_uri is not registered for this client. It must be the same to the letter.",
    );
  return given;
}

/** RFC 7636 section 4.2, and S256 alone (RFC 9700 section 2.1.1). */
function challengeOf(parameters: Parameters, refuse: Refuse): string {
  const challenge = parameters.get("code_challenge");
  if (challenge === null)
    return refuse("invalid_request", "code_challenge is missing.");
  if (parameters.get("code_challenge_method") !== "S256")
    return refuse("invalid_request", "code_challenge_method must be S256.");
  return /^[A-Za-z0-9_-]{43}$/.test(challenge)
    ? challenge
    : refuse(
        "invalid_request",
        "code_challenge must be the SHA-256 of the verifier in base64url, 43 characters.",
      );
}

function scopesOf(
  client: Client,
  parameters: Parameters,
  refuse: Refuse,
): readonly string[] {
  const asked = parameters.words("scope");
  return asked?.every((scope) => client.scopes.includes(scope)) === false
    ? refuse(
        "invalid_scope",
        "The scope is not one that this client may ask for.",
      )
    : (asked ?? client.scopes.filter((scope) => scope !== "openid"));
}

async function resourcesOf(
  store: Pick<Store, "findResource">,
  client: Client,
  parameters: Parameters,
  refuse: Refuse,
): Promise<readonly string[]> {
  // Threat: one name, thousands of times in one request, looked up each time.
  const asked = [...new Set(parameters.all("resource"))];
  for (const resource of asked)
    if (
      !client.resources.includes(resource) ||
      (await store.findResource(resource)) === null
    )
      refuse(
        "invalid_target",
        "The resource is not one that this client may ask for.",
      );
  const [own] = client.resources;
  if (asked.length > 0) return asked;
  // Before anybody signs in for nothing: the token endpoint would have no resource to make a token for.
  return own === undefined
    ? refuse(
        "invalid_target",
        "This client has no resource that a token could be for.",
      )
    : [own];
}

/** RFC 9449 section 10. */
function thumbprintOf(
  client: Client,
  parameters: Parameters,
  refuse: Refuse,
): string | null {
  const jkt = parameters.get("dpop_jkt");
  if (jkt !== null && !/^[A-Za-z0-9_-]{43}$/.test(jkt))
    return refuse(
      "invalid_request",
      "dpop_jkt must be a JWK thumbprint, 43 characters.",
    );
  return jkt;
}
