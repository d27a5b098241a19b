/** Signatures that are computed together: each answer belongs to its own question, and who cannot wait does not. */
import assert from "node:assert/strict";
import { generateKeyPair, pbkdf2 } from "node:crypto";
import { availableParallelism } from "node:os";
import { describe, it, mock } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { promisify } from "node:util";
import fc from "fast-check";
import {
  createVerifier,
  generateKey,
  handleFor,
  keySetOf,
  sign,
  signSync,
  verifyJws,
  verifySync,
  type AlgorithmName,
  type Key,
  type Policy,
  type Verdict,
} from "../index.ts";
import { platform } from "./node.ts";
import type { Jwk, MaybePromise } from "./platform.ts";

const ALGORITHMS = ["RS256", "ES256", "EdDSA", "PS256"] as const;
const OF_EACH = 8;

const keys = new Map<AlgorithmName, Key>();
for (const alg of ALGORITHMS)
  keys.set(alg, await generateKey(alg, { kid: alg }));
const keyOf = (alg: AlgorithmName): Key => keys.get(alg) as Key;

const policy: Policy = {
  kind: "any",
  issuer: null,
  audience: null,
  keys: keySetOf(...keys.values()),
  algorithms: ALGORITHMS,
};
const verifier = createVerifier(policy);

const nameOf = (alg: string, number: number): string => `${alg} ${number}`;
const tokens = new Map<string, readonly string[]>();
for (const alg of ALGORITHMS)
  for (let number = 0; number < OF_EACH; number++) {
    const token = signSync({ sub: nameOf(alg, number) }, keyOf(alg));
    tokens.set(nameOf(alg, number), token.split("."));
  }
const partsOf = (alg: string, number: number): readonly string[] =>
  tokens.get(nameOf(alg, number % OF_EACH)) as readonly string[];
const good = partsOf("RS256", 0).join(".");

/** How a good token is made a bad one, out of its own parts and those of its neighbour. */
const FLAWS = {
  none: (own: readonly string[]) => own,
  "a changed byte": ([head, body, signature = ""]: readonly string[]) => {
    const bytes = Buffer.from(signature, "base64url");
    bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
    return [head, body, bytes.toString("base64url")];
  },
  "another's signature": (
    [head, body]: readonly string[],
    [, , signature]: readonly string[],
  ) => [head, body, signature],
  "another's claims": (
    [head, , signature]: readonly string[],
    [, body]: readonly string[],
  ) => [head, body, signature],
};

/** So many came alone that the next one waits for company. */
function expectCompany(): void {
  for (let i = 0; i < 16; i++) verifySync(good, policy);
}

/** Runs all items in their order, so many at a time. */
async function inFlight<T>(
  atATime: number,
  items: readonly T[],
  run: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const takeSome = async (): Promise<void> => {
    for (const item of left) await run(item);
  };
  await Promise.all(Array.from({ length: atATime }, takeSome));
}

/** The answers, of which none is there yet. */
function later<T>(answers: readonly MaybePromise<T>[]): Promise<T[]> {
  for (const answer of answers) assert.ok(answer instanceof Promise);
  return Promise.all(answers as readonly Promise<T>[]);
}

const saidOf = (verdict: Verdict): unknown =>
  verdict.outcome === "accepted"
    ? verdict.token.claims.sub
    : [verdict.reason, verdict.evidence];

