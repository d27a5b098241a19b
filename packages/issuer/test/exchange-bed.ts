/** A whole issuer with resources, rules and a client that may assert and exchange; and a foreign issuer with its key. */
import { exportKey, generateKey, sign, type Key } from "@assay/token";
import type { Client, GrantType } from "../src/clients/client.ts";
import type { ExchangeRule, Resource } from "../src/resources/resource.ts";
import type { AccessToken } from "../src/store/records.ts";
import { issue, prepareAccessToken } from "../src/tokens/access-token.ts";
import { basic, ISSUER, journalEntry, post, START } from "./client-bed.ts";
import { aResource } from "./a-resource.ts";
import { openIssuerBed, type IssuerBed } from "./issuer-bed.ts";

export const FOREIGN = "https://idp.example";
export const FRONT = "https://front.example";
export const BACK = "https://back.example";
export const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
export const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
export const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
export const NOW: number = START / 1000;

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Issue {
  readonly clientId?: string;
  readonly resource?: string;
  readonly subject?: string | null;
  readonly scopes?: readonly string[];
  readonly act?: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch. */
  readonly notAfter?: number;
  readonly jkt?: string | null;
}

export interface ExchangeBed extends IssuerBed {
  /** Public keys of the foreign issuer. */
  readonly foreignKeys: ExchangeRule["sourceKeys"];
  readonly stranger: Key;
  rule(rule: Partial<ExchangeRule>): Promise<ExchangeRule>;
  resource(resource: string, more?: Partial<Resource>): Promise<Resource>;
  /** Posts to the token endpoint as the client, which authenticates by Basic. */
  ask(
    clientId: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  /** A token of ours, as if a person's sign-in had brought it. */
  issue(
    wish?: Issue,
  ): Promise<{ readonly text: string; readonly record: AccessToken }>;
  /** A JWT of the foreign issuer; an undefined claim is left out. */
  foreign(
    claims: Readonly<Record<string, unknown>>,
    more?: { readonly key?: Key; readonly typ?: string },
  ): Promise<string>;
}

export async function openExchangeBed(): Promise<ExchangeBed> {
  const bed = await openIssuerBed();
  const { issuer } = bed;
  const putClient = bed.put.bind(bed);
  const [key, stranger] = await Promise.all([
    generateKey("ES256"),
    generateKey("ES256"),
  ]);
  const foreignKeys = { keys: [exportKey(key, { secret: false })] };
  const secrets = new Map<string, string>();
  let ids = 0;

  const put = async (
    client: Partial<Client> & { readonly clientId: string },
  ): Promise<Client> => {
    const grantTypes: GrantType[] = [JWT_BEARER, EXCHANGE];
    const whole = await putClient({ grantTypes, ...client });
    if (whole.authentication === "client_secret_basic")
      secrets.set(whole.clientId, await bed.addSecret(whole));
    return whole;
  };
  const resource = async (
    name: string,
    more: Partial<Resource> = {},
  ): Promise<Resource> => {
    const whole = aResource({ resource: name, createdAt: START, ...more });
    await bed.store.putResource(whole, journalEntry("resource.changed"));
    return whole;
  };
  const grants: Omit<ExchangeBed, keyof IssuerBed> = {
    foreignKeys,
    stranger,
    resource,
    async rule(more) {
      const whole: ExchangeRule = {
        ruleId: `rule-${++ids}`,
        grantType: EXCHANGE,
        clientId: "gateway",
        sourceIssuer: ISSUER,
        sourceAudience: FRONT,
        sourceKeys: null,
        target: BACK,
        scopes: ["read", "write"],
        ...more,
      };
      await bed.store.putExchangeRule(
        whole,
        journalEntry("exchange_rule.changed"),
      );
      return whole;
    },
    async ask(clientId, fields) {
      const secret = secrets.get(clientId);
      const response = await issuer.fetch(
        secret === undefined
          ? post({ client_id: clientId, ...fields })
          : post(fields, { authorization: basic(clientId, secret) }),
      );
      return {
        status: response.status,
        body: (await response.json()) as Answer["body"],
      };
    },
    async issue({
      clientId = "app",
      resource: name = FRONT,
      subject = "alice",
      scopes = ["read"],
      act,
      notAfter,
      jkt = null,
    }: Issue = {}) {
      const { store } = bed;
      const found = await store.findClient(clientId);
      const target = await store.findResource(name);
      if (!found || !target) throw new TypeError("no such client or resource");
      const access = await prepareAccessToken(issuer.context, {
        client: found.client,
        resource: target,
        scopes,
        subject,
        grant: null,
        familyId: null,
        jkt,
        act,
        notAfter,
      });
      return {
        text: await issue(issuer.context, access, journalEntry("token.issued")),
        record: { ...access.record, revokedAt: null },
      };
    },
    foreign: async (claims, { key: other = key, typ = "JWT" } = {}) =>
      sign(
        Object.fromEntries(
          Object.entries({
            iss: FOREIGN,
            sub: "bob",
            aud: ISSUER,
            jti: `assertion-${++ids}`,
            iat: NOW,
            exp: NOW + 300,
            ...claims,
          }).filter(([, value]) => value !== undefined),
        ),
        other,
        { header: { typ } },
      ),
  };
  return Object.assign(bed, { put }, grants);
}
