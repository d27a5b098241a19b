/** Rows 48 to 50: what others publish: status lists and key sets. Each fault alone stands in the tests of these. */
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { deflateSync } from "node:zlib";
import {
  checkStatusListToken,
  createVerifier,
  judgeStatus,
  keySet,
  remoteKeySet,
  statusReference,
  type Jwk,
  type Policy,
  type RevocationSource,
} from "@assay/token";
import {
  json,
  loopbackIssuer,
  status,
  type Answer,
} from "../loopback-issuer.ts";
import {
  accepted,
  claiming,
  compact,
  ec,
  ec384,
  es,
  good,
  jwkOf,
  NOW,
  octOf,
  refused,
  rs,
  rsa,
  secret,
  withKeys,
  type Row,
} from "./forge.ts";

const LIST = "https://issuer.example/status/1";
const listed = (bytes: Uint8Array): string =>
  deflateSync(bytes).toString("base64url");
const own = keySet({ keys: [jwkOf(ec.publicKey, { kid: "k" })] });
const statusToken = (
  claims: object = {},
  typ = "statuslist+jwt",
  key = ec.privateKey,
): string =>
  compact(
    { alg: "ES256", kid: "k", typ },
    {
      sub: LIST,
      iat: NOW - 60,
      exp: NOW + 60,
      ttl: 60,
      status_list: { bits: 2, lst: listed(Uint8Array.from([0b11100100])) },
      ...claims,
    },
    es(key),
  );

/** A source of revocation that has this status list token in hand. */
const revocation = (list: string): RevocationSource => ({
  async check({ claims }) {
    const reference = statusReference(claims);
    assert.ok(reference && "uri" in reference);
    const checked = await checkStatusListToken(list, {
      uri: reference.uri,
      keys: own,
      now: NOW,
    });
    return "list" in checked
      ? judgeStatus(checked.list, reference)
      : checked.findings;
  },
});
const listing = (idx: number, uri = LIST): string =>
  claiming({ status: { status_list: { idx, uri } } });

/** A policy whose keys come from an answer, without a network. */
const published = (answer: () => Response): Partial<Policy> => ({
  keys: remoteKeySet("https://issuer.example/jwks", {
    clock: () => NOW * 1000,
    fetch: async () => answer(),
  }),
});
const set = (...keys: readonly unknown[]): Partial<Policy> =>
  published(() => Response.json({ keys }));

const stranger = generateKeyPairSync("ec", { namedCurve: "P-256" });
const mine = jwkOf(ec.publicKey, { kid: "k" });
const token = claiming({});

