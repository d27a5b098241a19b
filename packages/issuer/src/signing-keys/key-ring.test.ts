import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decodeUnverified, type KeySource } from "@assay/token";
import { DAY, HOUR, KeyBed, kind, policy, setOf } from "../../test/key-bed.ts";
import { StoreUnavailable, type Store } from "../store/store.ts";
import type { KeyRing } from "./key-ring.ts";

const bed = new KeyBed();
const kidOf = (token: string): unknown =>
  decodeUnverified(token).header?.["kid"];
const states = async (ring: KeyRing): Promise<readonly string[]> =>
  (await ring.list())
    .toSorted((a, b) => a.publishedAt - b.publishedAt)
    .map(({ state }) => state)
    .toSorted();

describe("the key ring", () => {
  it("signs at the first start, and publishes the key without its private half", async () => {
    const ring = await bed.server();
    const token = await bed.issue(ring);
    const set = await ring.publicSet();
    await bed.accepted(token, setOf(set));
    assert.equal(decodeUnverified(token).header?.["typ"], "at+jwt");
    assert.deepEqual(
      set.keys.map((jwk) => Object.keys(jwk).toSorted()),
      Array.from({ length: 2 }, () => [
        "alg",
        "crv",
        "kid",
        "kty",
        "use",
        "x",
        "y",
      ]),
    );
    assert.match(set.etag, /^"[\w-]{43}"$/);
  });

  for (const algorithm of ["RS256", "PS256", "ES384", "EdDSA", "Ed25519"])
    it(`brings ${algorithm} into use when a token needs it`, async () => {
      const ring = await bed.server();
      const token = await bed.issue(ring, algorithm);
      await bed.accepted(token, setOf(await ring.publicSet()));
      assert.equal((await ring.list()).length, 4);
    });
  it("refuses to sign with a shared secret", async () => {
    const ring = await bed.server();
    await assert.rejects(
      bed.issue(ring, "HS256"),
      /asymmetric one such as ES256/,
    );
  });

  it("has the same keys and the same tag after a restart", async () => {
    const [first, second] = [await bed.server(), await bed.server()];
    assert.deepEqual(await second.publicSet(), await first.publicSet());
    await bed.accepted(await bed.issue(first), second.verificationKeys());
  });

  it("writes that a longer token is possible before it can be signed", async () => {
    const ring = await bed.server();
    const key = await ring.prepare("ES256", 10 * 3600);
    const record = (await bed.store.listSigningKeys()).find(
      ({ kid }) => kid === key.kid,
    );
    assert.equal(record?.longestSeconds, 36_000);
    await bed.accepted(
      await key.sign(bed.claimsFor(36_000), kind),
      ring.verificationKeys(),
    );
    await assert.rejects(
      key.sign(bed.claimsFor(36_061), kind),
      /exp lies beyond the lifetime of 36000 seconds/,
    );
  });

  it("sees what another server did after a second, and before it signs", async () => {
    const [one, other] = [await bed.server(), await bed.server()];
    const old = kidOf(await bed.issue(other));
    await one.rotate("ES256", { force: true });
    bed.now += 1000;
    const fresh = await bed.issue(other);
    assert.notEqual(kidOf(fresh), old);
    assert.equal(kidOf(fresh), kidOf(await bed.issue(one)));
    await one.withdraw(String(old));
    bed.now += 1000;
    const kids = (await other.publicSet()).keys.map((jwk) => jwk["kid"]);
    assert(!kids.includes(old));
    assert.equal((await other.find(String(old)))?.state, "withdrawn");
  });

  it("makes one ring where many servers start, rotate and withdraw at once", async () => {
    const rings = await Promise.all(
      Array.from({ length: 6 }, async () => bed.server()),
    );
    assert.deepEqual(await states(rings[0] as KeyRing), ["current", "next"]);
    const outcomes = await Promise.all(
      rings.map(async (ring) => ring.rotate("ES256", { force: true })),
    );
    assert(outcomes.every((outcome) => "reason" in outcome));
    bed.now += 1000;
    const found = await states(rings[3] as KeyRing);
    assert.deepEqual(found, [
      "current",
      "next",
      ...Array.from({ length: 6 }, () => "retired"),
    ]);
    const [first] = await (rings[0] as KeyRing).list();
    const withdrawals = await Promise.all(
      rings.map(async (ring) => ring.withdraw(first?.kid ?? "")),
    );
    assert.equal(withdrawals.filter((one) => "reason" in one).length, 1);
  });

  it("rejects no token where servers sign while others rotate", async () => {
    const rings = [await bed.server(), await bed.server(), await bed.server()];
    const [signing, rotating, verifying] = rings as [KeyRing, KeyRing, KeyRing];
    const rounds = { done: 0 };
    const load = async (): Promise<void> => {
      while (rounds.done < 12) {
        // The choice of a key, a write to the store, the signature: whatever happens in between.
        const key = await signing.prepare("ES256", 600);
        await bed.store.ping();
        const token = await key.sign(bed.claimsFor(600), kind);
        await bed.accepted(token, verifying.verificationKeys());
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const rotations = async (): Promise<void> => {
      for (; rounds.done < 12; rounds.done++) {
        bed.now += 1000;
        await rotating.rotate("ES256", { force: true });
      }
    };
    await Promise.all([load(), load(), load(), rotations()]);
    assert.equal((await rotating.list()).length, 2 + 12);
  });

  it("rejects no token through half a year at guards that keep the set for a day", async () => {
    const ring = await bed.server();
    const guards: { keys: KeySource; fetchedAt: number }[] = [];
    let live: { token: string; until: number }[] = [];
    for (let hours = 0; hours < 180 * 24; hours += 7) {
      await ring.tick();
      // One guard fetches now; each waits until its day is over.
      const stale = guards.find(
        ({ fetchedAt }) => bed.now - fetchedAt > 17 * HOUR,
      );
      const fetched = {
        keys: setOf(await ring.publicSet()),
        fetchedAt: bed.now,
      };
      if (stale) Object.assign(stale, fetched);
      else if (guards.length < 3) guards.push(fetched);
      live = live.filter(({ until }) => until > bed.now);
      live.push({
        token: await bed.issue(ring, "ES256", 3600 * (1 + (hours % 30))),
        until: bed.now + HOUR * (1 + (hours % 30)),
      });
      for (const { token } of live)
        for (const { keys } of guards) await bed.accepted(token, keys);
      bed.now += 7 * HOUR;
    }
    const list = await ring.list();
    assert(list.some(({ state }) => state === "retired"));
    assert(list.length <= 5, "old keys are forgotten");
  });

  it("keeps keys published for longer when the clock is set back", async () => {
    const ring = await bed.server();
    bed.now += DAY;
    const late = bed.now;
    const token = await bed.issue(ring);
    bed.now -= 3 * HOUR;
    await ring.rotate("ES256", { force: true });
    bed.now = late + 599_000;
    await bed.accepted(token, setOf(await ring.publicSet()));
  });

  it("takes a retired key out of the set by time alone, and changes the tag", async () => {
    const ring = await bed.server();
    await ring.rotate("ES256", { force: true });
    const left =
      bed.now + (policy.usualSeconds + policy.toleranceSeconds) * 1000;
    bed.now = left - 1;
    const full = await ring.publicSet();
    assert.equal(full.keys.length, 3);
    bed.now = left;
    const set = await ring.publicSet();
    assert.deepEqual(
      set.keys,
      full.keys.filter((jwk) => set.keys.some(({ kid }) => kid === jwk["kid"])),
    );
    assert.equal(set.keys.length, 2);
    assert.notEqual(set.etag, full.etag);
  });

  it("tells the journal of each step of each key", async () => {
    const ring = await bed.server();
    bed.now += DAY;
    await ring.rotate("ES256");
    const [retired] = (await ring.list()).filter(
      ({ state }) => state === "retired",
    );
    await ring.withdraw(retired?.kid ?? "");
    await bed.store.seal(100);
    const told = (await bed.store.readJournal({ limit: 100 })).map(
      ({ event, tokenId, facts }) => [
        event,
        tokenId === retired?.kid,
        facts?.["reason"],
        facts?.["early"],
      ],
    );
    assert.deepEqual(told, [
      ["key.published", true, "schedule", undefined],
      ["key.activated", true, "schedule", true],
      ["key.published", false, "schedule", undefined],
      ["key.retired", true, "by_hand", undefined],
      ["key.activated", false, "by_hand", false],
      ["key.published", false, "by_hand", undefined],
      ["key.withdrawn", true, "withdrawal", undefined],
    ]);
  });

  it("goes on publishing while the store cannot be reached, and calls no token bad", async () => {
    let reachable = true;
    const failing = new Proxy(bed.store, {
      get: (target, name) =>
        reachable
          ? (target[name as keyof Store] as () => unknown).bind(target)
          : async () => {
              throw new StoreUnavailable("gone");
            },
    });
    const ring = await bed.server({ store: failing });
    const token = await bed.issue(ring);
    const set = await ring.publicSet();
    reachable = false;
    bed.now += 2000;
    assert.deepEqual(await ring.publicSet(), set);
    const verdict = await bed.judge(token, ring.verificationKeys());
    assert.equal(verdict.outcome, "undecided");
    await assert.rejects(bed.issue(ring), StoreUnavailable);
    reachable = true;
    await bed.accepted(token, ring.verificationKeys());
  });
});
