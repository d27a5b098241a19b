/** Rows 31 to 38: tokens that are encrypted, nested, or serialized otherwise. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { compactDecrypt, CompactEncrypt, GeneralSign, importJWK } from "jose";
import type { Decrypt, Jwk } from "@assay/token";
import {
  accepted,
  base64url,
  compact,
  ec,
  es,
  good,
  jwkOf,
  refused,
  rsa,
  type Row,
} from "./forge.ts";

const content = randomBytes(32);
const HEADER = { alg: "ES256", kid: "k" };
const inner = compact(HEADER, good(), es(ec.privateKey));
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const direct = (plaintext: Uint8Array, header: object = {}): Promise<string> =>
  new CompactEncrypt(plaintext)
    .setProtectedHeader({ alg: "dir", enc: "A256GCM", cty: "JWT", ...header })
    .encrypt(content);

/** A port as a caller would write it: one key, for one way of using it. */
const opener = (
  jwk: Jwk,
  alg: string,
): { decrypt: Decrypt; calls: () => number } => {
  let calls = 0;
  return {
    calls: () => calls,
    decrypt: async (jwe) => {
      calls++;
      return (
        await compactDecrypt(
          jwe,
          (await importJWK(jwk as never, alg)) as Uint8Array,
          { keyManagementAlgorithms: [alg] },
        )
      ).plaintext;
    },
  };
};
const open = opener({ kty: "oct", k: base64url(content) }, "dir");

/** The five parts with a header of the attacker's choice; the rest is noise. */
const handmade = (
  header: object,
  key: Uint8Array = new Uint8Array(0),
): string =>
  [
    JSON.stringify(header),
    key,
    randomBytes(12),
    randomBytes(40),
    randomBytes(16),
  ]
    .map((part) => base64url(part))
    .join(".");

