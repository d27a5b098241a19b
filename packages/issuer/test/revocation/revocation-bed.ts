/** A whole issuer with people who signed in, an API that introspects, and readers of its feed. The clock runs, and can be put ahead. */
import { createVerifier, keySet, type Claims, type Jwk } from "@assay/token";
import { hash, randomBytes } from "node:crypto";
import { pino } from "pino";
import { addressOf } from "../../src/addresses.ts";
import type { Client } from "../../src/clients/client.ts";
import { newSecret } from "../../src/clients/new-secret.ts";
import {
  createIssuer,
  type Issuer,
  type IssuerOptions,
} from "../../src/create-issuer.ts";
import type { MasterSecret } from "../../src/master-key.ts";
import { feedResource } from "../../src/revocation/feed-access.ts";
import type { Store } from "../../src/store/store.ts";
import { makeOpaqueToken, newTokenId } from "../../src/tokens/opaque-token.ts";
import { aClient, REFRESH, type GivenClient } from "../a-client.ts";
import { aResource } from "../a-resource.ts";
import { basic, journalEntry } from "../client-bed.ts";
import { openTemporaryStore } from "../temporary-store.ts";
import { FeedReading, type ReadFeed } from "./feed-reading.ts";

export const ISSUER = "https://issuer.example";
export const API = "https://api.example";
export const OTHER = "https://other.example";

export interface SignedIn {
  readonly access: string;
  readonly refresh: string;
  readonly grantId: string;
  readonly code: string;
  readonly verifier: string;
  readonly claims: Claims;
}

/** Where a request comes from. */
export interface Sender {
  readonly ip: string;
  readonly agent: string;
}

export interface Place {
  readonly list: string;
  readonly index: number;
}

export interface RevocationBed {
  readonly issuer: Issuer;
  readonly store: Store;
  /** Milliseconds by which the issuer's clock is ahead. */
  ahead: number;
  /** Adds a second secret, which is used from now on. Returns the ids, the newest first. */
  addSecret(clientId: string): Promise<readonly string[]>;
  put(client: GivenClient): Promise<Client>;
  fetch(path: string, init?: RequestInit, from?: Sender): Promise<Response>;
  /** The header by which a client authenticates. */
  authorization(clientId: string): string;
  /** A POST of a form by a client. */
  post(
    path: string,
    clientId: string,
    fields: Readonly<Record<string, string>>,
    from?: Sender,
  ): Promise<Response>;
  signIn(wish?: {
    readonly clientId?: string;
    readonly subject?: string;
    readonly sessionId?: string;
    readonly resource?: string;
    readonly from?: Sender;
  }): Promise<SignedIn>;
  /** Signs in and revokes the access token. Returns its place as a reader of the feed names it. */
  revokeOne(resource?: string): Promise<string>;
  /** A token that a client gets for itself. */
  ownToken(clientId: string, resource?: string): Promise<string>;
  isActive(token: string): Promise<boolean>;
  refresh(
    clientId: string,
    refreshToken: string,
    fields?: Readonly<Record<string, string>>,
    from?: Sender,
  ): Promise<Response>;
  feedToken(clientId?: string): Promise<string>;
  read(wish?: ReadFeed & { readonly clientId?: string }): Promise<FeedReading>;
  /** Claims of a JWT of the issuer, judged by its published keys. */
  verified(jwt: string, typ: string): Promise<Claims>;
  close(): Promise<void>;
}

