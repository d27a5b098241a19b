/** Both platforms answer alike: each verifies what the other signs, and both accept the same texts. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { inspectBase64url } from "../encoding/base64url.ts";
import { ALGORITHMS, type AlgorithmName } from "../signing/algorithms.ts";
import { platform as node } from "./node.ts";
import type { Jwk, Platform } from "./platform.ts";
import { platform as web } from "./web.ts";

/** Where each algorithm was tried; WebCrypto has no secp256k1. */
const EVERYWHERE: readonly AlgorithmName[] = (
  [...ALGORITHMS.keys()] as AlgorithmName[]
).filter((alg) => alg !== "ES256K");

describe("what one platform signs, the other verifies", () => {
  for (const alg of ALGORITHMS.keys() as Iterable<AlgorithmName>) {
    it(alg, async () => {
      assert.equal(await node.supports(alg), true);
      assert.equal(await web.supports(alg), EVERYWHERE.includes(alg));
      for (const signer of [node, web]) {
        if (!(await signer.supports(alg))) continue;
        const jwk = await signer.generate(alg, 2048);
        const signature = await signer.sign(
          alg,
          await signer.importSignKey(jwk, alg),
          "head.body",
        );
        for (const verifier of [node, web])
          if (await verifier.supports(alg))
            await checkVerifier(verifier, alg, jwk, signature);
      }
    });
  }
});

async function checkVerifier(
  verifier: Platform,
  alg: AlgorithmName,
  jwk: Jwk,
  signature: Uint8Array,
): Promise<void> {
  const key = await verifier.importVerifyKey(jwk, alg);
  const { length } = signature;
  const altered = Uint8Array.from(signature, (byte, i) =>
    i === length >> 1 ? byte ^ 1 : byte,
  );
  const zero = (from: number, to: number): Uint8Array =>
    Uint8Array.from(signature, (byte, i) => (i >= from && i < to ? 0 : byte));
  const cases: readonly (readonly [
    string,
    string | Uint8Array,
    Uint8Array,
    boolean,
  ])[] = [
    ["the signature", "head.body", signature, true],
    [
      "the same text as bytes",
      new TextEncoder().encode("head.body"),
      signature,
      true,
    ],
    ["another text", "head.bodz", signature, false],
    ["another byte", "head.body", altered, false],
    ["a byte less", "head.body", signature.subarray(1), false],
    ["a byte more", "head.body", Uint8Array.of(...signature, 0), false],
    ["nothing", "head.body", new Uint8Array(), false],
    ["r = 0", "head.body", zero(0, length / 2), false],
    ["s = 0", "head.body", zero(length / 2, length), false],
    ["zeros", "head.body", new Uint8Array(length), false],
  ];
  for (const [name, data, tried, expected] of cases) {
    assert.equal(
      await verifier.verify(alg, key, data, tried),
      expected,
      `${verifier.name} ${alg}: ${name}`,
    );
  }
}

describe("a key is bound to its algorithm", () => {
  for (const platform of [node, web]) {
    it(platform.name, async () => {
      const jwk = await platform.generate("RS256", 2048);
      const key = await platform.importVerifyKey(jwk, "RS256");
      await assert.rejects(
        async () => platform.verify("PS256", key, "a.b", new Uint8Array(256)),
        /made ready for RS256; found PS256/,
      );
    });
  }
});

describe("digests and encodings agree", () => {
  it("digest", async () => {
    for (const hash of ["sha1", "sha256", "sha384", "sha512"] as const)
      assert.deepEqual(
        Buffer.from(await web.digest(hash, "é")),
        Buffer.from(await node.digest(hash, "é")),
      );
    assert.equal(
      await web.fingerprint("token"),
      await node.fingerprint("token"),
    );
  });

  const letters = fc.string({
    unit: fc.constantFrom(
      ...Array.from(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/= \n\u0141\u{1F600}",
      ),
    ),
  });
  /** Old engines have neither fromBase64 nor toBase64: the same must come out by atob and btoa. */
  const withoutNewMethods = <T>(run: () => T): T => {
    const [from, to] = [
      Reflect.get(Uint8Array, "fromBase64"),
      Reflect.get(Uint8Array.prototype, "toBase64"),
    ];
    Object.assign(Uint8Array, { fromBase64: undefined });
    Object.assign(Uint8Array.prototype, { toBase64: undefined });
    try {
      return run();
    } finally {
      Object.assign(Uint8Array, { fromBase64: from });
      Object.assign(Uint8Array.prototype, { toBase64: to });
    }
  };

  it("a text decodes exactly when inspectBase64url finds nothing, and then writes itself again", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          letters,
          fc.base64String(),
          fc.string(),
          fc.uint8Array().map((bytes) => node.encodeBase64url(bytes)),
        ),
        (text) => {
          const fault = inspectBase64url(text);
          for (const bytes of [
            node.decodeBase64url(text),
            web.decodeBase64url(text),
            withoutNewMethods(() => web.decodeBase64url(text)),
          ]) {
            assert.equal(bytes === null, fault !== null, JSON.stringify(text));
            if (bytes)
              assert.deepEqual(
                [
                  node.encodeBase64url(bytes),
                  web.encodeBase64url(bytes),
                  withoutNewMethods(() => web.encodeBase64url(bytes)),
                ],
                [text, text, text],
              );
          }
        },
      ),
      { numRuns: 5000 },
    );
  });

  it("bytes are text exactly when they are valid UTF-8", () => {
    const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc
        .string({ unit: "binary" })
        .map((text) => new TextEncoder().encode(text)),
      fc.constant(Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b)),
      fc.constant(Uint8Array.of(0xef, 0xbf, 0xbd)),
      fc.constant(Uint8Array.of(0xed, 0xa0, 0x80)),
    );
    fc.assert(
      fc.property(bytes, (input) => {
        let expected: string | null = null;
        try {
          expected = strict.decode(input);
        } catch {}
        for (const platform of [node, web])
          assert.deepEqual(
            [
              platform.decodeUtf8(input),
              platform.decodeText(platform.encodeBase64url(input)),
            ],
            [expected, expected],
          );
      }),
      { numRuns: 2000 },
    );
  });

  it("a text longer than any scratch space decodes too", () => {
    const text = "é".repeat(80_000);
    for (const platform of [node, web])
      assert.equal(
        platform.decodeText(
          platform.encodeBase64url(new TextEncoder().encode(text)),
        ),
        text,
      );
  });
});
