/** RFC 7523 section 2.1 at the token endpoint: who may bring which assertion, and what is wrong with one. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { decodeUnverified } from "@assay/token";
import {
  BACK,
  FOREIGN,
  FRONT,
  JWT_BEARER,
  NOW,
  openExchangeBed,
  type Answer,
  type ExchangeBed,
} from "../../test/exchange-bed.ts";
import { ISSUER } from "../../test/client-bed.ts";

let bed: ExchangeBed;
before(async () => {
  bed = await openExchangeBed();
  for (const name of [FRONT, BACK]) await bed.resource(name);
  for (const clientId of ["gateway", "ungranted", "two-targets"])
    await bed.put({ clientId });
  await bed.put({ clientId: "narrow", scopes: ["read"] });
  await bed.put({ clientId: "public", authentication: "none" });
  await bed.put({ clientId: "unregistered", grantTypes: ["refresh_token"] });
  const rule = {
    grantType: JWT_BEARER,
    sourceIssuer: FOREIGN,
    sourceAudience: ISSUER,
    sourceKeys: bed.foreignKeys,
  } as const;
  for (const clientId of ["gateway", "narrow", "public", "unregistered"])
    await bed.rule({ ...rule, clientId });
  await bed.rule({ ...rule, clientId: "two-targets" });
  await bed.rule({ ...rule, clientId: "two-targets", target: FRONT });
});
after(() => bed.close());

const bring = async (
  assertion: string,
  fields: Readonly<Record<string, string>> = {},
  client = "gateway",
): Promise<Answer> =>
  bed.ask(client, { grant_type: JWT_BEARER, assertion, ...fields });
const refused = ({ status, body }: Answer, error: string): void => {
  assert.equal(body["error"], error, JSON.stringify(body));
  assert.equal(status, 400);
};
const claimsOf = ({
  status,
  body,
}: Answer): Readonly<Record<string, unknown>> => {
  assert.equal(status, 200, JSON.stringify(body));
  return decodeUnverified(String(body["access_token"])).claims ?? {};
};

describe("the grant of an assertion", () => {
  it("gives a token for the subject, of the rule's target and scopes, and no refresh token", async () => {
    const answer = await bring(await bed.foreign({}));
    const { sub, aud, scope, client_id, exp } = claimsOf(answer);
    assert.deepEqual(
      { sub, aud, scope, client_id },
      { sub: "bob", aud: BACK, scope: "read write", client_id: "gateway" },
    );
    assert.equal(exp, NOW + 300);
    assert.equal(answer.body["refresh_token"], undefined);
  });

  it("gives what is asked for, within rule and client", async () => {
    const asked = await bring(await bed.foreign({}), { scope: "write" });
    assert.equal(claimsOf(asked)["scope"], "write");
    const narrow = await bring(await bed.foreign({}), {}, "narrow");
    assert.equal(claimsOf(narrow)["scope"], "read");
    for (const [scope, client] of [
      ["read admin", "gateway"],
      ["write", "narrow"],
    ] as const)
      refused(
        await bring(await bed.foreign({}), { scope }, client),
        "invalid_scope",
      );
  });

  it("is denied to a client that no row names, to a public one, and to one without the grant type", async () => {
    for (const client of ["ungranted", "public", "unregistered"])
      refused(
        await bring(await bed.foreign({}), {}, client),
        "unauthorized_client",
      );
  });

  it("goes to one target: the row's, or the one of several that is named", async () => {
    const assertion = async (): Promise<string> => bed.foreign({});
    refused(
      await bring(await assertion(), {}, "two-targets"),
      "invalid_target",
    );
    for (const name of ["resource", "audience"])
      assert.equal(
        claimsOf(
          await bring(await assertion(), { [name]: FRONT }, "two-targets"),
        )["aud"],
        FRONT,
      );
    refused(
      await bring(await assertion(), { resource: FRONT }),
      "invalid_target",
    );
    refused(
      await bring(
        await assertion(),
        { resource: FRONT, audience: BACK },
        "two-targets",
      ),
      "invalid_target",
    );
  });

  for (const [name, claims, more] of [
    ["wrong aud", { aud: "https://other.example" }],
    ["no aud", { aud: undefined }],
    ["exp past", { exp: NOW - 1 }],
    ["no exp", { exp: undefined }],
    ["exp over an hour ahead", { exp: NOW + 3601 }],
    ["nbf over a minute ahead", { nbf: NOW + 61 }],
    ["no sub", { sub: undefined }],
    ["no jti", { jti: undefined }],
    ["an issuer that no row names", { iss: "https://stranger.example" }],
    ["no iss", { iss: undefined }],
    ["our own name as its issuer", { iss: ISSUER }],
    ["typ of an access token", {}, { typ: "at+jwt" }],
    [
      "typ of a client's authentication",
      {},
      { typ: "client-authentication+jwt" },
    ],
    ["typ of a logout token", {}, { typ: "logout+jwt" }],
    ["what an ID token has", { nonce: "n", at_hash: "h" }],
    ["what an access token says of itself", { token_use: "access" }],
  ] as const)
    it(`refuses an assertion: ${name}`, async () => {
      refused(await bring(await bed.foreign(claims, more)), "invalid_grant");
    });

  it("refuses what another key signed, what nobody signed, and what is no JWT", async () => {
    refused(
      await bring(await bed.foreign({}, { key: bed.stranger })),
      "invalid_grant",
    );
    const [, payload = ""] = (await bed.foreign({})).split(".");
    for (const assertion of [
      `eyJhbGciOiJub25lIn0.${payload}.`,
      "opaque",
      "a.b.c",
    ])
      refused(await bring(assertion), "invalid_grant");
    refused(
      await bed.ask("gateway", { grant_type: JWT_BEARER }),
      "invalid_request",
    );
  });

  it("takes an assertion once, by its jti, also when it comes many times at one moment", async () => {
    const jti = { jti: "once" };
    claimsOf(await bring(await bed.foreign(jti)));
    refused(await bring(await bed.foreign(jti)), "invalid_grant");
    const assertion = await bed.foreign({});
    const answers = await Promise.all(
      Array.from({ length: 10 }, async () => bring(assertion)),
    );
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  });

  it("uses no jti up when it refuses", async () => {
    const assertion = await bed.foreign({});
    refused(await bring(assertion, { scope: "admin" }), "invalid_scope");
    claimsOf(await bring(assertion));
  });

  it("takes the media types that are meant for it", async () => {
    for (const typ of [
      "authorization-grant+jwt",
      "application/JWT",
      "oauth-id-jag+jwt",
    ])
      claimsOf(await bring(await bed.foreign({}, { typ })));
  });

  it("tells the developer what is wrong only of what the issuer signed", async () => {
    const told = async (assertion: string): Promise<unknown> =>
      (await bring(assertion)).body["error_description"];
    const past = { exp: NOW - 1 };
    assert.equal(
      await told(await bed.foreign(past)),
      "The assertion has expired.",
    );
    assert.equal(
      await told(await bed.foreign(past, { key: bed.stranger })),
      "The assertion could not be validated.",
    );
  });
});