/** Several beds may share a store; who opened it closes it. */
export async function openRevocationBed(
  shared: {
    readonly store: Store;
    readonly master: MasterSecret;
  } | null = null,
  more: Partial<IssuerOptions> = {},
): Promise<RevocationBed> {
  const { store, master, close } = shared
    ? { ...shared, close: null }
    : await openTemporaryStore();
  const time = { ahead: 0 };
  const issuer = await createIssuer({
    issuer: ISSUER,
    store,
    masterKeys: [master],
    clock: () => Date.now() + time.ahead,
    logger: pino({ level: "silent" }),
    ...more,
  });
  const { context } = issuer;
  const secrets = new Map<string, string>();
  const readings = new Set<FeedReading>();
  const bed: RevocationBed = {
    issuer,
    store,
    get ahead() {
      return time.ahead;
    },
    set ahead(milliseconds) {
      time.ahead = milliseconds;
    },
    async put(client) {
      const whole = aClient({
        redirectUris: [REDIRECT],
        resources: [API, OTHER],
        refresh: { ...REFRESH, graceSeconds: 0 },
        ...client,
      });
      await store.putClient(whole, journalEntry("client.created"));
      if (!secrets.has(whole.clientId)) await bed.addSecret(whole.clientId);
      return whole;
    },
    async addSecret(clientId) {
      const found = await store.findClient(clientId);
      if (!found) throw new Error(`expected a client, found no ${clientId}`);
      const { text, row } = newSecret(found.client, {
        random: randomBytes,
        now: context.clock(),
        expiresAt: null,
        master: context.master,
      });
      await store.addSecret(
        row,
        context.clock(),
        journalEntry("client.secret_rotated"),
      );
      secrets.set(clientId, text);
      return [row, ...found.secrets].map(({ secretId }) => secretId);
    },
    fetch: async (path, init, from) =>
      issuer.fetch(new Request(ISSUER + path, init), { ip: from?.ip ?? null }),
    authorization: (clientId) => basic(clientId, secrets.get(clientId) ?? ""),
    post: async (path, clientId, fields, from) =>
      bed.fetch(
        path,
        {
          method: "POST",
          headers: {
            ...(from && { "user-agent": from.agent }),
            authorization: bed.authorization(clientId),
            "content-type": "application/x-www-form-urlencoded",
          },
          body: new URLSearchParams(fields).toString(),
        },
        from,
      ),
    async signIn({
      clientId = "app",
      subject = "alice",
      sessionId = newTokenId(randomBytes, Date.now()),
      resource = API,
      from,
    } = {}) {
      const code = makeOpaqueToken("code", randomBytes);
      const verifier = randomBytes(32).toString("base64url");
      const now = context.clock();
      const granted = {
        grantId: newTokenId(randomBytes, Date.now()),
        clientId,
        scopes: ["read", "write"],
        resources: [resource],
      };
      await store.storeCode(
        {
          ...granted,
          subject,
          sessionId,
          createdAt: now,
          authenticatedAt: now,
          revokedAt: null,
        },
        {
          ...granted,
          digest: code.digest,
          redirectUri: REDIRECT,
          codeChallenge: hash("sha256", verifier, "base64url"),
          nonce: null,
          dpopJkt: null,
          issuedAt: now,
          expiresAt: now + 60_000,
        },
        journalEntry("code.issued"),
      );
      const body = await json(
        await bed.post(
          "/token",
          clientId,
          redemption(code.text, verifier),
          from,
        ),
      );
      const access = String(body["access_token"]);
      return {
        access,
        refresh: String(body["refresh_token"]),
        grantId: granted.grantId,
        code: code.text,
        verifier,
        claims: await bed.verified(access, "at+jwt"),
      };
    },
    async revokeOne(resource = API) {
      const { access, claims } = await bed.signIn({ resource });
      await bed.post("/revoke", "app", { token: access });
      const { list, index } = placeOf(claims);
      return `${list} ${index}`;
    },
    async ownToken(clientId, resource = API) {
      const response = await bed.post("/token", clientId, {
        grant_type: "client_credentials",
        resource,
      });
      return String((await json(response))["access_token"]);
    },
    async isActive(token) {
      const response = await bed.post("/introspect", "api", { token });
      return (await json(response))["active"] === true;
    },
    refresh: async (clientId, refreshToken, fields = {}, from) =>
      bed.post(
        "/token",
        clientId,
        {
          grant_type: "refresh_token",
          refresh_token: refreshToken,
          ...fields,
        },
        from,
      ),
    feedToken: async (clientId = "api") =>
      bed.ownToken(clientId, addressOf(ISSUER, "revocations")),
    async read({ clientId = "api", ...wish } = {}) {
      const reading = await FeedReading.open(bed, {
        token: await bed.feedToken(clientId),
        ...wish,
      });
      readings.add(reading);
      return reading;
    },
    async verified(jwt, typ) {
      const set = await json(await bed.fetch("/jwks"));
      const verdict = await createVerifier({
        kind: "any",
        issuer: ISSUER,
        audience: null,
        keys: keySet(set as { keys: Jwk[] }),
        clock: context.clock,
      }).verify(jwt);
      if (verdict.outcome !== "accepted")
        throw new Error(`expected a good JWT, found ${verdict.reason}`);
      const { header, claims } = verdict.token;
      if (header.typ !== typ)
        throw new Error(`expected ${typ}, found ${String(header.typ)}`);
      return claims;
    },
    async close() {
      for (const reading of readings) await reading.close();
      await issuer.close();
      await close?.();
    },
  };
  for (const resource of [
    aResource({ resource: API }),
    aResource({ resource: OTHER }),
    feedResource(ISSUER, 0),
  ])
    await store.putResource(resource, journalEntry("resource.changed"));
  await bed.put({ clientId: "app" });
  await bed.put(apiClient("api", [API]));
  return bed;
}

export const apiClient = (
  clientId: string,
  introspects: readonly string[],
): GivenClient => ({
  clientId,
  grantTypes: ["client_credentials"],
  scopes: ["revocations:read"],
  resources: [addressOf(ISSUER, "revocations")],
  introspects,
});

export const placeOf = (claims: Claims): Place => {
  const { status_list: entry } = claims["status"] as {
    readonly status_list: { readonly idx: number; readonly uri: string };
  };
  return { list: entry.uri.split("/").at(-1) ?? "", index: entry.idx };
};

export const redemption = (
  code: string,
  verifier: string,
): Readonly<Record<string, string>> => ({
  grant_type: "authorization_code",
  code,
  code_verifier: verifier,
  redirect_uri: REDIRECT,
});

export async function json(
  response: Response,
): Promise<Readonly<Record<string, unknown>>> {
  return (await response.json()) as Readonly<Record<string, unknown>>;
}

const REDIRECT = "https://app.example/back";
