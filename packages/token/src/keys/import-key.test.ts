import assert from "node:assert/strict";
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import fc from "fast-check";
import type { Jwk } from "../crypto/platform.ts";
import { importKey, importKeys, importSecret } from "./import-key.ts";

const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" });

const pairs: readonly (readonly [
  string,
  { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
])[] = [
  ["RSA", generateKeyPairSync("rsa", { modulusLength: 2048 })],
  ["P-256", p256],
  ["P-384", generateKeyPairSync("ec", { namedCurve: "P-384" })],
  ["P-521", generateKeyPairSync("ec", { namedCurve: "P-521" })],
  ["secp256k1", generateKeyPairSync("ec", { namedCurve: "secp256k1" })],
  ["Ed25519", generateKeyPairSync("ed25519")],
  ["Ed448", generateKeyPairSync("ed448")],
  ["ML-DSA-44", generateKeyPairSync("ml-dsa-44")],
  ["ML-DSA-65", generateKeyPairSync("ml-dsa-65")],
  ["ML-DSA-87", generateKeyPairSync("ml-dsa-87")],
];

const jwkOf = (key: KeyObject): Jwk => ({ ...key.export({ format: "jwk" }) });

/** Every form in which node:crypto writes this key. */
function formsOf(
  name: string,
  {
    publicKey,
    privateKey,
  }: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
): (readonly [string, string | Buffer, object])[] {
  const forms: (readonly [string, string | Buffer, object])[] = [];
  for (const format of ["pem", "der"] as const) {
    forms.push([
      `SPKI ${format}`,
      publicKey.export({ type: "spki", format } as never),
      jwkOf(publicKey),
    ]);
    forms.push([
      `PKCS#8 ${format}`,
      privateKey.export({ type: "pkcs8", format } as never),
      jwkOf(privateKey),
    ]);
    if (name === "RSA") {
      forms.push([
        `PKCS#1 public ${format}`,
        publicKey.export({ type: "pkcs1", format } as never),
        jwkOf(publicKey),
      ]);
      forms.push([
        `PKCS#1 private ${format}`,
        privateKey.export({ type: "pkcs1", format } as never),
        jwkOf(privateKey),
      ]);
    }
    if (privateKey.asymmetricKeyType === "ec")
      forms.push([
        `SEC 1 ${format}`,
        privateKey.export({ type: "sec1", format } as never),
        jwkOf(privateKey),
      ]);
  }
  return forms;
}

describe("importKey gives what node:crypto gives", () => {
  for (const [name, pair] of pairs) {
    for (const [form, material, expected] of formsOf(name, pair)) {
      it(`${name} ${form}`, () => {
        const key = importKey(material);
        assert.equal(key.problem, null);
        assert.deepEqual(sorted(key.reveal()), sorted(expected));
      });
    }
    it(`${name} JWK, as object and as text, with labels`, () => {
      const jwk = jwkOf(pair.publicKey);
      for (const material of [
        jwk,
        JSON.stringify(jwk),
        `\uFEFF ${JSON.stringify(jwk)}\n`,
      ]) {
        const key = importKey(material, { kid: "one", use: "sig" });
        assert.deepEqual([key.problem, key.kid, key.use], [null, "one", "sig"]);
      }
    });
  }
});

const sorted = (jwk: object): object =>
  Object.fromEntries(
    Object.entries(jwk).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

// A certificate for P-256, made for this test and used nowhere else.
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBfzCCASWgAwIBAgIUIOJS02YtLHuULAyLY0L+ZCPcYRgwCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKdG9rZW4gdGVzdDAeFw0yNjExMjQwMTUzMDVaFw0zNjExMjEw
MTUzMDVaMBUxEzARBgNVBAMMCnRva2VuIHRlc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASK33D+2hYkCpPCwK7Go3APHFihcfeq0lgBni3mS+CODXV67GrV+vaO
ZNEI0shIQ61A7AQAykv05tqKQaFm24g4o1MwUTAdBgNVHQ4EFgQUSbdIUS3fp5fR
aWSY9GscxVj0JtUwHwYDVR0jBBgwFoAUSbdIUS3fp5fRaWSY9GscxVj0JtUwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAygLrKiPxIWJxWOyMD+Qw
8Aa7mp5SedR6sSAeoouHEY8CICNChV5pMNjQpEWtOe1DbhiNtEU9uTd2y2eHpQmb
dZ70
-----END CERTIFICATE-----
`;

describe("importKey", () => {
  it("takes the key of a certificate, and the first of a chain", () => {
    const expected = jwkOf(createPublicKey(CERTIFICATE));
    assert.deepEqual(importKey(CERTIFICATE).reveal(), expected);
    assert.deepEqual(
      importKey(`Subject: test\n${CERTIFICATE}\n${CERTIFICATE}`).reveal(),
      expected,
    );
  });

  it("completes a private key whose form leaves the public half out", () => {
    const { privateKey } = p256;
    const { d } = privateKey.export({ format: "jwk" });
    const bare = Buffer.concat([
      Buffer.from("30310201010420", "hex"),
      Buffer.from(d as string, "base64url"),
      Buffer.from("a00a06082a8648ce3d030107", "hex"),
    ]);
    assert.deepEqual(
      sorted(importKey(bare).reveal()),
      sorted(
        jwkOf(createPrivateKey({ key: bare, format: "der", type: "sec1" })),
      ),
    );
  });

  it("skips the curve that stands before an EC key", () => {
    const { privateKey } = p256;
    const pem = privateKey.export({ type: "sec1", format: "pem" });
    assert.equal(
      importKey(
        `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${pem}`,
      ).crv,
      "P-256",
    );
  });

  it("says that a key for key agreement is none for signatures", () => {
    assert.equal(
      importKey(
        Buffer.from("302a300506032b656e032100" + "11".repeat(32), "hex"),
      ).problem?.problem,
      "unsupported",
    );
  });

  it("takes every key of a set, and one key of a set of one", () => {
    const keys = pairs.map(([, { publicKey }]) => jwkOf(publicKey));
    assert.equal(importKeys(JSON.stringify({ keys })).length, keys.length);
    assert.equal(importKey({ keys: keys.slice(0, 1) }).kty, "RSA");
    assert.throws(() => importKey({ keys }), /expected one key, found 10/);
  });

  const pem = p256.publicKey.export({ type: "spki", format: "pem" });
  const refusals: readonly (readonly [
    string,
    string | Uint8Array | object,
    RegExp,
  ])[] = [
    [
      "escaped newlines",
      pem.replaceAll("\n", "\\n"),
      /damaged PEM \(escaped newlines\)/,
    ],
    ["one line", pem.replaceAll("\n", " "), /damaged PEM \(line breaks\)/],
    ["no end", pem.slice(0, 100), /damaged PEM \(no end\)/],
    [
      "two labels",
      pem.replace("END PUBLIC", "END PRIVATE"),
      /damaged PEM \(label\)/,
    ],
    ["foreign characters", pem.replace("\nM", "\n*"), /damaged PEM \(base64\)/],
    [
      "a wrong label",
      pem.replaceAll("PUBLIC KEY", "RSA PUBLIC KEY"),
      /a PEM key \(pkcs1-public\): expected/,
    ],
    [
      "an unknown label",
      pem.replaceAll("PUBLIC KEY", "PGP MESSAGE"),
      /found a PEM labelled PGP MESSAGE/,
    ],
    [
      "an encrypted key",
      p256.privateKey.export({
        type: "pkcs8",
        format: "pem",
        cipher: "aes-128-cbc",
        passphrase: "x",
      }),
      /encrypted private key: decrypt it first/,
    ],
    [
      "base64 of a PEM",
      Buffer.from(pem).toString("base64"),
      /found base64 of a PEM/,
    ],
    [
      "base64 of DER",
      pem.replace(/-----.*-----\n/g, "").replaceAll("\n", ""),
      /found base64 of DER/,
    ],
    [
      "an SSH key",
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJd0 someone",
      /found an SSH public key/,
    ],
    ["a word", "correct horse battery staple", /found text of 28 characters/],
    [
      "a compressed point",
      Buffer.from(
        "3039301306072a8648ce3d020106082a8648ce3d03010703220002" +
          "11".repeat(32),
        "hex",
      ),
      /found a compressed one/,
    ],
    ["an object without kty", { n: "AQ" }, /found an object without kty/],
    ["no bytes", new Uint8Array(), /a DER key: expected one value, found 0/],
  ];
  for (const [name, material, message] of refusals) {
    it(`refuses ${name}, and quotes nothing of it`, () => {
      assert.throws(
        () => importKey(material as string),
        (error: TypeError) =>
          error instanceof TypeError &&
          message.test(error.message) &&
          !error.message.includes("MFkw"),
      );
    });
  }

  it("answers any bytes and any text with a key or a TypeError", () => {
    const der = pairs.map(([, { publicKey }]) =>
      publicKey.export({ type: "spki", format: "der" }),
    );
    const damaged = fc
      .tuple(
        fc.constantFrom(...der),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
      )
      .map(([bytes, at, change]) => {
        const copy = Uint8Array.from(bytes);
        const place = at % copy.length;
        copy[place] = (copy[place] as number) ^ change;
        return copy;
      });
    fc.assert(
      fc.property(
        fc.oneof(
          damaged,
          fc.uint8Array(),
          fc.string(),
          fc
            .string()
            .map(
              (body) =>
                `-----BEGIN PUBLIC KEY-----\n${body}\n-----END PUBLIC KEY-----`,
            ),
        ),
        (material) => {
          try {
            importKey(material);
          } catch (error) {
            assert.ok(error instanceof TypeError, String(error));
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe("importSecret", () => {
  const bytes = Buffer.from("fb".repeat(33), "hex");
  for (const encoding of ["hex", "base64", "base64url"] as const) {
    it(`reads ${encoding}`, () => {
      assert.deepEqual(
        importSecret(bytes.toString(encoding), { encoding }).reveal(),
        importSecret(bytes).reveal(),
      );
      assert.throws(
        () => importSecret("no:secret", { encoding }),
        new TypeError(
          `expected a secret in ${encoding}, found text of 9 characters that is not`,
        ),
      );
    });
  }

  it("takes text as UTF-8, and says that nothing is no secret", () => {
    assert.equal(importSecret("pässword").bits, 72);
    assert.equal(importSecret("").problem?.problem, "too_small");
  });

  it("shows the secret nowhere", () => {
    const key = importSecret("hunter2hunter2hunter2hunter2hunter2");
    assert.ok(
      !/hunter2|aHVudGVyM/.test(
        JSON.stringify(key) + inspect(key, { depth: 9, showHidden: true }),
      ),
    );
  });
});
