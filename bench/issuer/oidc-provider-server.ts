/** oidc-provider under load, as its documentation sets it up, with a Map as its store. One process. */
import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { exportKey, generateKey } from "@assay/token";
import {
  Provider,
  type AdapterPayload,
  type Configuration,
} from "oidc-provider";
import {
  authorizationOf,
  CLIENT_ID,
  LIVE,
  RESOURCE,
  type Ready,
} from "./server-message.ts";

const kept = new Map<string, AdapterPayload>();
const ofGrant = new Map<string, Set<string>>();

class MapAdapter {
  readonly #name: string;
  constructor(name: string) {
    this.#name = name;
  }
  #key(id: string): string {
    return `${this.#name}:${id}`;
  }
  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    const key = this.#key(id);
    kept.set(key, payload);
    if (payload.grantId !== undefined) {
      const keys = ofGrant.get(payload.grantId) ?? new Set();
      ofGrant.set(payload.grantId, keys.add(key));
    }
  }
  async find(id: string): Promise<AdapterPayload | undefined> {
    return kept.get(this.#key(id));
  }
  async findByUserCode(): Promise<undefined> {}
  async findByUid(): Promise<undefined> {}
  async consume(id: string): Promise<void> {
    const payload = kept.get(this.#key(id));
    if (payload) payload.consumed = Math.floor(Date.now() / 1000);
  }
  async destroy(id: string): Promise<void> {
    kept.delete(this.#key(id));
  }
  async revokeByGrantId(grantId: string): Promise<void> {
    for (const key of ofGrant.get(grantId) ?? []) kept.delete(key);
    ofGrant.delete(grantId);
  }
}

const secret = randomBytes(32).toString("base64url");
const key = await generateKey("ES256", { kid: "k1" });
const configuration: Configuration = {
  adapter: MapAdapter,
  jwks: { keys: [exportKey(key, { secret: true })] },
  clients: [
    {
      client_id: CLIENT_ID,
      client_secret: secret,
      grant_types: [
        "client_credentials",
        "refresh_token",
        "authorization_code",
      ],
      redirect_uris: ["https://app.example/callback"],
      response_types: ["code"],
      id_token_signed_response_alg: "ES256",
      token_endpoint_auth_method: "client_secret_basic",
    },
  ],
  scopes: ["openid", "offline_access", "read"],
  rotateRefreshToken: true,
  findAccount: async (_context, id) => ({
    accountId: id,
    claims: async () => ({ sub: id }),
  }),
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: async () => true },
    revocation: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: async () => RESOURCE,
      useGrantedResource: async () => true,
      getResourceServerInfo: async (_context, resource) => ({
        scope: "read",
        audience: resource,
        accessTokenTTL: 3600,
        accessTokenFormat: resource === RESOURCE ? "jwt" : "opaque",
        jwt: { sign: { alg: "ES256" } },
      }),
    },
  },
};
const provider = new Provider("http://127.0.0.1:1", configuration);
// Its notices are for people.
console.warn = () => {};
console.info = () => {};
const server = provider.listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const { port } = server.address() as AddressInfo;
const url = `http://127.0.0.1:${port}`;

const client = await provider.Client.find(CLIENT_ID);
if (!client) throw new Error("expected the client to be there");

async function family(): Promise<string> {
  const grant = new provider.Grant({
    accountId: "somebody",
    clientId: CLIENT_ID,
  });
  grant.addResourceScope(RESOURCE, "read");
  grant.addOIDCScope("offline_access");
  const grantId = await grant.save();
  const token = new provider.RefreshToken({
    accountId: "somebody",
    client,
    grantId,
    gty: "authorization_code",
    scope: "offline_access read",
    resource: RESOURCE,
    rotations: 0,
    iiat: Math.floor(Date.now() / 1000),
  });
  return token.save();
}

async function accessToken(): Promise<string> {
  const token = new provider.ClientCredentials({
    client,
    scope: "read",
  });
  return token.save();
}

const all = <T>(make: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: LIVE }, make));
const ready: Ready = {
  port,
  token: `${url}/token`,
  introspection: `${url}/token/introspection`,
  authorization: authorizationOf(secret),
  accessTokens: await all(accessToken),
};
process.send?.(ready);
process.on("message", (message) => {
  if (message === "memory") process.send?.(process.memoryUsage().rss);
  else void all(family).then((tokens) => process.send?.(tokens));
});
