/** Every door of the issuer that takes a JWT, and how each answers to one that is no good. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import {
  decodeUnverified,
  exportKey,
  generateKey,
  type Key,
} from "@assay/token";
import {
  API,
  ASSERTION_TYPE,
  ISSUER,
  OPAQUE_API,
  openAttackBed,
  type AttackBed,
  type Tokens,
} from "./attack-bed.ts";
import type { Made } from "./forged-jwt.ts";

export const FOREIGN = "https://idp.example";
export const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
export const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
export const TYPE = "urn:ietf:params:oauth:token-type:";

export interface Doors {
  readonly bed: AttackBed;
  /** An access token of the issuer that is good, and what came with it. */
  readonly good: Tokens;
  /** Of another issuer that the rules name. */
  readonly foreign: Key;
  /** Of nobody that the issuer knows. */
  readonly stranger: Key;
  /** What would be good at one of the doors, before it is bent. */
  bases(): readonly [ours: Made, theirs: Made, clients: Made];
  isActive(token: string): Promise<boolean>;
  /** The answer of the token endpoint to the client that may exchange. */
  exchange(form: Readonly<Record<string, string>>): Promise<Response>;
  /** Presents each of the tokens at each of the doors: none may open, and nothing may fail. */
  assertClosed(tokens: readonly string[]): Promise<void>;
}

export async function openDoors(): Promise<Doors> {
  const bed = await openAttackBed();
  const [foreign, stranger] = await Promise.all([
    generateKey("ES256"),
    generateKey("ES256"),
  ]);
  await bed.put({
    clientId: "deputy",
    grantTypes: [JWT_BEARER, EXCHANGE],
    introspects: [API],
  });
  const keys = { keys: [exportKey(foreign, { secret: false })] };
  const rules = [
    {
      grantType: JWT_BEARER,
      sourceIssuer: FOREIGN,
      sourceAudience: ISSUER,
      sourceKeys: keys,
    },
    {
      grantType: EXCHANGE,
      sourceIssuer: FOREIGN,
      sourceAudience: API,
      sourceKeys: keys,
    },
    {
      grantType: EXCHANGE,
      sourceIssuer: ISSUER,
      sourceAudience: API,
      sourceKeys: null,
    },
  ] as const;
  for (const [i, rule] of rules.entries())
    await bed.store.putExchangeRule(
      {
        ruleId: `rule-${i}`,
        clientId: "deputy",
        target: OPAQUE_API,
        scopes: ["read"],
        ...rule,
      },
      await bed.issuer.context.journal.entry(
        "exchange_rule.changed",
        {},
        {
          subject: null,
          clientId: null,
          ip: null,
          agent: null,
        },
      ),
    );
  const good = await bed.tokens("web", {
    scope: "openid offline_access read",
    resource: API,
  });

  const refused = async (
    form: Readonly<Record<string, string>>,
    codes: readonly string[],
  ): Promise<void> => {
    await assertError(
      await bed.post("/token", form, { headers: bed.basic("deputy") }),
      400,
      codes,
    );
  };

  const isActive = async (token: string): Promise<boolean> => {
    const answer = await bed.post(
      "/introspect",
      { token },
      { headers: bed.basic("api") },
    );
    return ((await answer.json()) as { readonly active: boolean }).active;
  };

  /** Each door, and what it answers to a token that is no good: never a token, never that it is one. */
  const doors: Readonly<Record<string, (token: string) => Promise<void>>> = {
    async introspection(token) {
      const answer = await bed.post(
        "/introspect",
        { token },
        { headers: bed.basic("api") },
      );
      assert.deepEqual(
        [answer.status, await answer.json()],
        [200, { active: false }],
      );
      assert.ok(answer.headers.get("assay-diagnosis"));
    },
    async revocation(token) {
      const answer = await bed.post(
        "/revoke",
        { token },
        { headers: bed.basic("web") },
      );
      assert.deepEqual([answer.status, await answer.text()], [200, ""]);
      assert.equal(await isActive(good.access_token), true);
    },
    "token exchange": async (token) =>
      refused(
        {
          grant_type: EXCHANGE,
          subject_token: token,
          subject_token_type: `${TYPE}jwt`,
        },
        ["invalid_request"],
      ),
    "jwt-bearer": async (token) =>
      refused({ grant_type: JWT_BEARER, assertion: token }, ["invalid_grant"]),
    async "client assertion"(token) {
      const answer = await bed.post("/token", {
        grant_type: "client_credentials",
        client_assertion: token,
        client_assertion_type: ASSERTION_TYPE,
        client_id: "key",
      });
      await assertError(answer, 401, ["invalid_client"]);
    },
    async "the feed"(token) {
      const answer = await bed.get("/revocations", {
        headers: { authorization: `Bearer ${token}` },
      });
      await assertError(answer, 401, ["invalid_token"]);
    },
    async "the admin API"(token) {
      const answer = await bed.get("/admin/clients", {
        headers: { authorization: `Bearer ${token}` },
      });
      assert.equal(answer.status, 401, await answer.text());
    },
  };

  /** What would be good at one of the doors, before it is bent. */
  const bases: Doors["bases"] = () => {
    const { header, claims } = decodeUnverified(good.access_token);
    const jti = randomBytes(8).toString("hex");
    const seconds = Math.floor(bed.now / 1000);
    const times = { iat: seconds, exp: seconds + 60, jti };
    return [
      { header: { ...header }, claims: { ...claims }, key: stranger },
      {
        header: { alg: "ES256", typ: "JWT" },
        claims: { iss: FOREIGN, sub: "eve", aud: [ISSUER, API], ...times },
        key: foreign,
      },
      {
        header: { alg: "ES256", typ: "JWT" },
        claims: { iss: "key", sub: "key", aud: ISSUER, ...times },
        key: bed.key,
      },
    ];
  };
  return {
    bed,
    good,
    foreign,
    stranger,
    bases,
    isActive,
    exchange: async (form) =>
      bed.post("/token", form, { headers: bed.basic("deputy") }),
    assertClosed: async (tokens) => {
      assert.ok(tokens.length > 0);
      for (const token of tokens)
        for (const [door, knock] of Object.entries(doors)) {
          if (isHeaderless(token) && /feed|admin/.test(door)) continue;
          try {
            await knock(token);
          } catch (error) {
            throw new Error(`${door}: ${token.slice(0, 200)}`, {
              cause: error,
            });
          }
        }
      assert.deepEqual(bed.logged, []);
    },
  };
}

/** What no header can carry. */
const isHeaderless = (token: string): boolean => !/^[\x21-\x7e]+$/.test(token);

async function assertError(
  answer: Response,
  status: number,
  codes: readonly string[],
): Promise<void> {
  const body = (await answer.json()) as { readonly error: string };
  assert.equal(answer.status, status, JSON.stringify(body));
  assert.ok(codes.includes(body.error), JSON.stringify(body));
}
