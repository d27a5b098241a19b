import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { exportKey } from "../keys/export-key.ts";
import { importSecret } from "../keys/import-key.ts";
import { readJwk } from "../keys/read-jwk.ts";
import { thumbprint, thumbprintInput } from "../keys/thumbprint.ts";
import { ALGORITHMS, isSymmetric, type AlgorithmName } from "./algorithms.ts";
import { generateKey } from "./generate-key.ts";
import { sign, signSync } from "./sign.ts";

const key = await generateKey("ES256", { kid: "one" });
const read = (token: string, part: number): unknown =>
  JSON.parse(
    Buffer.from(token.split(".")[part] as string, "base64url").toString(),
  );

describe("sign", () => {
  it("writes alg, typ and kid, and adds nothing to the claims", async () => {
    const token = await sign({ sub: "someone" }, key);
    assert.deepEqual(
      [read(token, 0), read(token, 1)],
      [{ alg: "ES256", typ: "JWT", kid: "one" }, { sub: "someone" }],
    );
  });
  it("lets the header say otherwise", () => {
    assert.deepEqual(
      read(signSync({}, key, { header: { typ: "at+jwt", kid: "two" } }), 0),
      { alg: "ES256", typ: "at+jwt", kid: "two" },
    );
  });

  const secret = importSecret("too short");
  const refused: readonly (readonly [string, () => string, RegExp])[] = [
    [
      "a public key",
      () => signSync({}, readJwk(exportKey(key, { secret: false }))),
      /private key.*found a public one/,
    ],
    ["no algorithm", () => signSync({}, secret), /alg is missing/],
    [
      "an unknown algorithm",
      () => signSync({}, key, { alg: "none" }),
      /found "none"/,
    ],
    [
      "another algorithm than the key's",
      () => signSync({}, key, { alg: "ES384" }),
      /may sign with ES384; found curve/,
    ],
    [
      "a short secret",
      () => signSync({}, secret, { alg: "HS256" }),
      /found too_small/,
    ],
    [
      "a key for encryption",
      () => signSync({}, readJwk({ ...key.reveal(), use: "enc" })),
      /found use/,
    ],
    [
      "a key that may only verify",
      () => signSync({}, readJwk({ ...key.reveal(), key_ops: ["verify"] })),
      /found use/,
    ],
    [
      "another alg in the header",
      () => signSync({}, key, { header: { alg: "none" } }),
      /header.alg/,
    ],
    [
      "crit",
      () => signSync({}, key, { header: { crit: ["b64"], b64: false } }),
      /header.crit/,
    ],
    [
      "a date as text",
      () => signSync({ exp: "tomorrow" }, key),
      /claims.exp: expected number; found string/,
    ],
    ["a list as claims", () => signSync([], key), /claims as an object/],
  ];
  for (const [name, run, message] of refused)
    it(`refuses ${name}`, () =>
      assert.throws(
        run,
        (error: Error) =>
          error instanceof TypeError && message.test(error.message),
      ));

  it("takes a secret that may only sign", () => {
    const jwk = {
      kty: "oct",
      k: "A".repeat(43),
      key_ops: ["sign"],
      alg: "HS256",
    };
    assert.equal(signSync({}, readJwk(jwk)).split(".").length, 3);
  });
});

describe("generateKey", () => {
  for (const alg of ALGORITHMS.keys() as Iterable<AlgorithmName>) {
    it(`${alg}: a key without a problem, named by its thumbprint, whose public half holds no secret`, async () => {
      const made = await generateKey(alg);
      assert.deepEqual([made.problem, made.alg, made.use], [null, alg, "sig"]);
      if (isSymmetric(alg)) {
        assert.equal(made.kid, null);
        assert.throws(
          () => exportKey(made, { secret: false }),
          /no public half/,
        );
        return;
      }
      assert.equal(made.kid, await thumbprint(made));
      const open = exportKey(made, { secret: false });
      assert.equal(readJwk(open).isPrivate, false);
      assert.equal(readJwk(exportKey(made, { secret: true })).isPrivate, true);
      assert.equal(await thumbprint(open), made.kid);
    });
  }
  it("refuses a small modulus and an unknown algorithm", async () => {
    await assert.rejects(
      generateKey("RS256", { bits: 1024 }),
      /expected 2048 to 8192; found 1024/,
    );
    await assert.rejects(generateKey("RS1" as AlgorithmName), /found "RS1"/);
  });
});

describe("thumbprintInput", () => {
  it("holds the members of the key alone, in their order", () => {
    assert.equal(
      thumbprintInput({
        y: "b",
        x: "a",
        crv: "P-256",
        kid: "k",
        kty: "EC",
        d: "secret",
      }),
      '{"crv":"P-256","kty":"EC","x":"a","y":"b"}',
    );
    assert.equal(
      thumbprintInput({
        kty: "AKP",
        pub: "p",
        alg: "ML-DSA-44",
        priv: "secret",
      }),
      '{"alg":"ML-DSA-44","kty":"AKP","pub":"p"}',
    );
  });
  it("refuses a key that lacks one, and a kty of a prototype", () => {
    assert.throws(
      () => thumbprintInput({ kty: "RSA", e: "AQAB" }),
      /member n as a string; found undefined/,
    );
    assert.throws(
      () => thumbprintInput({ kty: "constructor" }),
      /needs a key of kty/,
    );
  });
});