describe("of many signatures at a time", () => {
  it("each token gets its own verdict", async () => {
    const presented = fc.record({
      alg: fc.constantFrom(...ALGORITHMS),
      number: fc.nat({ max: OF_EACH - 1 }),
      flaw: fc.constantFrom(
        "none",
        ...(Object.keys(FLAWS) as (keyof typeof FLAWS)[]),
      ),
      door: fc.constantFrom("verify", "verify", "judge", "verifySync"),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(presented, { minLength: 100, maxLength: 100 }),
        fc.integer({ min: 1, max: 100 }),
        async (all, atATime) => {
          await inFlight(atATime, all, async ({ alg, number, flaw, door }) => {
            const token = FLAWS[flaw](
              partsOf(alg, number),
              partsOf(alg, number + 1),
            ).join(".");
            assert.deepEqual(
              saidOf(await verifier[door](token)),
              flaw === "none"
                ? nameOf(alg, number)
                : ["signature.mismatch", { alg, kid: alg, key: alg }],
            );
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  it("each claims get their own signature", async () => {
    const wanted = fc.record({
      alg: fc.constantFrom(...ALGORITHMS),
      sub: fc.uuid(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(wanted, { minLength: 1, maxLength: 40 }),
        async (all) => {
          const signed = await Promise.all(
            all.map(({ alg, sub }) => sign({ sub }, keyOf(alg))),
          );
          assert.deepEqual(
            signed.map((token) => saidOf(verifySync(token, policy))),
            all.map(({ sub }) => sub),
          );
        },
      ),
      { numRuns: 10 },
    );
  });
});

describe("who asks at once is answered at once", () => {
  const checkNow = (): void => {
    assert.equal(saidOf(verifier.verifySync(good)), "RS256 0");
    const token = signSync({ sub: "now" }, keyOf("RS256"));
    assert.equal(saidOf(verifySync(token, policy)), "now");
  };

  it("after many others", () => {
    expectCompany();
    for (let i = 0; i < 20; i++) checkNow();
  });

  it("while others wait for the end of the turn, and while they are computed", async () => {
    expectCompany();
    const others = later([verifier.judge(good), verifier.judge(good)]);
    checkNow();
    await turn();
    checkNow();
    assert.deepEqual((await others).map(saidOf), ["RS256 0", "RS256 0"]);
  });

  it("and after a failure the others wait as before", async () => {
    const fails = createVerifier({ ...policy, clock: () => NaN });
    expectCompany();
    assert.throws(() => fails.verifySync(good), TypeError);
    await later([verifier.judge(good)]);
  });
});

it("a token that comes alone has its verdict without a promise", async () => {
  expectCompany();
  let atOnce = 0;
  for (let i = 0; i < 17; i++) {
    const verdict = verifier.judge(good);
    if (!(verdict instanceof Promise)) atOnce++;
    assert.equal(saidOf(await verdict), "RS256 0");
  }
  assert.ok(atOnce >= 15, `${atOnce} of 17`);
});

describe("what becomes of the caller's bytes changes nothing", () => {
  const key = keyOf("RS256");

  it("for a payload beside its JWS", async () => {
    const header = { alg: "RS256", b64: false, crit: ["b64"] };
    const head = Buffer.from(JSON.stringify(header)).toString("base64url");
    const data = Buffer.from(`${head}.any payload`);
    const handle = await handleFor(key, "RS256", "sign");
    const signature = Buffer.from(await platform.sign("RS256", handle, data));
    const jws = `${head}..${signature.toString("base64url")}`;
    const settings = { keys: keySetOf(key), algorithms: ["RS256"] };

    expectCompany();
    const payloads = [Buffer.from("any payload"), Buffer.from("another one")];
    const results = payloads.map((payload) =>
      verifyJws(jws, { ...settings, payload }),
    );
    payloads[0]?.write("another one");
    payloads[1]?.write("any payload");
    const [right, wrong] = await later(results);
    assert.ok(right?.outcome === "accepted");
    assert.equal(Buffer.from(right.payload).toString(), "any payload");
    assert.ok(wrong?.outcome === "rejected");
    assert.equal(wrong.reason, "signature.mismatch");
  });

  it("for what is signed, and for a signature", async () => {
    const signing = await handleFor(key, "RS256", "sign");
    const verifying = await handleFor(key, "RS256", "verify");
    const wanted = [Buffer.from("head.one"), Buffer.from("head.two")];
    expectCompany();
    const signed = wanted.map((data) => platform.sign("RS256", signing, data));
    for (const data of wanted) data.fill(0);
    const signatures = await later(signed);

    expectCompany();
    const verified = signatures.map((signature, i) =>
      platform.verify(
        "RS256",
        verifying,
        `head.${i ? "two" : "one"}`,
        signature,
      ),
    );
    for (const signature of signatures) signature.fill(0);
    assert.deepEqual(await later(verified), [true, true]);
  });
});

it("a signature that fails says the same as at once", async () => {
  // Too small for the hash and the salt of PS512; `sign` refuses such a key before.
  const { privateKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 1024,
  });
  const jwk = privateKey.export({ format: "jwk" });
  const handle = await platform.importSignKey(jwk as Jwk, "PS512");
  const fail = async (): Promise<Uint8Array> =>
    platform.sign("PS512", handle, "head.body");
  const said = (error: unknown): object => {
    assert.ok(error instanceof Error);
    return Object.assign({ message: error.message }, error);
  };
  const atOnce = await platform.atOnce(fail).catch(said);
  expectCompany();
  const both = await Promise.all([fail().catch(said), fail().catch(said)]);
  assert.match(JSON.stringify(atOnce), /too large for key size/);
  assert.deepEqual(both, [atOnce, atOnce]);
});

it("where other work holds all threads, later tokens do not queue behind it", async () => {
  // Of these none is computed by this thread where the pool can.
  const slowKey = await generateKey("ES384", { kid: "slow" });
  const slowToken = signSync({ sub: "slow" }, slowKey);
  const slowVerifier = createVerifier({
    ...policy,
    keys: keySetOf(slowKey),
    algorithms: ["ES384"],
  });
  const threads = Number(
    process.env["UV_THREADPOOL_SIZE"] ?? Math.max(4, availableParallelism()),
  );
  const order: string[] = [];
  const note = (name: string) => () => void order.push(name);
  const several = (name: string): Promise<void>[] =>
    Array.from({ length: 3 }, () =>
      slowVerifier.verify(slowToken).then(note(name)),
    );

  expectCompany();
  const slow = Array.from({ length: threads }, () =>
    promisify(pbkdf2)("a password", "salt", 500_000, 32, "sha512").then(
      note("slow"),
    ),
  );
  const first = several("first");
  await turn();
  const after = several("later");
  await Promise.all([...slow, ...first, ...after]);
  assert.deepEqual(order.slice(0, 3), ["later", "later", "later"]);
  // The first ones were handed over before anybody could know.
  assert.equal(order[3], "slow");
});

it("a test that turns the clock by hand holds no token up", async () => {
  mock.timers.enable({ apis: ["setImmediate", "setTimeout"] });
  try {
    expectCompany();
    const verdicts = later([verifier.judge(good), verifier.judge(good)]);
    assert.deepEqual((await verdicts).map(saidOf), ["RS256 0", "RS256 0"]);
  } finally {
    mock.timers.reset();
  }
});