export const rows: readonly Row[] = [
  {
    row: 48,
    name: "status list token",
    async run() {
      const inHand = { revocation: revocation(statusToken()) };
      await accepted(listing(0), inHand);
      await refused("revocation.token", listing(1), inHand, {
        event: "invalid",
      });
      await refused("revocation.token", listing(2), inHand, {
        event: "suspended",
      });
      await refused("revocation.unavailable", listing(3), inHand);
      await refused("revocation.unavailable", listing(4), inHand, {
        problem: "the index is not in the list of 4 statuses",
      });
      await refused("revocation.unavailable", listing(0, `${LIST}0`), inHand, {
        problem: "the status list is for another uri",
      });
      const lists: readonly (readonly [string, RegExp])[] = [
        [
          statusToken({
            status_list: { bits: 3, lst: listed(new Uint8Array(8)) },
          }),
          /bits is none of/,
        ],
        [
          statusToken({
            status_list: { bits: 1, lst: listed(new Uint8Array(50e6)) },
          }),
          /more than 8388608 bytes/,
        ],
        [statusToken({ status_list: { bits: 1, lst: "AAAA" } }), /ZLIB/],
        [statusToken({ exp: NOW }), /expired/],
        [statusToken({}, "at+jwt"), /typ/],
        [
          statusToken({}, "statuslist+jwt", stranger.privateKey),
          /refused: signature.mismatch/,
        ],
        ["", /refused/],
      ];
      for (const [list, problem] of lists) {
        const verdict = await createVerifier({
          issuer: null,
          audience: null,
          keys: own,
          clock: () => NOW * 1000,
          revocation: revocation(list),
        }).verify(listing(0));
        assert.ok(
          verdict.outcome === "undecided" &&
            verdict.reason === "revocation.unavailable",
          list.slice(0, 100),
        );
        assert.match(
          (verdict.evidence as { problem: string }).problem,
          problem,
        );
      }
    },
  },
  {
    row: 49,
    name: "key set trouble",
    async run() {
      await accepted(token, set(mine));
      await refused(
        "signature.key_unsuitable",
        token,
        set(jwkOf(ec.privateKey, { kid: "k" })),
        {
          problem: "private",
          found:
            "a published set holds public keys only; keys[0] has the member d",
        },
      );
      const hmac = compact({ alg: "HS256", kid: "k" }, good(), (input) =>
        Buffer.from(input).subarray(0, 32),
      );
      await refused(
        "signature.key_unsuitable",
        hmac,
        { ...set(octOf(secret, { kid: "k" })), algorithms: ["HS256"] },
        { problem: "private" },
      );
      await refused("signature.key_not_found", token, set(), { keys: 0 });
      for (const answer of [
        () =>
          new Response("keys", {
            headers: { "content-type": "application/json" },
          }),
        () => Response.json({ keys: [mine], more: "x".repeat(10e6) }),
        () => Response.json({ keys: Array.from({ length: 1000 }, () => mine) }),
        () => Response.json([mine]),
      ]) {
        await refused("signature.keys_unavailable", token, published(answer), {
          source: "https://issuer.example/jwks",
        });
      }
      await accepted(
        token,
        set({ kty: "PQC", kid: "x" }, mine, { kty: 7 }, null),
      );
      const { x, y } = jwkOf(ec.publicKey);
      const faulty: readonly (readonly [Jwk, string, RegExp])[] = [
        [{ ...mine, y: x }, "not_on_curve", /not on P-256/],
        [
          {
            ...mine,
            x: Buffer.from(String(x), "base64url")
              .subarray(0, 29)
              .toString("base64url"),
          },
          "member",
          /^x\b.*29/,
        ],
        [{ ...mine, y: `AAAA${String(y)}` }, "member", /^y\b.*35/],
        [{ ...mine, x: 7 }, "member", /^x\b.*number/],
        [{ ...mine, y: undefined }, "member", /^y\b/],
        [{ ...mine, use: "enc" }, "use", /use enc/],
        [{ ...mine, key_ops: ["encrypt"] }, "use", /EC P-256/],
        [{ ...mine, kty: "PQC" }, "unsupported", /"PQC"/],
        [jwkOf(ec384.publicKey, { kid: "k" }), "curve", /P-384/],
        [jwkOf(rsa.publicKey, { kid: "k" }), "type", /RSA/],
      ];
      for (const [jwk, problem, found] of faulty) {
        for (const changes of [
          set(jwk),
          withKeys(jwk),
          set({ kty: "PQC" }, jwk),
        ]) {
          await refused("signature.key_unsuitable", token, changes, {
            problem,
          });
          const verdict = await createVerifier({
            issuer: null,
            audience: null,
            keys: null,
            clock: () => NOW * 1000,
            ...changes,
          }).verify(token);
          assert.match(
            String(
              verdict.outcome !== "accepted" &&
                (verdict.evidence as { found: unknown }).found,
            ),
            found,
          );
        }
      }
      assert.throws(
        () => keySet({ keys: Array.from({ length: 257 }, () => mine) }),
        /may hold 256 keys; found 257/,
      );
      for (const value of [null, {}, [], { keys: {} }])
        assert.throws(
          () => keySet(value as never),
          /a JWK Set has an array "keys"/,
        );
    },
  },
  {
    row: 50,
    name: "key set URL",
    async run() {
      await using elsewhere = await loopbackIssuer(json({ keys: [mine] }));
      const slow: Answer = (_, response) =>
        void response
          .writeHead(200, { "content-type": "application/json" })
          .write("{");
      for (const answer of [
        status(302, { location: elsewhere.origin }),
        status(500),
        slow,
        status(200, { "content-type": "text/html" }, "<html></html>"),
      ]) {
        await using issuer = await loopbackIssuer(answer);
        await refused("signature.keys_unavailable", token, {
          keys: remoteKeySet(issuer.origin, { timeout: 100 }),
        });
      }
      assert.deepEqual(elsewhere.asked, []);
      assert.throws(
        () => remoteKeySet("http://issuer.example/jwks"),
        /plain http/,
      );
      await using issuer = await loopbackIssuer(json({ keys: [mine] }));
      const keys = remoteKeySet(issuer.origin, { clock: () => NOW * 1000 });
      await accepted(token, { keys });
      for (let i = 0; i < 1000; i++)
        await refused(
          "signature.key_not_found",
          compact({ alg: "ES256", kid: `${i}` }, good(), es(ec.privateKey)),
          { keys },
        );
      assert.equal(issuer.asked.length, 2);
      issuer.answer = json({ keys: [{ ...jwkOf(rsa.publicKey), kid: "new" }] });
      await keys.refresh();
      await refused("signature.key_not_found", token, { keys });
      await accepted(
        compact({ alg: "RS256", kid: "new" }, good(), rs(rsa.privateKey)),
        { keys },
      );
    },
  },
];
