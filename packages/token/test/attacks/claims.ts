/** Rows 39 to 45: claims that are wrong although the signature is right. */
import type { Policy } from "@assay/token";
import {
  accepted,
  AUDIENCE,
  claiming,
  compact,
  ec,
  es,
  good,
  ISSUER,
  NOW,
  refused,
  type Row,
} from "./forge.ts";

const HEADER = { alg: "ES256", kid: "k" };
const typed = (typ: unknown, changes: object = {}): string =>
  compact({ ...HEADER, typ }, { ...good(), ...changes }, es(ec.privateKey));
/** A number as the attacker writes it, not as JSON.stringify would. */
const literal = (claim: string, text: string): string =>
  compact(
    HEADER,
    JSON.stringify({ ...good(), [claim]: "@" }).replace('"@"', text),
    es(ec.privateKey),
  );

export const rows: readonly Row[] = [
  {
    row: 39,
    name: "expiry",
    async run() {
      await refused("expiration.missing", claiming({ exp: undefined }));
      await accepted(claiming({ exp: undefined }), { kind: "any" });
      for (const exp of [
        "1900000000",
        true,
        null,
        {},
        [],
        [1_900_000_000],
        "NaN",
      ])
        await refused(
          "format.claim_type",
          claiming({ exp }),
          {},
          { claim: "exp" },
        );
      for (const text of ["1e400", "-1e400"])
        await refused(
          "format.claim_type",
          literal("exp", text),
          {},
          { found: "number beyond all bounds" },
        );
      for (const exp of [-1, 0, NOW - 0.5, NOW])
        await refused(
          "expiration.expired",
          claiming({ exp }),
          {},
          { exp, now: NOW },
        );
      await accepted(claiming({ exp: NOW + 0.5 }));
      await accepted(claiming({ exp: NOW - 30 + 1 }), { clockTolerance: 30 });
      await refused(
        "expiration.expired",
        claiming({ exp: NOW - 30 }),
        { clockTolerance: 30 },
        { bySeconds: 30, toleranceSeconds: 30 },
      );
      // A moment in milliseconds, or without end, is a number: the bound on the lifetime catches it.
      for (const exp of [NOW * 1000, 1e308])
        await refused("expiration.lifetime_too_long", claiming({ exp }), {
          maxLifetime: 86_400,
        });
    },
  },
  {
    row: 40,
    name: "nbf, iat",
    async run() {
      await refused(
        "expiration.not_yet_valid",
        claiming({ nbf: NOW + 3600 }),
        {},
        { bySeconds: 3600 },
      );
      for (const claim of ["nbf", "iat"]) {
        for (const value of ["1", null, true, [], {}])
          await refused(
            "format.claim_type",
            claiming({ [claim]: value }),
            {},
            { claim },
          );
        await refused(
          "format.claim_type",
          literal(claim, "1e999"),
          {},
          { claim },
        );
      }
      await accepted(claiming({ nbf: NOW, iat: NOW }));
      await accepted(claiming({ nbf: NOW + 30, iat: NOW + 30 }), {
        clockTolerance: 30,
      });
      await refused("expiration.not_yet_valid", claiming({ nbf: NOW + 31 }), {
        clockTolerance: 30,
      });
      await refused(
        "expiration.issued_in_future",
        claiming({ iat: NOW + 31 }),
        { clockTolerance: 30 },
        { bySeconds: 31 },
      );
      await refused("expiration.too_old", claiming({ iat: NOW - 601 }), {
        maxAge: 600,
      });
      await accepted(claiming({ iat: NOW - 600 }), { maxAge: 600 });
      await refused(
        "expiration.missing",
        claiming({ iat: undefined }),
        { maxAge: 600 },
        { claim: "iat" },
      );
      await refused(
        "expiration.missing",
        claiming({ iat: undefined }),
        { maxLifetime: 600 },
        { claim: "iat" },
      );
    },
  },
  {
    row: 41,
    name: "audience",
    async run() {
      await refused("audience.missing", claiming({ aud: undefined }));
      for (const aud of [
        "",
        [],
        AUDIENCE.toUpperCase(),
        `${AUDIENCE} `,
        `${AUDIENCE}/`,
        [`${AUDIENCE}2`],
        AUDIENCE.slice(0, -1),
        [AUDIENCE.slice(1)],
        "__proto__",
      ])
        await refused("audience.mismatch", claiming({ aud }));
      for (const aud of [
        [AUDIENCE, 1],
        1,
        null,
        {},
        [[AUDIENCE]],
        { 0: AUDIENCE, length: 1 },
      ])
        await refused(
          "format.claim_type",
          claiming({ aud }),
          {},
          { claim: "aud" },
        );
      await accepted(claiming({ aud: ["https://other.example", AUDIENCE] }));
    },
  },
  {
    row: 42,
    name: "issuer",
    async run() {
      await refused("issuer.missing", claiming({ iss: undefined }));
      for (const iss of [[ISSUER], null, 1, {}])
        await refused(
          "format.claim_type",
          claiming({ iss }),
          {},
          { claim: "iss" },
        );
      const tenant: Partial<Policy> = { issuer: `${ISSUER}/a/v2.0` };
      for (const iss of [
        ISSUER,
        `${ISSUER}/a/V2.0`,
        `${ISSUER}/a/v2.0/`,
        `${ISSUER}/b/v2.0`,
        `${ISSUER}/{tenantid}/v2.0`,
        "",
        ` ${ISSUER}/a/v2.0`,
      ])
        await refused("issuer.mismatch", claiming({ iss }), tenant, {
          found: iss,
        });
      await accepted(claiming({ iss: `${ISSUER}/a/v2.0` }), tenant);
      await refused("issuer.mismatch", claiming({ iss: `${ISSUER}/a/v2.0` }), {
        issuer: `${ISSUER}/{tenantid}/v2.0`,
      });
    },
  },
  {
    row: 43,
    name: "subject",
    async run() {
      await refused(
        "audience.claim_missing",
        claiming({ sub: undefined }),
        { requiredClaims: ["sub"] },
        { claim: "sub" },
      );
      for (const sub of [7, null, ["someone"], {}])
        await refused(
          "format.claim_type",
          claiming({ sub }),
          {},
          { claim: "sub" },
        );
      for (const sub of ["", "client", "Someone", "someone "])
        await refused(
          "audience.claim_mismatch",
          claiming({ sub }),
          { claims: { sub: "someone" } },
          { claim: "sub" },
        );
      const assertion = { kind: "client_assertion" } as const;
      await refused(
        "audience.claim_missing",
        claiming({ sub: undefined }),
        assertion,
        { claim: "sub" },
      );
      await refused(
        "audience.claim_mismatch",
        claiming({ sub: "other" }),
        assertion,
        { claim: "sub", expected: ISSUER },
      );
      await accepted(claiming({ sub: ISSUER }), assertion);
    },
  },
  {
    row: 44,
    name: "token of one kind used as another",
    async run() {
      const kinds: readonly (readonly [string, object, string])[] = [
        ["dpop+jwt", { htm: "GET", htu: AUDIENCE }, "dpop_proof"],
        ["logout+jwt", {}, "logout_token"],
        ["application/LOGOUT+JWT", {}, "logout_token"],
        ["client-authentication+jwt", {}, "client_assertion"],
        ["statuslist+jwt", {}, "other"],
        ["oauth-authz-req+jwt", {}, "other"],
        ["secevent+jwt", {}, "other"],
        ["JWT", { at_hash: "AAAA" }, "id_token"],
        ["JWT", { nonce: "n", email: "a@b.example" }, "id_token"],
        [
          "JWT",
          {
            events: {
              "http://schemas.openid.net/event/backchannel-logout": {},
            },
          },
          "logout_token",
        ],
        ["JWT", { htm: "GET", htu: AUDIENCE }, "dpop_proof"],
        ["JWT", { token_use: "id" }, "id_token"],
        ["JWT", { typ: "Refresh" }, "refresh_token"],
      ];
      for (const [typ, changes, found] of kinds)
        await refused(
          "format.type",
          typed(typ, changes),
          {},
          { expected: "access_token", found },
        );
      const idToken = { kind: "id_token" } as const;
      for (const typ of ["at+jwt", "AT+JWT", "application/at+jwt"]) {
        await accepted(typed(typ));
        await refused("format.type", typed(typ), idToken, {
          found: "access_token",
        });
        await refused(
          "format.type",
          typed(typ),
          { kind: "client_assertion" },
          { found: "access_token" },
        );
      }
      for (const typ of ["JWT", "jwt", "application/jwt", undefined])
        await accepted(typed(typ));
      await refused("format.type", typed("JWT", { scope: "read" }), idToken, {
        found: "access_token",
      });
      const endpoint = `${ISSUER}/oauth2/token`;
      await refused(
        "format.type",
        typed("JWT", { iss: "client", sub: "client", aud: endpoint }),
        { issuer: "client", audience: endpoint },
        { found: "client_assertion" },
      );
      for (const typ of [7, null, ["at+jwt"], {}])
        await refused("format.header", typed(typ), {}, { member: "typ" });
    },
  },
  {
    row: 45,
    name: "scope / token_use / client_id",
    async run() {
      const scopes: Partial<Policy> = { scopes: ["read"] };
      for (const scope of [undefined, ""])
        await refused("scope.missing", claiming({ scope }), scopes);
      for (const scope of [
        "reader",
        "READ",
        "rea",
        "read,write",
        "read:all",
        "xread",
        "read\u00a0write",
        "read\nwrite",
        7,
        true,
        null,
        {},
        ["read"],
        ["read write"],
      ]) {
        await refused("scope.insufficient", claiming({ scope }), scopes, {
          lacking: ["read"],
        });
      }
      for (const scope of ["read", "write read", "read  write"])
        await accepted(claiming({ scope }), scopes);
      await refused(
        "scope.insufficient",
        claiming({ scope: "read" }),
        { scopes: ["read", "write"] },
        { lacking: ["write"] },
      );
      const parties: Partial<Policy> = { authorizedParties: ["app"] };
      for (const changes of [
        {},
        { client_id: "other" },
        { client_id: 7 },
        { client_id: ["app"] },
        { azp: "other", client_id: "app" },
        { client_id: "app " },
      ])
        await refused("audience.party_mismatch", claiming(changes), parties);
      await accepted(claiming({ client_id: "app" }), parties);
      await refused(
        "audience.claim_mismatch",
        claiming({ token_use: "other" }),
        { claims: { token_use: "access" } },
      );
    },
  },
];