export const rows: readonly Row[] = [
  {
    row: 31,
    name: "compressed JWE",
    async run() {
      const bomb = await direct(new Uint8Array(20e6), { zip: "DEF" });
      assert.ok(bomb.length < 40_000);
      await refused("format.encrypted", bomb, open, { problem: "not_opened" });
      // A port that inflates without bound is bounded here.
      await refused(
        "format.encrypted",
        bomb,
        { decrypt: () => new Uint8Array(20e6) },
        { problem: "limit" },
      );
      await accepted(await direct(encode(inner), { zip: "DEF" }), open);
    },
  },
  {
    row: 32,
    name: "PBES2 work factor",
    async run() {
      const pbes2 = opener(
        { kty: "oct", k: base64url("password") },
        "PBES2-HS256+A128KW",
      );
      const header = (p2c: unknown): string =>
        handmade(
          {
            alg: "PBES2-HS256+A128KW",
            enc: "A256GCM",
            p2s: base64url(randomBytes(16)),
            p2c,
          },
          randomBytes(40),
        );
      for (const p2c of [
        1e9,
        310_001,
        999,
        1,
        0,
        -1,
        4096.5,
        "4096",
        null,
        undefined,
        [4096],
      ])
        await refused("format.encrypted", header(p2c), pbes2, {
          problem: "limit",
        });
      // The work that p2c asks for was not begun.
      assert.equal(pbes2.calls(), 0);
      await refused(
        "format.encrypted",
        header(4096),
        {},
        { problem: "no_key" },
      );
      await refused("format.encrypted", header(4096), open, {
        problem: "not_opened",
      });
    },
  },
  {
    row: 33,
    name: "epk off the curve, other curve, low-order X25519",
    async run() {
      const mine = opener(jwkOf(ec.privateKey), "ECDH-ES");
      const { x, y } = jwkOf(ec.publicKey);
      const zero = base64url(new Uint8Array(32));
      for (const epk of [
        { kty: "EC", crv: "P-256", x, y: x },
        { kty: "EC", crv: "P-256", x: zero, y: zero },
        { kty: "EC", crv: "P-384", x, y },
        { kty: "OKP", crv: "X25519", x: zero },
        undefined,
      ]) {
        await refused(
          "format.encrypted",
          handmade({ alg: "ECDH-ES", enc: "A256GCM", epk }),
          mine,
          { problem: "not_opened" },
        );
      }
    },
  },
  {
    row: 34,
    name: "Bleichenbacher / MMA",
    async run() {
      const port = opener(jwkOf(rsa.privateKey), "RSA1_5");
      await refused(
        "format.encrypted",
        handmade({ alg: "RSA1_5", enc: "A256GCM" }, randomBytes(256)),
        port,
        { problem: "algorithm" },
      );
      assert.equal(port.calls(), 0);
    },
  },
  {
    row: 35,
    name: "JWE made with our public key",
    async run() {
      const port = opener(jwkOf(rsa.privateKey), "RSA-OAEP-256");
      const seal = async (plaintext: string): Promise<string> =>
        new CompactEncrypt(encode(plaintext))
          .setProtectedHeader({ alg: "RSA-OAEP-256", enc: "A256GCM" })
          .encrypt(
            await importJWK(jwkOf(rsa.publicKey) as never, "RSA-OAEP-256"),
          );
      const claims = JSON.stringify(good());
      await refused("format.encrypted", await seal(claims), port, {
        problem: "not_signed_inside",
      });
      await refused(
        "format.encrypted",
        await seal(claims),
        {},
        { problem: "no_key" },
      );
      await refused(
        "signature.mismatch",
        await seal(compact(HEADER, good(), () => randomBytes(64))),
        port,
      );
      await accepted(await seal(inner), port);
    },
  },
  {
    row: 36,
    name: "key used with another cipher",
    async run() {
      const key = randomBytes(16);
      const jwk = { kty: "oct", k: base64url(key) };
      for (const [made, due] of [
        ["A128GCMKW", "A128KW"],
        ["A128KW", "A128GCMKW"],
      ] as const) {
        const token = await new CompactEncrypt(encode(inner))
          .setProtectedHeader({ alg: made, enc: "A128GCM" })
          .encrypt(key);
        await accepted(token, opener(jwk, made));
        await refused("format.encrypted", token, opener(jwk, due), {
          problem: "not_opened",
        });
      }
      await refused(
        "format.encrypted",
        handmade({ alg: "RSA1_5", enc: "A128GCM" }, randomBytes(256)),
        opener(jwkOf(rsa.privateKey), "RSA-OAEP"),
        { problem: "algorithm" },
      );
    },
  },
  {
    row: 37,
    name: "nested JWT",
    async run() {
      await accepted(await direct(encode(inner)), open);
      const unsigned = `${base64url('{"alg":"none"}')}.${inner.split(".")[1]}.`;
      await refused(
        "signature.algorithm_none",
        await direct(encode(unsigned)),
        open,
      );
      await refused(
        "signature.missing",
        await direct(encode(inner.slice(0, inner.lastIndexOf(".") + 1))),
        open,
      );
      let nested = await direct(encode(inner));
      for (let level = 2; level <= 25; level++) {
        nested = await direct(encode(nested));
        if (level < 10)
          await refused("format.encrypted", nested, open, {
            problem: "not_signed_inside",
          });
      }
      await refused(
        "format.encrypted",
        nested,
        { ...open, maxLength: 1e7 },
        { problem: "limit" },
      );
      const signedTwice = compact(
        { ...HEADER, cty: "JWT" },
        inner,
        es(ec.privateKey),
      );
      await refused("format.payload", signedTwice, {}, { problem: "not_json" });
    },
  },
  {
    row: 38,
    name: "JSON serialization with several signatures",
    async run() {
      const key = await importJWK(jwkOf(ec.privateKey) as never, "ES256");
      const general = await new GeneralSign(encode(JSON.stringify(good())))
        .addSignature(key)
        .setProtectedHeader(HEADER)
        .sign();
      const forged = {
        ...general,
        signatures: [
          ...general.signatures,
          { protected: base64url('{"alg":"none"}'), signature: "" },
        ],
      };
      const [one] = general.signatures;
      const flattened = {
        payload: general.payload,
        ...one,
        header: { alg: "none", kid: "k" },
      };
      for (const value of [
        general,
        forged,
        flattened,
        { payload: general.payload, header: HEADER, signature: one?.signature },
      ]) {
        await refused(
          "format.not_jwt",
          JSON.stringify(value),
          {},
          { looksLike: "JSON document" },
        );
      }
    },
  },
];
