/** The requests of oauth4webapi and its checks of the answers, at one running issuer. */
import { exportKey, importKey } from "@assay/token";
import * as oauth from "oauth4webapi";
import { API, runIssuer, type RunningIssuer } from "./running-issuer.ts";

export const REDIRECT = "https://app.example/callback";
/** HTTP without TLS: on loopback alone. */
export const HTTP: { readonly [oauth.allowInsecureRequests]: true } = {
  [oauth.allowInsecureRequests]: true,
};

export const BY_SECRET = {
  client_secret_basic: oauth.ClientSecretBasic,
  client_secret_post: oauth.ClientSecretPost,
  client_secret_jwt: oauth.ClientSecretJwt,
} as const;
export type SecretMethod = keyof typeof BY_SECRET;

export interface Party {
  readonly client: oauth.Client;
  readonly proof: oauth.ClientAuth;
}

type Settings = Omit<Parameters<RunningIssuer["addClient"]>[0], "clientId">;
type Fields = Readonly<Record<string, string>>;
type Tokens = oauth.TokenEndpointResponse;

export interface Code {
  readonly callback: URLSearchParams;
  readonly verifier: string;
  readonly nonce: string;
}

export class Oauth4webapi {
  readonly running: RunningIssuer;
  /** As the library discovered it. */
  readonly server: oauth.AuthorizationServer;

  private constructor(
    running: RunningIssuer,
    server: oauth.AuthorizationServer,
  ) {
    this.running = running;
    this.server = server;
  }

  static async open(): Promise<Oauth4webapi> {
    const running = await runIssuer();
    return new Oauth4webapi(running, await discover(running.url, "oauth2"));
  }

  async secretParty(
    clientId: string,
    authentication: SecretMethod = "client_secret_basic",
    more: Settings = {},
  ): Promise<Party> {
    const settings = { authentication, ...more, clientId };
    const secret = await this.running.addClient(settings);
    return {
      client: { client_id: clientId },
      proof: BY_SECRET[authentication](secret),
    };
  }

  async keyParty(
    clientId: string,
    alg: "ES256" | "PS256" | "Ed25519",
  ): Promise<Party> {
    const pair = await oauth.generateKeyPair(alg, { extractable: true });
    const jwk = await crypto.subtle.exportKey("jwk", pair.publicKey);
    const key = importKey({ ...jwk, alg, kid: "k1" });
    await this.running.addClient({
      clientId,
      authentication: "private_key_jwt",
      keys: [exportKey(key, { secret: false })],
    });
    return {
      client: { client_id: clientId },
      proof: oauth.PrivateKeyJwt({ key: pair.privateKey, kid: "k1" }),
    };
  }

  async publicParty(clientId: string): Promise<Party> {
    await this.running.addClient({ clientId, authentication: "none" });
    return { client: { client_id: clientId }, proof: oauth.None() };
  }

  /** The code flow up to the code: the answer with state and iss is checked by the library (RFC 9207). */
  async askForCode({ client }: Party, more: Fields = {}): Promise<Code> {
    const verifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    const nonce = oauth.generateRandomNonce();
    const url = new URL(this.server.authorization_endpoint ?? "");
    url.search = new URLSearchParams({
      client_id: client.client_id,
      redirect_uri: REDIRECT,
      response_type: "code",
      scope: "openid offline_access read write",
      resource: API,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
      nonce,
      ...more,
    }).toString();
    const back = await this.running.signIn(url);
    return {
      callback: oauth.validateAuthResponse(this.server, client, back, state),
      verifier,
      nonce,
    };
  }

  async redeem(
    { client, proof }: Party,
    { callback, verifier, nonce }: Code,
    options: oauth.DPoPRequestOptions = {},
  ): Promise<Tokens> {
    const response = await oauth.authorizationCodeGrantRequest(
      this.server,
      client,
      proof,
      callback,
      REDIRECT,
      verifier,
      { ...HTTP, ...options },
    );
    const tokens = await oauth.processAuthorizationCodeResponse(
      this.server,
      client,
      response,
      { expectedNonce: nonce, requireIdToken: true },
    );
    await oauth.validateApplicationLevelSignature(this.server, response, HTTP);
    return tokens;
  }

  async refresh(
    { client, proof }: Party,
    token: string | undefined,
    additionalParameters: Fields = {},
    options: oauth.DPoPRequestOptions = {},
  ): Promise<Tokens> {
    const { server } = this;
    return oauth.processRefreshTokenResponse(
      server,
      client,
      await oauth.refreshTokenGrantRequest(server, client, proof, token ?? "", {
        additionalParameters,
        ...HTTP,
        ...options,
      }),
    );
  }

  async ownToken(
    { client, proof }: Party,
    parameters: Fields,
  ): Promise<Tokens> {
    const { server } = this;
    return oauth.processClientCredentialsResponse(
      server,
      client,
      await oauth.clientCredentialsGrantRequest(
        server,
        client,
        proof,
        { ...parameters },
        HTTP,
      ),
    );
  }

  /** A grant that the library has no words for. */
  async ask(
    { client, proof }: Party,
    grant: string,
    parameters: Fields,
  ): Promise<Tokens> {
    const { server } = this;
    return oauth.processGenericTokenEndpointResponse(
      server,
      client,
      await oauth.genericTokenEndpointRequest(
        server,
        client,
        proof,
        grant,
        { ...parameters },
        HTTP,
      ),
    );
  }

  /** `client`: with introspection_signed_response_alg, the answer must be signed. */
  async introspect(
    { client, proof }: Party,
    token: string,
  ): Promise<oauth.IntrospectionResponse> {
    const { server } = this;
    const response = await oauth.introspectionRequest(
      server,
      client,
      proof,
      token,
      HTTP,
    );
    const answer = await oauth.processIntrospectionResponse(
      server,
      client,
      response,
    );
    if (client.introspection_signed_response_alg !== undefined)
      await oauth.validateApplicationLevelSignature(server, response, HTTP);
    return answer;
  }

  async revoke({ client, proof }: Party, token: string): Promise<undefined> {
    return oauth.processRevocationResponse(
      await oauth.revocationRequest(this.server, client, proof, token, HTTP),
    );
  }

  /** What the resource server would know of the token, by the library's own check of RFC 9068. */
  async claimsOf(
    accessToken: string,
    resource: string = API,
  ): Promise<oauth.JWTAccessTokenClaims> {
    const request = new Request(resource, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    return oauth.validateJwtAccessToken(this.server, request, resource, HTTP);
  }
}

export async function discover(
  issuer: string,
  algorithm: "oauth2" | "oidc",
): Promise<oauth.AuthorizationServer> {
  const url = new URL(issuer);
  return oauth.processDiscoveryResponse(
    url,
    await oauth.discoveryRequest(url, { algorithm, ...HTTP }),
  );
}

/** For assert.rejects: the error of the server's answer. */
export const refused =
  (error: string, status = 400) =>
  (thrown: unknown): boolean =>
    thrown instanceof oauth.ResponseBodyError &&
    thrown.error === error &&
    thrown.status === status;
