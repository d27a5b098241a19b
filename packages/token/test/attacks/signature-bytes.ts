/** Rows 12 to 19: the bytes of a signature, and the strength of a key. */
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, randomBytes } from "node:crypto";
import {
  accepted,
  base64url,
  claiming,
  compact,
  ec,
  ec384,
  es,
  good,
  hs256,
  jwkOf,
  octOf,
  ps,
  refused,
  rs,
  rsa,
  rsaBlock,
  secret,
  withKeys,
  type Row,
} from "./forge.ts";

/** The order of P-256 (FIPS 186-5, SEC 2). */
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const bytes = (value: bigint, length = 32): Buffer =>
  Buffer.from(value.toString(16).padStart(length * 2, "0"), "hex");
const header = { alg: "ES256", kid: "k" };
const RS256 = { alg: "RS256", kid: "k" };
const rsaKey = withKeys(jwkOf(rsa.publicKey, { kid: "k" }));

const digestInfo = Buffer.from("3031300d060960864801650304020105000420", "hex");
const sha = (name: string, data: Uint8Array | string): Buffer =>
  createHash(name).update(data).digest();
const block = (
  padding: Uint8Array,
  info: Uint8Array,
  after: Uint8Array = Buffer.alloc(0),
): Buffer =>
  Buffer.concat([Buffer.from([0, 1]), padding, Buffer.from([0]), info, after]);
const ff = (length: number): Buffer => Buffer.alloc(length, 0xff);

/** MGF1 (RFC 8017 appendix B.2.1). */
function mgf1(hash: string, seed: Uint8Array, length: number): Buffer {
  const parts: Buffer[] = [];
  for (let i = 0; parts.length * 20 < length + 64; i++)
    parts.push(sha(hash, Buffer.concat([seed, bytes(BigInt(i), 4)])));
  return Buffer.concat(parts).subarray(0, length);
}

/** EMSA-PSS (RFC 8017 section 9.1.1) with any hash for the mask. */
function pss(input: string, mask: string, saltLength: number): Buffer {
  const salt = randomBytes(saltLength);
  const hashed = sha(
    "sha256",
    Buffer.concat([Buffer.alloc(8), sha("sha256", input), salt]),
  );
  const data = Buffer.concat([
    Buffer.alloc(256 - 32 - 1 - saltLength - 1),
    Buffer.from([1]),
    salt,
  ]);
  const masked = data.map(
    (byte, i) => byte ^ (mgf1(mask, hashed, data.length)[i] as number),
  );
  masked[0] = (masked[0] as number) & 0x7f;
  return Buffer.concat([masked, hashed, Buffer.from([0xbc])]);
}

/** A modulus as the faulty generator of CVE-2017-15361 made them: modulo each small prime, a power of 65537. */
function rocaModulus(): bigint {
  const primes = Array.from({ length: 166 }, (_, i) => i + 2).filter(
    (n) =>
      !Array.from({ length: n - 2 }, (_, i) => i + 2).some((d) => n % d === 0),
  );
  const product = primes.reduce((a, b) => a * BigInt(b), 1n);
  let power = 1n;
  for (let i = 0; i < 1009; i++) power = (power * 65537n) % product;
  return (
    (((1n << 2047n) + BigInt(`0x${randomBytes(200).toString("hex")}`)) /
      product) *
      product +
    power
  );
}

