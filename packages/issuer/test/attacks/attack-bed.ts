/** An issuer over a database of its own, as an attacker meets it: at the HTTP door. Whatever was secret in a run is remembered, and all that was logged. */
import assert from "node:assert/strict";
import { hash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { exportKey, generateKey, sign, type Key } from "@assay/token";
import { pino } from "pino";
import { newSecret } from "../../src/clients/new-secret.ts";
import {
  createIssuer,
  type Issuer,
  type IssuerOptions,
} from "../../src/create-issuer.ts";
import type { MasterSecret } from "../../src/master-key.ts";
import type { Store } from "../../src/store/store.ts";
import { aClient, type GivenClient } from "../a-client.ts";
import { aResource, type GivenResource } from "../a-resource.ts";
import { openTemporaryStore } from "../temporary-store.ts";

export const ISSUER = "https://issuer.example";
export const API = "https://api.example";
export const OPAQUE_API = "https://opaque.example";
export const CALLBACK = "https://app.example/callback";
export const ACCOUNT = {
  name: "ada",
  password: "correct horse battery staple",
};
export const LOOPBACK = "127.0.0.1";
export const ASSERTION_TYPE =
  "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/** 2026-01-01T00:00:00Z, in milliseconds. */
export const START: number = Date.UTC(2026, 0, 1);

export type Fields =
  Readonly<Record<string, string>> | readonly (readonly [string, string])[];

export interface Sending {
  readonly headers?: Readonly<Record<string, string>>;
  readonly ip?: string;
}

export interface SignedIn {
  readonly code: string;
  readonly verifier: string;
  readonly location: URL;
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token?: string;
  readonly token_type: string;
  readonly scope?: string;
}

export interface AttackBed {
  readonly issuer: Issuer;
  readonly store: Store;
  readonly masterKeys: readonly MasterSecret[];
  /** Signs the assertions of the clients "key" and "bank". */
  readonly key: Key;
  /** Milliseconds; tests move it. */
  now: number;
  /** Everything that was logged. */
  readonly logged: string[];
  /** Texts of the run that must be found nowhere. */
  readonly secrets: Set<string>;
  put(client: GivenClient): Promise<string>;
  putResource(resource: GivenResource): Promise<void>;
  send(request: Request, ip?: string): Promise<Response>;
  post(path: string, form: Fields, sending?: Sending): Promise<Response>;
  get(path: string, sending?: Sending): Promise<Response>;
  /** The header of client_secret_basic. */
  basic(clientId: string): Readonly<Record<string, string>>;
  secretOf(clientId: string): string;
  signIn(
    clientId: string,
    more?: Readonly<Record<string, string>>,
  ): Promise<SignedIn>;
  /** Signs in and redeems the code. */
  tokens(
    clientId: string,
    more?: Readonly<Record<string, string>>,
  ): Promise<Tokens>;
  /** An assertion of a client with the bed's key. */
  assertion(
    clientId: string,
    claims?: Readonly<Record<string, unknown>>,
  ): Promise<string>;
  /** The database's file. */
  readonly databasePath: string;
  /** Every byte of the database, its log too. */
  database(): string;
  settled(): Promise<void>;
  close(): Promise<void>;
}

const WHO = { subject: null, clientId: null, ip: null, agent: null };

export async function openAttackBed(
  options: Partial<IssuerOptions> = {},
): Promise<AttackBed> {
  const {
    folder,
    path: databasePath,
    store,
    master,
    close,
  } = await openTemporaryStore();
  const logged: string[] = [];
  const key = await generateKey("ES256");
  const texts = new Map<string, string>();
  const state = { now: START };
  const masterKeys = [master];
  const issuer = await createIssuer({
    issuer: ISSUER,
    store,
    masterKeys,
    clock: () => state.now,
    account: ACCOUNT,
    logger: pino(
      { level: "trace" },
      { write: (line: string) => void logged.push(line) },
    ),
    ...options,
  });
  const { context } = issuer;
  const { journal } = context;
  const secrets = new Set<string>([ACCOUNT.password]);

  const send: AttackBed["send"] = async (request, ip = LOOPBACK) =>
    issuer.fetch(request, { ip });
  const post: AttackBed["post"] = async (path, form, { headers, ip } = {}) =>
    send(
      new Request(ISSUER + path, {
        method: "POST",
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          ...headers,
        },
        body: new URLSearchParams(form as Record<string, string>).toString(),
      }),
      ip,
    );
  const secretOf = (clientId: string): string => texts.get(clientId) ?? "";
  const basic: AttackBed["basic"] = (clientId) => ({
    authorization: `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${secretOf(clientId)}`).toString("base64")}`,
  });
  const remember = (answer: object): void => {
    for (const name of ["access_token", "refresh_token", "id_token"])
      if (name in answer) secrets.add(String(answer[name as never]));
  };

  const bed: AttackBed = {
    issuer,
    store,
    databasePath,
    masterKeys,
    key,
    get now() {
      return state.now;
    },
    set now(value) {
      state.now = value;
    },
    logged,
    secrets,
    send,
    post,
    basic,
    secretOf,
    get: async (path, { headers, ip } = {}) =>
      send(new Request(ISSUER + path, { ...(headers && { headers }) }), ip),
    put: async (given) => {
      const client = aClient({
        ...(given.authentication === "none" && {
          grantTypes: ["authorization_code", "refresh_token"],
        }),
        redirectUris: [CALLBACK],
        scopes: ["openid", "offline_access", "read", "write"],
        resources: [API, OPAQUE_API],
        createdAt: state.now,
        ...given,
      });
      const { clientId } = client;
      await store.putClient(
        client,
        await journal.entry("client.created", { clientId }, WHO),
      );
      const { text, row } = newSecret(client, {
        random: context.random,
        now: state.now,
        expiresAt: null,
        master: context.master,
      });
      await store.addSecret(
        row,
        state.now,
        await journal.entry("client.secret_rotated", { clientId }, WHO),
      );
      texts.set(clientId, text);
      secrets.add(text);
      return text;
    },
    putResource: async (resource) =>
      store.putResource(
        aResource({
          accessTokenSeconds: 300,
          createdAt: state.now,
          ...resource,
        }),
        await journal.entry("resource.changed", {}, WHO),
      ),
    signIn: async (clientId, more = {}) => {
      const verifier = randomBytes(32).toString("base64url");
      secrets.add(verifier);
      const query = new URLSearchParams({
        response_type: "code",
        client_id: clientId,
        redirect_uri: CALLBACK,
        code_challenge: hash("sha256", verifier, "base64url"),
        code_challenge_method: "S256",
        state: "st",
        ...more,
      });
      const page = await bed.get(`/authorize?${query.toString()}`);
      const text = await page.text();
      const sealed = /name="request" value="([^"]+)"/.exec(text)?.[1];
      assert.ok(sealed, text);
      const sent = await post("/authorize", { request: sealed, ...ACCOUNT });
      assert.equal(sent.status, 303, await sent.text());
      const location = new URL(sent.headers.get("location") ?? "");
      const code = location.searchParams.get("code") ?? "";
      secrets.add(code);
      return { code, verifier, location };
    },
    tokens: async (clientId, more = {}) => {
      const { code, verifier } = await bed.signIn(clientId, more);
      const isPublic =
        (await store.findClient(clientId))?.client.authentication === "none";
      const answer = await post(
        "/token",
        {
          grant_type: "authorization_code",
          code,
          code_verifier: verifier,
          redirect_uri: CALLBACK,
          ...(isPublic && { client_id: clientId }),
        },
        { headers: isPublic ? {} : basic(clientId) },
      );
      const body = (await answer.json()) as Tokens;
      assert.equal(answer.status, 200, JSON.stringify(body));
      remember(body);
      return body;
    },
    assertion: async (clientId, claims = {}) =>
      sign(
        Object.fromEntries(
          Object.entries({
            iss: clientId,
            sub: clientId,
            aud: ISSUER,
            jti: randomBytes(16).toString("base64url"),
            iat: Math.floor(state.now / 1000),
            exp: Math.floor(state.now / 1000) + 60,
            ...claims,
          }).filter(([, value]) => value !== undefined),
        ),
        key,
      ),
    settled: async () => {
      await context.handles.settled();
      await context.secretUse.settled();
      await store.seal(1000);
    },
    database: () =>
      readdirSync(folder)
        .map((name) => readFileSync(join(folder, name), "latin1"))
        .join("\n"),
    close: async () => {
      await issuer.close();
      await close();
    },
  };

  await bed.putResource({ resource: API });
  await bed.putResource({ resource: OPAQUE_API, format: "opaque" });
  const own = [exportKey(key, { secret: false })];
  await bed.put({ clientId: "spa", authentication: "none" });
  await bed.put({ clientId: "spa2", authentication: "none" });
  await bed.put({ clientId: "web" });
  await bed.put({ clientId: "other" });
  await bed.put({ clientId: "api", introspects: [API, OPAQUE_API] });
  await bed.put({
    clientId: "key",
    authentication: "private_key_jwt",
    keys: own,
  });
  await bed.put({
    clientId: "bank",
    authentication: "private_key_jwt",
    keys: own,
    fapi: true,
  });
  return bed;
}

/** The error that an answer of the protocol names; the answer must be one. */
export async function errorOf(answer: Response): Promise<string> {
  const body = (await answer.json()) as { readonly error?: unknown };
  assert.equal(typeof body.error, "string", JSON.stringify(body));
  assert.equal(answer.headers.get("cache-control"), "no-store");
  return String(body.error);
}
