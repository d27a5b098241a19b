import assert from "node:assert/strict";
import {
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Jwk } from "../crypto/platform.ts";
import type { KeyProblem } from "./key.ts";
import { readJwk } from "./read-jwk.ts";

type Generate = (
  type: string,
  options: object,
) => { readonly publicKey: KeyObject };
const jwkOf = (type: string, options: object = {}): Jwk => ({
  ...(generateKeyPairSync as unknown as Generate)(
    type,
    options,
  ).publicKey.export({ format: "jwk" }),
});
const RSA = jwkOf("rsa", { modulusLength: 2048 });
const EC = jwkOf("ec", { namedCurve: "P-256" });
const OKP = jwkOf("ed25519");
const AKP = jwkOf("ml-dsa-44");
const b64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString("base64url");
const n = Buffer.from(RSA["n"] as string, "base64url");
const odd = (bytes: number): string =>
  b64(Buffer.concat([Buffer.of(0xc0), Buffer.alloc(bytes - 2), Buffer.of(1)]));

describe("readJwk takes a good key and says its size", () => {
  const good: readonly (readonly [string, Jwk, number])[] = [
    ["RSA", RSA, 2048],
    ["P-256", EC, 256],
    ["P-384", jwkOf("ec", { namedCurve: "P-384" }), 384],
    ["P-521", jwkOf("ec", { namedCurve: "P-521" }), 521],
    ["secp256k1", jwkOf("ec", { namedCurve: "secp256k1" }), 256],
    ["Ed25519", OKP, 256],
    ["Ed448", jwkOf("ed448"), 456],
    ["ML-DSA-44", AKP, 1312 * 8],
    ["a secret", { kty: "oct", k: "AQ" }, 8],
    [
      "labels and members that it does not know",
      {
        ...EC,
        kid: "a",
        use: "sig",
        alg: "ES256",
        key_ops: ["verify"],
        x5c: [1],
        constructor: 1,
      },
      256,
    ],
    [
      "a member named __proto__",
      JSON.parse(
        JSON.stringify(EC).replace("{", '{"__proto__":{"kid":7},'),
      ) as Jwk,
      256,
    ],
  ];
  for (const [name, jwk, bits] of good) {
    it(name, () => {
      const key = readJwk(jwk);
      assert.deepEqual(
        [key.problem, key.bits, key.isPrivate],
        [null, bits, false],
      );
    });
  }
});

