/** What holds for every token, key and policy. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  createVerifier,
  decodeUnverified,
  examine,
  generateKey,
  isUndecided,
  keySetOf,
  sign,
  verify,
  verifySync,
  type AlgorithmName,
  type Key,
  type Policy,
} from "@assay/token";
import fc from "fast-check";

const runs = Number(process.env["ASSAY_FUZZ_RUNS"] ?? 60);
const ALGORITHMS: readonly AlgorithmName[] = [
  "HS256",
  "ES256",
  "EdDSA",
  "RS256",
  "PS256",
  "ES384",
  "HS512",
];
const keys = new Map<string, Key>();
for (const alg of ALGORITHMS) keys.set(alg, await generateKey(alg, {}));

const policyOf = (alg: string): Policy => ({
  kind: "any",
  issuer: null,
  audience: null,
  keys: keySetOf(keys.get(alg) as Key),
  algorithms: [alg],
  clock: () => 1.8e12,
});
const registered = new Set(["exp", "nbf", "iat", "iss", "sub", "aud", "jti"]);
const claims = fc
  .dictionary(
    fc.string().filter((name) => !registered.has(name) && name.isWellFormed()),
    fc.jsonValue({ maxDepth: 3 }),
    { maxKeys: 6 },
  )
  .map((value) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>);
const anyAlg = fc.constantFrom(...ALGORITHMS);

describe("properties", () => {
  it("verify(sign(x)) accepts x and gives it back", async () => {
    await fc.assert(
      fc.asyncProperty(claims, anyAlg, async (value, alg) => {
        const token = await sign(value, keys.get(alg) as Key);
        const verdict = await verify(token, policyOf(alg));
        assert.equal(verdict.outcome, "accepted");
        assert.deepEqual(
          JSON.parse(
            JSON.stringify(
              (verdict as { token: { claims: object } }).token.claims,
            ),
          ),
          value,
        );
        assert.equal(verifySync(token, policyOf(alg)).outcome, "accepted");
      }),
      { numRuns: runs },
    );
  });

  it("any change of any character is refused", async () => {
    const alphabet = Array.from(
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ",
    );
    await fc.assert(
      fc.asyncProperty(
        anyAlg,
        fc.nat(),
        fc.constantFrom(...alphabet),
        async (alg, at, character) => {
          const token = await sign(
            { sub: "someone", n: 7 },
            keys.get(alg) as Key,
          );
          const i = at % token.length;
          if (token[i] === character) return;
          const changed = token.slice(0, i) + character + token.slice(i + 1);
          assert.notEqual(
            (await verify(changed, policyOf(alg))).outcome,
            "accepted",
          );
        },
      ),
      { numRuns: runs * 3 },
    );
  });

  it("decode never throws, and verify neither", async () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string(),
      fc
        .array(fc.base64String(), { maxLength: 6 })
        .map((parts) => parts.join(".")),
      fc
        .json()
        .map(
          (text) =>
            `${Buffer.from(text).toString("base64url")}.${Buffer.from(text).toString("base64url")}.`,
        ),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        decodeUnverified(text);
        assert.notEqual(
          (await verify(text, policyOf("ES256"))).outcome,
          "accepted",
        );
      }),
      { numRuns: runs * 5 },
    );
  });

  it("verify and examine agree on the first refusal", async () => {
    const some = fc.record({
      iss: fc.constantFrom("a", "b", undefined),
      aud: fc.constantFrom("x", ["x", "y"], "z", undefined),
      exp: fc.constantFrom(1.9e9, 1.7e9, undefined),
      iat: fc.constantFrom(1.7e9, 1.9e9, undefined),
      scope: fc.constantFrom("read", "write", undefined),
    });
    await fc.assert(
      fc.asyncProperty(
        some,
        anyAlg,
        fc.boolean(),
        async (value, alg, damaged) => {
          const token =
            (await sign(
              JSON.parse(JSON.stringify(value)) as object,
              keys.get(alg) as Key,
            )) + (damaged ? "A" : "");
          const policy: Policy = {
            ...policyOf(alg),
            kind: "access_token",
            issuer: "a",
            audience: "x",
            scopes: ["read"],
          };
          const verdict = await verify(token, policy);
          const examination = await examine(token, policy);
          assert.equal(
            examination.outcome === "accepted",
            verdict.outcome === "accepted",
          );
          if (verdict.outcome !== "accepted") {
            const first = examination.steps.flatMap((report) =>
              "findings" in report ? report.findings : [],
            )[0];
            assert.equal(first?.reason, verdict.reason);
            assert.equal(
              isUndecided(verdict.reason),
              verdict.outcome === "undecided",
            );
          }
        },
      ),
      { numRuns: runs },
    );
  });

  it("a cache changes no verdict", async () => {
    let now = 1.8e12;
    const key = keys.get("ES256") as Key;
    const policy: Policy = {
      kind: "any",
      issuer: null,
      audience: null,
      keys: keySetOf(key),
      clock: () => now,
    };
    const cached = createVerifier(policy, { cacheBytes: 1 << 16 });
    const token = await sign({ exp: 1.8e9 + 60 }, key);
    assert.equal(cached.verifySync(token).outcome, "accepted");
    assert.equal(cached.verifySync(token).outcome, "accepted");
    now += 61_000;
    const late = cached.verifySync(token);
    assert.equal(
      late.outcome === "rejected" && late.reason,
      "expiration.expired",
    );
  });
});
