/** What a careless or foreign caller can hand over must never turn a refusal into an acceptance. Each test proves one such way shut. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  createVerifier,
  generateKey,
  keySetOf,
  sign,
  verify,
  type Policy,
  type Presented,
} from "@assay/token";

const NOW = 1_800_000_000;
const key = await generateKey("ES256", { kid: "k1" });
const policy: Policy = {
  issuer: "https://i.example",
  audience: "api",
  keys: keySetOf(key),
  clock: () => NOW * 1000,
};
const signed = (claims: object = {}): Promise<string> =>
  sign({ iss: "https://i.example", aud: "api", exp: NOW + 60, ...claims }, key);
/** As plain JavaScript or a configuration file would hand it over: no compiler has looked. */
const unchecked = (members: object): Policy => ({ ...policy, ...members });
/** An answer of a library whose promises are not those of this realm. */
const thenable = (value: unknown): never =>
  ({
    // oxlint-disable-next-line unicorn/no-thenable -- that is what is tested
    then: (resolve: (value: unknown) => void) => resolve(value),
  }) as never;
async function outcome(
  presented: string | Presented,
  given: Policy = policy,
): Promise<string> {
  const verdict = await verify(presented, given);
  return verdict.outcome === "accepted" ? "accepted" : verdict.reason;
}

describe("a policy that no compiler has checked", () => {
  const wrong: readonly [string, object][] = [
    [
      "a tolerance as text, which would be appended to exp",
      { clockTolerance: "60" },
    ],
    [
      "a tolerance without end, with which nothing expires",
      { clockTolerance: Infinity },
    ],
    [
      "an age that is no number, beyond which nothing lies",
      { maxAge: Number.NaN },
    ],
    [
      "a binding that is misspelt, and would not be asked for",
      { binding: "mTLS" },
    ],
    ["a scheme that is misspelt, and would want no proof", { scheme: "dpop" }],
    ["a kind that does not exist", { kind: "access token" }],
    [
      "parties as text, of which any part would do",
      { authorizedParties: "my-client" },
    ],
    ["algorithms as text", { algorithms: "RS256" }],
    ["nonces as text, of which any part would do", { dpopNonces: "n-1" }],
    ["an audience that is no text", { audience: [undefined] }],
    ["an issuer that is no text", { issuer: 5 }],
  ];
  for (const [name, members] of wrong)
    it(`refuses ${name}`, () =>
      assert.throws(() => createVerifier(unchecked(members)), {
        name: "TypeError",
        message: new RegExp(`policy\\.${Object.keys(members)[0]}`),
      }));

  it("is judged anew when it was changed between two calls", async () => {
    const changing: { -readonly [M in keyof Policy]: Policy[M] } = {
      ...policy,
    };
    const token = await signed();
    assert.equal(await outcome(token, changing), "accepted");
    changing.audience = "another";
    assert.equal(await outcome(token, changing), "audience.mismatch");
  });
});

describe("a clock that tells no time", () => {
  for (const [name, clock] of [
    ["not a number", () => Number.NaN],
    ["a promise", async () => NOW * 1000],
  ] as const)
    it(`${name}: an expired token is not accepted, the caller is told`, async () =>
      assert.rejects(
        verify(await signed({ exp: 1 }), unchecked({ clock })),
        /policy\.clock/,
      ));
});

describe("answers that are promises of another realm", () => {
  it("a replay store that knows the assertion", async () =>
    assert.equal(
      await outcome(
        await signed({ sub: "https://i.example", jti: "1" }),
        unchecked({
          kind: "client_assertion",
          replay: { remember: () => thenable(false) },
        }),
      ),
      "binding.replayed",
    ));
  it("a revocation source that knows the token", async () =>
    assert.equal(
      await outcome(
        await signed(),
        unchecked({
          revocation: {
            check: () =>
              thenable([{ reason: "revocation.unavailable", evidence: {} }]),
          },
        }),
      ),
      "revocation.unavailable",
    ));
  it("a schema that does not fit", async () =>
    assert.equal(
      await outcome(
        await signed(),
        unchecked({
          schema: {
            "~standard": {
              version: 1,
              vendor: "test",
              validate: () => thenable({ issues: [{ message: "no" }] }),
            },
          },
        }),
      ),
      "audience.claim_mismatch",
    ));
  it("a revocation source that answers with no list is misuse, and accepts nothing", async () =>
    assert.rejects(
      verify(
        await signed(),
        unchecked({ revocation: { check: () => true as never } }),
      ),
      TypeError,
    ));
});