export const rows: readonly Row[] = [
  {
    row: 12,
    name: "zero or out-of-range ECDSA signature",
    async run() {
      for (const r of [0n, 1n, N - 1n, N]) {
        for (const s of [0n, 1n, N - 1n, N])
          await refused(
            "signature.mismatch",
            compact(header, good(), () => Buffer.concat([bytes(r), bytes(s)])),
          );
      }
      await refused(
        "signature.mismatch",
        compact(header, good(), () => Buffer.from("MAYCAQACAQA", "base64")),
      );
    },
  },
  {
    row: 13,
    name: "DER encoded ECDSA signature",
    async run() {
      await refused(
        "signature.mismatch",
        compact(header, good(), es(ec.privateKey, "der")),
      );
      const p384 = withKeys(jwkOf(ec384.publicKey, { kid: "k" }));
      await refused(
        "signature.mismatch",
        compact(
          { alg: "ES384", kid: "k" },
          good(),
          es(ec384.privateKey, "der", "sha384"),
        ),
        p384,
      );
      const p521 = generateKeyPairSync("ec", { namedCurve: "P-521" });
      const changes = withKeys(jwkOf(p521.publicKey, { kid: "k" }));
      await accepted(
        compact(
          { alg: "ES512", kid: "k" },
          good(),
          es(p521.privateKey, "ieee-p1363", "sha512"),
        ),
        changes,
      );
      await refused(
        "signature.mismatch",
        compact(
          { alg: "ES512", kid: "k" },
          good(),
          es(p521.privateKey, "der", "sha512"),
        ),
        changes,
      );
    },
  },
  {
    row: 14,
    name: "(r, n-s)",
    async run() {
      const token = claiming({});
      const signature = Buffer.from(
        token.slice(token.lastIndexOf(".") + 1),
        "base64url",
      );
      const s = BigInt(`0x${signature.subarray(32).toString("hex")}`);
      const twin =
        token.slice(0, token.lastIndexOf(".") + 1) +
        base64url(Buffer.concat([signature.subarray(0, 32), bytes(N - s)]));
      assert.notEqual(twin, token);
      await accepted(token);
      await accepted(twin);
    },
  },
  {
    row: 15,
    name: "RSA PKCS#1 v1.5 padding and DigestInfo variants",
    async run() {
      const forge = (make: (hash: Buffer) => Uint8Array): string =>
        compact(
          RS256,
          good(),
          rsaBlock(rsa.privateKey, (input) => make(sha("sha256", input))),
        );
      await accepted(
        forge((hash) => block(ff(202), Buffer.concat([digestInfo, hash]))),
        rsaKey,
      );
      const without = Buffer.from("302f300b06096086480165030402010420", "hex");
      const sha1Info = Buffer.from("3021300906052b0e03021a05000414", "hex");
      const variants: readonly ((hash: Buffer) => Uint8Array)[] = [
        (hash) => block(ff(204), Buffer.concat([without, hash])),
        (hash) =>
          block(ff(8), Buffer.concat([digestInfo, hash]), Buffer.alloc(194)),
        (hash) =>
          block(ff(0), Buffer.concat([digestInfo, hash]), randomBytes(202)),
        (hash) => block(ff(221), hash),
        (hash) =>
          block(
            ff(202),
            Buffer.concat([Buffer.from(digestInfo).fill(2, 14, 15), hash]),
          ),
        (hash) => block(Buffer.alloc(202), Buffer.concat([digestInfo, hash])),
        (hash) =>
          block(ff(218), Buffer.concat([sha1Info, hash.subarray(0, 20)])),
        (hash) =>
          Buffer.concat([
            Buffer.from([0, 2]),
            ff(202),
            Buffer.from([0]),
            digestInfo,
            hash,
          ]),
        (hash) => Buffer.concat([Buffer.alloc(205), digestInfo, hash]),
      ];
      for (const variant of variants)
        await refused("signature.mismatch", forge(variant), rsaKey);
    },
  },
  {
    row: 16,
    name: "PSS with another salt length or MGF hash",
    async run() {
      const PS256 = { alg: "PS256", kid: "k" };
      await accepted(
        compact(
          PS256,
          good(),
          rsaBlock(rsa.privateKey, (input) => pss(input, "sha256", 32)),
        ),
        rsaKey,
      );
      for (const salt of [0, 20, 31, 33, 222])
        await refused(
          "signature.mismatch",
          compact(PS256, good(), ps(rsa.privateKey, salt)),
          rsaKey,
        );
      for (const mask of ["sha1", "sha384"])
        await refused(
          "signature.mismatch",
          compact(
            PS256,
            good(),
            rsaBlock(rsa.privateKey, (input) => pss(input, mask, 32)),
          ),
          rsaKey,
        );
      await refused(
        "signature.mismatch",
        compact(PS256, good(), rs(rsa.privateKey)),
        rsaKey,
      );
    },
  },
  {
    row: 17,
    name: "RSA 1024, e = 1, e even, ROCA modulus",
    async run() {
      const small = generateKeyPairSync("rsa", { modulusLength: 1024 });
      await refused(
        "signature.key_unsuitable",
        compact(RS256, good(), rs(small.privateKey)),
        withKeys(jwkOf(small.publicKey, { kid: "k" })),
        { problem: "too_small" },
      );
      // With e = 1 the padded hash is its own signature.
      const itself = compact(RS256, good(), (input) =>
        block(ff(202), Buffer.concat([digestInfo, sha("sha256", input)])),
      );
      for (const [e, problem] of [
        ["AQ", "exponent"],
        ["Ag", "exponent"],
        ["AQAA", "exponent"],
        ["AAAAAAAAAAEAAQ", "member"],
        ["AQAAAAAB", "exponent"],
      ]) {
        await refused(
          "signature.key_unsuitable",
          itself,
          withKeys(jwkOf(rsa.publicKey, { kid: "k", e })),
          { problem },
        );
      }
      const roca = {
        kty: "RSA",
        kid: "k",
        e: "AQAB",
        n: base64url(bytes(rocaModulus(), 256)),
      };
      await refused("signature.key_unsuitable", itself, withKeys(roca), {
        problem: "weak",
      });
    },
  },
  {
    row: 18,
    name: "short, empty or guessable HMAC secret",
    async run() {
      const hmac = { algorithms: ["HS256", "HS384", "HS512"] };
      for (const weak of ["", "k", "secret", "x".repeat(31)]) {
        const changes = {
          ...withKeys(octOf(Buffer.from(weak), { kid: "k" })),
          ...hmac,
        };
        await refused(
          "signature.key_unsuitable",
          compact({ alg: "HS256", kid: "k" }, good(), hs256(weak)),
          changes,
          { problem: "too_small" },
        );
      }
      const changes = { ...withKeys(octOf(secret, { kid: "k" })), ...hmac };
      await accepted(
        compact({ alg: "HS256", kid: "k" }, good(), hs256(secret)),
        changes,
      );
      for (const alg of ["HS384", "HS512"])
        await refused(
          "signature.key_unsuitable",
          compact({ alg, kid: "k" }, good(), hs256(secret)),
          changes,
          { problem: "too_small" },
        );
    },
  },
  {
    row: 19,
    name: "truncated MAC",
    async run() {
      const changes = {
        ...withKeys(octOf(secret, { kid: "k" })),
        algorithms: ["HS256"],
      };
      for (const length of [1, 16, 31])
        await refused(
          "signature.mismatch",
          compact({ alg: "HS256", kid: "k" }, good(), (input) =>
            hs256(secret)(input).subarray(0, length),
          ),
          changes,
        );
      await refused(
        "signature.mismatch",
        compact({ alg: "HS256", kid: "k" }, good(), (input) =>
          Buffer.concat([hs256(secret)(input), Buffer.alloc(1)]),
        ),
        changes,
      );
    },
  },
];
