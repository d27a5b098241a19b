/** Fetched key sets over real HTTP: what they cost an issuer, and what an outage does. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  createVerifier,
  sign,
  verify,
  verifySync,
  type KeySet,
  type Policy,
} from "@assay/token";
import {
  both,
  fetchedSource,
  first,
  kids,
  publicJwk,
  second,
  START,
} from "./fetched-source.ts";
import { json, status } from "./loopback-issuer.ts";

const MINUTE = 60_000;

/** Lets a fetch in the background come to its end. */
const settled = async (condition: () => boolean): Promise<void> => {
  for (let i = 0; i < 500 && !condition(); i++)
    await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(condition(), "it did not happen");
};

describe("a fetched key set", () => {
  it("is fetched once for 1,000 that ask at once, and answers at once while it is fresh", async () => {
    await using s = await fetchedSource(json(both));
    const answers = await Promise.all(
      Array.from({ length: 1000 }, async () => s.ask()),
    );
    assert.equal(s.issuer.asked.length, 1);
    assert.equal(new Set(answers).size, 1);
    assert.ok(!(s.ask() instanceof Promise));
    const token = await sign({ sub: "someone" }, first);
    const policy: Policy = {
      kind: "any",
      issuer: null,
      audience: null,
      keys: s.keys,
      clock: () => s.time.now,
    };
    assert.equal(verifySync(token, policy).outcome, "accepted");
    assert.equal(s.issuer.asked.length, 1);
    assert.deepEqual(s.events, [
      {
        type: "fetched",
        source: `${s.issuer.origin}/jwks`,
        lifetime: 10 * MINUTE,
      },
    ]);
  });

  const lifetimes: readonly [string, Record<string, string>, number][] = [
    ["says nothing", {}, 10],
    ["gives max-age", { "cache-control": "public, max-age=3600" }, 60],
    [
      "has spent part of max-age in a cache",
      { "cache-control": "max-age=3600", age: "1800" },
      30,
    ],
    ["forbids caching", { "cache-control": "no-store" }, 5],
    ["is out of date from the start", { "cache-control": "max-age=0" }, 5],
    [
      "lives for a year",
      { "cache-control": "max-age=31536000, immutable" },
      24 * 60,
    ],
    [
      "has a max-age that is no number",
      { "cache-control": "max-age=soon" },
      10,
    ],
  ];
  for (const [name, headers, minutes] of lifetimes) {
    it(`lives ${minutes} minutes when the answer ${name}`, async () => {
      await using s = await fetchedSource(json(both, headers));
      await s.ask();
      s.time.now += minutes * MINUTE * 0.79;
      assert.ok(!(s.ask() instanceof Promise));
      assert.equal(s.issuer.asked.length, 1);
      s.time.now = START + minutes * MINUTE;
      assert.ok(s.ask() instanceof Promise);
    });
  }

  it("is renewed ahead of time, and nobody waits for it", async () => {
    await using s = await fetchedSource(json({ keys: [publicJwk(first)] }));
    await s.ask();
    s.issuer.answer = json(both);
    s.time.now += 9 * MINUTE;
    const before = s.ask();
    assert.ok(!(before instanceof Promise));
    assert.deepEqual(kids(before), ["first"]);
    await settled(() => s.events.length === 2);
    assert.deepEqual(kids(await s.ask()), ["first", "second"]);
    assert.equal(s.issuer.asked.length, 2);
  });

  it("finds a new key after a rotation, by one more fetch for all who present it", async () => {
    await using s = await fetchedSource(json({ keys: [publicJwk(first)] }));
    await s.ask();
    s.issuer.answer = json(both);
    const answers = await Promise.all(
      Array.from({ length: 1000 }, async () => s.ask("second")),
    );
    for (const answer of answers)
      assert.deepEqual(kids(answer), ["first", "second"]);
    assert.equal(s.issuer.asked.length, 2);
  });

  it("is fetched once in a cool-down, however many unknown kids come", async () => {
    await using s = await fetchedSource(json(both));
    await s.ask();
    const token = async (kid: string) =>
      sign({ sub: "someone" }, first, { header: { kid } });
    const verifier = createVerifier({
      kind: "any",
      issuer: null,
      audience: null,
      keys: s.keys,
      clock: () => s.time.now,
    });
    for (let i = 0; i < 1000; i++) {
      const verdict = await verifier.verify(await token(`made up ${i}`));
      assert.equal(
        verdict.outcome === "accepted" ? null : verdict.reason,
        "signature.key_not_found",
      );
    }
    assert.equal(s.issuer.asked.length, 2);
    assert.equal(
      s.events.filter(({ type }) => type === "cooled_down").length,
      999,
    );
    s.time.now += 29_999;
    await s.ask("another");
    assert.equal(s.issuer.asked.length, 2);
    s.time.now += 1;
    await s.ask("another");
    assert.equal(s.issuer.asked.length, 3);
  });

  /** A set whose fetch is answered with the first key alone, and held up on its way until `arrive`. */
  async function withFetchUnderWay(isFirst: boolean) {
    const s = await fetchedSource(json({ keys: [publicJwk(first)] }));
    if (!isFirst) {
      await s.ask();
      s.time.now += 9 * MINUTE;
    }
    const arrival = Promise.withResolvers<void>();
    s.issuer.answer = (request, response) =>
      void arrival.promise.then(() =>
        json({ keys: [publicJwk(first)] })(request, response),
      );
    const known = s.ask();
    const asked = isFirst ? 1 : 2;
    await settled(() => s.issuer.asked.length === asked);
    return { ...s, known, asked, arrive: arrival.resolve };
  }

  for (const [name, isFirst] of [
    ["the first fetch", true],
    ["a renewal ahead of time", false],
  ] as const) {
    it(`asks once more for a kid that ${name}, begun before it came, does not bring: the issuer may have answered before it had the key`, async () => {
      await using s = await withFetchUnderWay(isFirst);
      const ask = async (kid: string) => s.ask(kid);
      const answers = Promise.all([
        ask("second"),
        ask("second"),
        ask("made up"),
        ask("first"),
      ]);
      s.issuer.answer = json(both);
      s.arrive();
      const [one, other, madeUp, known] = await answers;
      for (const answer of [one, other, madeUp])
        assert.deepEqual(kids(answer), ["first", "second"]);
      // Whose key is there waits for no more.
      assert.deepEqual(kids(known), ["first"]);
      assert.deepEqual(kids(await s.known), ["first"]);
      assert.equal(s.issuer.asked.length, s.asked + 1);
      // It counts as one for the sake of unknown kids.
      assert.ok(!(s.ask("made up") instanceof Promise));
    });

    it(`leaves such a kid undecided when the issuer has gone down since ${name} was answered`, async () => {
      await using s = await withFetchUnderWay(isFirst);
      const answer = s.ask("second");
      s.issuer.answer = status(503);
      s.arrive();
      assert.deepEqual(await answer, {
        unavailable: "HTTP status 503",
        source: `${s.issuer.origin}/jwks`,
      });
      assert.deepEqual(kids(await s.ask()), ["first"]);
    });
  }

  it("does not fetch for kids when its only key has none", async () => {
    const { kid: _, ...nameless } = publicJwk(first);
    await using s = await fetchedSource(json({ keys: [nameless] }));
    await s.ask("whatever");
    assert.ok(!(s.ask("whatever else") instanceof Promise));
    assert.equal(s.issuer.asked.length, 1);
  });

  it("keeps a key that stays as the same object, and drops one that has gone together with its tokens", async () => {
    await using s = await fetchedSource(json(both));
    const [kept, gone] = ((await s.ask()) as KeySet).keys;
    const verifier = createVerifier(
      {
        kind: "any",
        issuer: null,
        audience: null,
        keys: s.keys,
        clock: () => s.time.now,
      },
      { cacheBytes: 100_000 },
    );
    const [ofKept, ofGone] = [
      await sign({ n: 1 }, first),
      await sign({ n: 2 }, second),
    ];
    // At the second time a token is kept.
    for (const token of [ofKept, ofGone, ofKept, ofGone])
      assert.equal(verifier.verifySync(token).outcome, "accepted");
    const reordered = Object.fromEntries(
      Object.entries(publicJwk(first)).toReversed(),
    );
    s.issuer.answer = json({ keys: [reordered, reordered] });
    const next = (await s.keys.refresh()) as KeySet;
    assert.equal(next.keys.length, 1);
    assert.equal(next.keys[0], kept);
    assert.ok(!next.keys.includes(gone as NonNullable<typeof gone>));
    assert.equal(verifier.verifySync(ofKept).outcome, "accepted");
    const verdict = await verifier.verify(ofGone);
    assert.equal(
      verdict.outcome === "accepted" ? null : verdict.reason,
      "signature.key_not_found",
    );
  });

  it("serves what it has while the issuer is down, for a while and not for ever", async () => {
    await using s = await fetchedSource(json(both), { maxStale: 60 * MINUTE });
    await s.ask();
    s.issuer.answer = status(503);
    s.time.now += 10 * MINUTE;
    assert.deepEqual(kids(await s.ask()), ["first", "second"]);
    // The outage is known now: nobody waits, and it is tried again in the background only after a pause.
    assert.ok(!(s.ask() instanceof Promise));
    assert.equal(s.issuer.asked.length, 2);
    assert.deepEqual(
      s.events.map(({ type }) => type),
      ["fetched", "failed", "stale_served", "stale_served"],
    );
    s.time.now += 59 * MINUTE;
    assert.ok(!(s.ask() instanceof Promise));
    await settled(
      () => s.events.filter(({ type }) => type === "failed").length === 2,
    );
    s.time.now += 2 * MINUTE;
    assert.deepEqual(await s.ask(), {
      unavailable: "HTTP status 503",
      source: `${s.issuer.origin}/jwks`,
    });
    s.issuer.answer = json(both);
    s.time.now += 1 * MINUTE;
    assert.deepEqual(kids(await s.ask()), ["first", "second"]);
  });

  it("leaves an unknown kid undecided while the issuer is down, since it may be its new key", async () => {
    await using s = await fetchedSource(json({ keys: [publicJwk(first)] }));
    await s.ask();
    s.issuer.answer = status(500);
    const policy: Policy = {
      kind: "any",
      issuer: null,
      audience: null,
      keys: s.keys,
      clock: () => s.time.now,
    };
    for (let i = 0; i < 3; i++) {
      const verdict = await verify(await sign({}, second), policy);
      assert.deepEqual(
        [
          verdict.outcome,
          verdict.outcome === "accepted" ? null : verdict.reason,
        ],
        ["undecided", "signature.keys_unavailable"],
      );
    }
    assert.equal(s.issuer.asked.length, 2);
    assert.equal(
      (await verify(await sign({}, first), policy)).outcome,
      "accepted",
    );
  });

  it("pauses longer after each failure, and asks once for all who wait", async () => {
    await using s = await fetchedSource(status(500));
    const attempts = async (): Promise<number> => {
      await Promise.all(Array.from({ length: 100 }, async () => s.ask()));
      return s.issuer.asked.length;
    };
    const seen: number[] = [];
    for (const pause of [
      0,
      999,
      1,
      1999,
      1,
      3999,
      1,
      100 * MINUTE,
      29_999,
      1,
    ]) {
      s.time.now += pause;
      seen.push(await attempts());
    }
    assert.deepEqual(seen, [1, 1, 2, 2, 3, 3, 4, 5, 6, 6]);
  });

  it("drops what a listener throws", async () => {
    await using s = await fetchedSource(json(both), {
      onEvent: () => {
        throw new Error("broken counter");
      },
    });
    assert.deepEqual(kids(await s.ask()), ["first", "second"]);
  });
});