describe("single use of client assertions", () => {
  const once = (seen: number[] = []): Policy => ({
    ...policy,
    kind: "client_assertion",
    clockTolerance: 30,
    replay: { remember: (_, __, until) => seen.push(until) > 0 },
  });
  it("an assertion without jti cannot be remembered, and is refused", async () =>
    assert.equal(
      await outcome(await signed({ sub: "https://i.example" }), once()),
      "audience.claim_missing",
    ));
  it("is remembered for as long as the tolerance accepts it", async () => {
    const seen: number[] = [];
    await outcome(
      await signed({ sub: "https://i.example", jti: "1" }),
      once(seen),
    );
    assert.deepEqual(seen, [NOW + 60 + 30]);
  });
});

describe("a bound token", () => {
  for (const bound of [null, ""])
    it(`no certificate does not match a binding to ${JSON.stringify(bound)}`, async () =>
      assert.equal(
        await outcome(
          {
            token: await signed({ cnf: { "x5t#S256": bound } }),
            certificateThumbprint: bound as string,
          },
          { ...policy, binding: "mtls" },
        ),
        "binding.proof_missing",
      ));
  for (const name of ["jkt", "x5t#S256"])
    it(`a ${name} of the wrong type does not make it a bearer token`, async () =>
      assert.equal(
        await outcome(await signed({ cnf: { [name]: 5 } })),
        "binding.proof_missing",
      ));
});

describe("the cache of verified tokens", () => {
  it("counts a token once that is verified twice at the same time, and keeps its room", async () => {
    let lookups = 0;
    const keys = keySetOf(key);
    const source = {
      async lookup() {
        lookups++;
        return keys;
      },
    };
    const token = await signed();
    const verifier = createVerifier(
      { ...policy, keys: source },
      { cacheBytes: token.length * 8 },
    );
    const both = () =>
      Promise.all([verifier.verify(token), verifier.verify(token)]);
    for (const verdict of [...(await both()), ...(await both())])
      assert.equal(verdict.outcome, "accepted");
    const before = lookups;
    await verifier.verify(token);
    assert.equal(
      lookups - before,
      1,
      "one lookup asks whether the key is held still",
    );
  });
});

describe("a token that comes again", () => {
  it("is kept from the second time on, and one that comes once is not", async () => {
    const verifier = createVerifier(policy, { cacheBytes: 100_000 });
    const token = await signed();
    const claims = () => {
      const verdict = verifier.verifySync(token);
      return verdict.outcome === "accepted" ? verdict.token.claims : null;
    };
    const [once, twice, again] = [claims(), claims(), claims()];
    assert.ok(once && twice);
    assert.notEqual(once, twice);
    assert.equal(again, twice, "the same object, and it is frozen");
    assert.ok(Object.isFrozen(again));
  });

  it("gives nothing away to another with the end of its signature", async () => {
    const verifier = createVerifier(policy, { cacheBytes: 100_000 });
    const token = await signed();
    for (let i = 0; i < 3; i++)
      assert.equal(verifier.verifySync(token).outcome, "accepted");
    const [header, , signature] = token.split(".");
    const payload = Buffer.from('{"sub":"other"}').toString("base64url");
    for (let i = 0; i < 3; i++) {
      const verdict = verifier.verifySync(`${header}.${payload}.${signature}`);
      assert.equal(verdict.outcome === "rejected" && verdict.step, "signature");
    }
  });
});

describe("what a refusal hands out", () => {
  it("cannot be changed for the next token of the same header", async () => {
    const header = Buffer.from('{"alg":"ES256","kid":5}').toString("base64url");
    const token = (await signed()).replace(/^[^.]*/, header);
    const first = await verify(token, policy);
    assert.ok(first.outcome === "rejected" && first.reason === "format.header");
    assert.throws(() => {
      (first.evidence as { member: string }).member = "changed";
    }, TypeError);
  });
});

describe("a header that is not there", () => {
  it("may be null, as some frameworks have it", async () =>
    assert.equal(
      await outcome({ request: { headers: { authorization: null as never } } }),
      "request.token_missing",
    ));
});