describe("readJwk names what is wrong with a key", () => {
  const bad: readonly (readonly [
    string,
    unknown,
    KeyProblem["problem"],
    RegExp,
  ])[] = [
    ["no object", null, "member", /an object; found null/],
    ["an array", [], "member", /found an array/],
    ["no kty", {}, "member", /kty: expected a string; found none/],
    [
      "an unknown kty",
      { kty: "constructor" },
      "unsupported",
      /found "constructor"/,
    ],
    [
      "kid is a number",
      { ...EC, kid: 1 },
      "member",
      /^kid: expected a string; found number$/,
    ],
    ["alg is null", { ...EC, alg: null }, "member", /^alg/],
    ["use is an array", { ...EC, use: ["sig"] }, "member", /^use/],
    ["key_ops is a string", { ...EC, key_ops: "verify" }, "member", /^key_ops/],
    [
      "key_ops names one twice",
      { ...EC, key_ops: ["verify", "verify"] },
      "member",
      /^key_ops/,
    ],
    [
      "n is missing",
      { kty: "RSA", e: "AQAB" },
      "member",
      /^n: expected a string; found none/,
    ],
    [
      "n has padding",
      { ...RSA, n: `${String(RSA["n"])}==` },
      "member",
      /^n: expected base64url/,
    ],
    [
      "n has stray bits",
      { ...RSA, e: "AQAC", n: `${String(RSA["n"]).slice(0, -1)}B` },
      "member",
      /^n: expected base64url/,
    ],
    [
      "n has a leading zero",
      { ...RSA, n: b64(Buffer.concat([Buffer.of(0), n])) },
      "member",
      /leading zero/,
    ],
    [
      "1024 bits",
      { ...RSA, n: b64(n.subarray(0, 128)) },
      "too_small",
      /at least 2048 .* found 1024/,
    ],
    [
      "2047 bits",
      { ...RSA, n: b64(Buffer.concat([Buffer.of(0x7f), n.subarray(1)])) },
      "too_small",
      /found 2047/,
    ],
    [
      "8200 bits",
      { ...RSA, n: odd(1025) },
      "too_large",
      /at most 8192 .* found 8200/,
    ],
    ["e = 1", { ...RSA, e: "AQ" }, "exponent", /found 1$/],
    ["e = 0", { ...RSA, e: "" }, "exponent", /found 0$/],
    ["an even e", { ...RSA, e: "AQAA" }, "exponent", /found 65536$/],
    ["e = 2^32 + 1", { ...RSA, e: "AQAAAAE" }, "exponent", /found 4294967297$/],
    ["a huge e", { ...RSA, e: odd(256) }, "exponent", /larger/],
    [
      "an even modulus",
      { ...RSA, n: b64(Buffer.concat([n.subarray(0, -1), Buffer.of(2)])) },
      "weak",
      /even/,
    ],
    [
      "a modulus of three",
      { ...RSA, n: b64(Buffer.alloc(256, 0xff)) },
      "weak",
      /divisible by 3/,
    ],
    [
      "the ROCA fingerprint",
      { ...RSA, n: b64(roca()) },
      "weak",
      /ROCA.*CVE-2017-15361/,
    ],
    [
      "an unknown curve",
      { ...EC, crv: "P-192" },
      "unsupported",
      /P-256, P-384, P-521, secp256k1; found "P-192"/,
    ],
    [
      "a short x",
      { ...EC, x: "AQ" },
      "member",
      /^x: expected 32 bytes; found 1$/,
    ],
    [
      "a point elsewhere",
      { ...EC, y: EC["x"] },
      "not_on_curve",
      /not on P-256/,
    ],
    [
      "the point at zero",
      { ...EC, x: b64(Buffer.alloc(32)), y: b64(Buffer.alloc(32)) },
      "not_on_curve",
      /not on P-256/,
    ],
    [
      "a coordinate beyond the field",
      {
        kty: "EC",
        crv: "secp256k1",
        x: b64(Buffer.alloc(32, 0xff)),
        y: b64(Buffer.alloc(32, 0xff)),
      },
      "not_on_curve",
      /secp256k1/,
    ],
    ["a short d", { ...EC, d: "AQ" }, "member", /^d: expected 32 bytes/],
    [
      "a key for key agreement",
      { ...OKP, crv: "X25519" },
      "unsupported",
      /key agreement/,
    ],
    [
      "an algorithm as curve",
      { ...OKP, crv: "ML-DSA-44" },
      "unsupported",
      /^crv: expected Ed25519, Ed448/,
    ],
    [
      "a curve that is an object",
      { ...OKP, crv: { toString: 1 } },
      "member",
      /^crv: expected a string/,
    ],
    [
      "a long x",
      { ...OKP, x: b64(Buffer.alloc(33)) },
      "member",
      /^x: expected 32 bytes; found 33$/,
    ],
    [
      "AKP without alg",
      { ...AKP, alg: undefined },
      "member",
      /^alg: expected a string; found none/,
    ],
    [
      "AKP of another size",
      { ...AKP, alg: "ML-DSA-65" },
      "member",
      /^pub: expected 1952 bytes; found 1312$/,
    ],
    [
      "AKP with the expanded key",
      { ...AKP, priv: b64(Buffer.alloc(2560)) },
      "member",
      /^priv: expected 32 bytes/,
    ],
    ["an empty secret", { kty: "oct", k: "" }, "too_small", /empty/],
    [
      "a secret that is a number",
      { kty: "oct", k: 42 },
      "member",
      /^k: expected a string; found number$/,
    ],
  ];
  for (const [name, jwk, problem, detail] of bad) {
    it(name, () => {
      const key = readJwk(jwk as Jwk);
      assert.equal(key.problem?.problem, problem);
      assert.match(key.problem.detail, detail);
    });
  }

  it("4096 bits are enough for a key that a client brings", () => {
    assert.equal(
      readJwk({ ...RSA, n: odd(768) }, { maxModulusBits: 4096 }).problem
        ?.problem,
      "too_large",
    );
  });
});

/** A number of 2048 bits that is 65537 to some power modulo every small prime, as the faulty generator makes them. */
function roca(): Buffer {
  const primes = [
    3n,
    5n,
    7n,
    11n,
    13n,
    17n,
    19n,
    23n,
    29n,
    31n,
    37n,
    41n,
    43n,
    47n,
    53n,
    59n,
    61n,
    67n,
    71n,
    73n,
    79n,
    83n,
    89n,
    97n,
    101n,
    103n,
    107n,
    109n,
    113n,
    127n,
    131n,
    137n,
    139n,
    149n,
    151n,
    157n,
    163n,
    167n,
  ];
  const product = primes.reduce((a, b) => a * b);
  const rest = 65537n ** 5n % product;
  const number =
    ((1n << 2047n) / (2n * product) + 1n) * 2n * product +
    rest +
    (rest % 2n === 0n ? product : 0n);
  return Buffer.from(number.toString(16), "hex");
}

describe("properties of readJwk", () => {
  it("never throws, and what it finds good the platform takes", () => {
    const member = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "AQAB",
        "P-256",
        "Ed25519",
        "ML-DSA-44",
        EC["x"],
        OKP["x"],
      ),
      fc.jsonValue(),
    );
    const anyJwk = fc.record(
      {
        kty: fc.constantFrom("oct", "RSA", "EC", "OKP", "AKP", "__proto__"),
        crv: member,
        alg: member,
        kid: member,
        use: member,
        key_ops: member,
        n: member,
        e: member,
        x: member,
        y: member,
        k: member,
        pub: member,
        d: member,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anyJwk, (jwk) => {
        const key = readJwk(jwk);
        if (key.problem === null && key.kty !== "oct")
          createPublicKey({ key: { ...jwk } as never, format: "jwk" });
      }),
      { numRuns: 2000 },
    );
  });

  it("keeps its own copy", () => {
    const jwk: Record<string, unknown> = { ...EC };
    const key = readJwk(jwk);
    jwk["x"] = "changed";
    assert.equal(key.reveal()["x"], EC["x"]);
  });

  it("finds no good modulus weak", () => {
    for (let i = 0; i < 5; i++)
      assert.equal(
        readJwk(jwkOf("rsa", { modulusLength: 2048 })).problem,
        null,
      );
  });
});
