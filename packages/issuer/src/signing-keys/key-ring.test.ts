import assert from "node:assert/strict";
import {
  generateKeyPairSync,
  randomBytes,
  sign as signBytes,
  type KeyObject,
} from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import {
  decodeUnverified,
  keySet,
  thumbprint,
  verify,
  type KeySource,
  type Verdict,
} from "@assay/token";
import { MasterSecret, openMasterKey, type MasterKey } from "../master-key.ts";
import { openSqliteStore } from "../store/sqlite/sqlite-store.ts";
import { StoreUnavailable, type Store } from "../store/store.ts";
import { KeyRing, type KeyRingOptions } from "./key-ring.ts";
import {
  LocalSigner,
  SIGNING_KEY,
  placeOf,
  SigningKeyDamaged,
} from "./local-signer.ts";
import { readRingPolicy, type RingPolicy } from "./ring-policy.ts";
import type { PublicSet } from "./ring-view.ts";
import type { Signer } from "./signer.ts";

const ISSUER = "https://issuer.example";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const policy = readRingPolicy({}, 3600);
const secret = new MasterSecret(randomBytes(32));

let folder: string;
let store: Store;
let master: MasterKey;
let now: number;
let ids = 0;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-keys-"));
});
beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  store = await openSqliteStore({
    path: join(folder, `${++ids}.sqlite`),
    issuerId: ISSUER,
  });
  master = await openMasterKey(store, [secret], randomBytes);
});
afterEach(async () => store.close());
after(() => rmSync(folder, { recursive: true }));

/** One server of perhaps many on the same store and clock. */
const server = async (
  more: Partial<KeyRingOptions> & { readonly rules?: Partial<RingPolicy> } = {},
): Promise<KeyRing> => {
  const { rules = {}, ...options } = more;
  return KeyRing.open({
    store,
    signer: new LocalSigner(master),
    policy: { ...policy, ...rules },
    clock: () => now,
    newEntryId: () => String(++ids).padStart(12, "0"),
    ...options,
  });
};

const kind = { typ: "at+jwt" };
const claimsFor = (seconds: number): object => ({
  iss: ISSUER,
  sub: "someone",
  aud: "api",
  client_id: "app",
  jti: "one",
  iat: Math.floor(now / 1000),
  exp: Math.floor(now / 1000) + seconds,
});
const issue = async (
  ring: KeyRing,
  algorithm = "ES256",
  lifetimeSeconds = 600,
): Promise<string> =>
  ring.sign(algorithm, claimsFor(lifetimeSeconds), {
    ...kind,
    lifetimeSeconds,
  });
const judge = async (token: string, keys: KeySource): Promise<Verdict> =>
  verify(token, { issuer: ISSUER, audience: "api", keys, clock: () => now });
const setOf = ({ body }: PublicSet): KeySource =>
  keySet(JSON.parse(body) as { keys: [] });
const kidOf = (token: string): unknown =>
  decodeUnverified(token).header?.["kid"];
const accepted = async (token: string, keys: KeySource): Promise<void> => {
  const verdict = await judge(token, keys);
  assert.equal(
    verdict.outcome,
    "accepted",
    verdict.outcome === "accepted" ? "" : verdict.reason,
  );
};
const states = async (ring: KeyRing): Promise<readonly string[]> =>
  (await ring.list())
    .toSorted((a, b) => a.publishedAt - b.publishedAt)
    .map(({ state }) => state)
    .toSorted();

describe("the key ring", () => {
  it("signs at the first start, and publishes the key without its private half", async () => {
    const ring = await server();
    const token = await issue(ring);
    const set = await ring.publicSet();
    await accepted(token, setOf(set));
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
      const ring = await server();
      const token = await issue(ring, algorithm);
      await accepted(token, setOf(await ring.publicSet()));
      assert.equal((await ring.list()).length, 4);
    });
  it("refuses to sign with a shared secret", async () => {
    const ring = await server();
    await assert.rejects(issue(ring, "HS256"), /asymmetric one such as ES256/);
  });

  it("has the same keys and the same tag after a restart", async () => {
    const [first, second] = [await server(), await server()];
    assert.deepEqual(await second.publicSet(), await first.publicSet());
    await accepted(await issue(first), second.verificationKeys());
  });

  it("leaves no private key in the files of the database", async () => {
    const ring = await server();
    const [record] = await ring.list();
    assert(record);
    const opened = master.unseal(
      SIGNING_KEY,
      record.sealed,
      placeOf(record.kid, record.algorithm),
    );
    const { d, x } = JSON.parse(Buffer.from(opened).toString()) as {
      d: string;
      x: string;
    };
    const files = readdirSync(folder).map((name) =>
      readFileSync(join(folder, name)),
    );
    assert(files.some((file) => file.includes(x)));
    assert(!files.some((file) => file.includes(d)));
    // Nor when it has been retired: then it is nowhere.
    await ring.rotate(record.algorithm, { force: true });
    await ring.withdraw(record.kid);
    const spent = await ring.find(record.kid);
    assert.throws(() =>
      master.unseal(
        SIGNING_KEY,
        spent?.sealed ?? "",
        placeOf(record.kid, record.algorithm),
      ),
    );
  });

  it("writes that a longer token is possible before it can be signed", async () => {
    const ring = await server();
    const key = await ring.prepare("ES256", 10 * 3600);
    const record = (await store.listSigningKeys()).find(
      ({ kid }) => kid === key.kid,
    );
    assert.equal(record?.longestSeconds, 36_000);
    await accepted(
      await key.sign(claimsFor(36_000), kind),
      ring.verificationKeys(),
    );
    await assert.rejects(
      key.sign(claimsFor(36_061), kind),
      /exp lies beyond the lifetime of 36000 seconds/,
    );
  });

  it("sees what another server did after a second, and before it signs", async () => {
    const [one, other] = [await server(), await server()];
    const old = kidOf(await issue(other));
    await one.rotate("ES256", { force: true });
    now += 1000;
    const fresh = await issue(other);
    assert.notEqual(kidOf(fresh), old);
    assert.equal(kidOf(fresh), kidOf(await issue(one)));
    await one.withdraw(String(old));
    now += 1000;
    const kids = (await other.publicSet()).keys.map((jwk) => jwk["kid"]);
    assert(!kids.includes(old));
    assert.equal((await other.find(String(old)))?.state, "withdrawn");
  });

  it("makes one ring where many servers start, rotate and withdraw at once", async () => {
    const rings = await Promise.all(
      Array.from({ length: 6 }, async () => server()),
    );
    assert.deepEqual(await states(rings[0] as KeyRing), ["current", "next"]);
    const outcomes = await Promise.all(
      rings.map(async (ring) => ring.rotate("ES256", { force: true })),
    );
    assert(outcomes.every((outcome) => "reason" in outcome));
    now += 1000;
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
    const rings = [await server(), await server(), await server()];
    const [signing, rotating, verifying] = rings as [KeyRing, KeyRing, KeyRing];
    const rounds = { done: 0 };
    const load = async (): Promise<void> => {
      while (rounds.done < 12) {
        // The choice of a key, a write to the store, the signature: whatever happens in between.
        const key = await signing.prepare("ES256", 600);
        await store.ping();
        const token = await key.sign(claimsFor(600), kind);
        await accepted(token, verifying.verificationKeys());
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const rotations = async (): Promise<void> => {
      for (; rounds.done < 12; rounds.done++) {
        now += 1000;
        await rotating.rotate("ES256", { force: true });
      }
    };
    await Promise.all([load(), load(), load(), rotations()]);
    assert.equal((await rotating.list()).length, 2 + 12);
  });

  it("rejects no token through half a year at guards that keep the set for a day", async () => {
    const ring = await server();
    const guards: { keys: KeySource; fetchedAt: number }[] = [];
    let live: { token: string; until: number }[] = [];
    for (let hours = 0; hours < 180 * 24; hours += 7) {
      await ring.tick();
      // One guard fetches now; each waits until its day is over.
      const stale = guards.find(({ fetchedAt }) => now - fetchedAt > 17 * HOUR);
      const fetched = {
        keys: setOf(await ring.publicSet()),
        fetchedAt: now,
      };
      if (stale) Object.assign(stale, fetched);
      else if (guards.length < 3) guards.push(fetched);
      live = live.filter(({ until }) => until > now);
      live.push({
        token: await issue(ring, "ES256", 3600 * (1 + (hours % 30))),
        until: now + HOUR * (1 + (hours % 30)),
      });
      for (const { token } of live)
        for (const { keys } of guards) await accepted(token, keys);
      now += 7 * HOUR;
    }
    const list = await ring.list();
    assert(list.some(({ state }) => state === "retired"));
    assert(list.length <= 5, "old keys are forgotten");
  });

  it("keeps keys published for longer when the clock is set back", async () => {
    const ring = await server();
    now += DAY;
    const late = now;
    const token = await issue(ring);
    now -= 3 * HOUR;
    await ring.rotate("ES256", { force: true });
    now = late + 599_000;
    await accepted(token, setOf(await ring.publicSet()));
  });

  it("takes a retired key out of the set by time alone, and changes the tag", async () => {
    const ring = await server();
    await ring.rotate("ES256", { force: true });
    const left = now + (policy.usualSeconds + policy.toleranceSeconds) * 1000;
    now = left - 1;
    const full = await ring.publicSet();
    assert.equal(full.keys.length, 3);
    now = left;
    const set = await ring.publicSet();
    assert.deepEqual(
      set.keys,
      full.keys.filter((jwk) => set.keys.some(({ kid }) => kid === jwk["kid"])),
    );
    assert.equal(set.keys.length, 2);
    assert.notEqual(set.etag, full.etag);
  });

  it("tells the journal of each step of each key", async () => {
    const ring = await server();
    now += DAY;
    await ring.rotate("ES256");
    const [retired] = (await ring.list()).filter(
      ({ state }) => state === "retired",
    );
    await ring.withdraw(retired?.kid ?? "");
    await store.seal(100);
    const told = (await store.readJournal({ limit: 100 })).map(
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
    const failing = new Proxy(store, {
      get: (target, name) =>
        reachable
          ? (target[name as keyof Store] as () => unknown).bind(target)
          : async () => {
              throw new StoreUnavailable("gone");
            },
    });
    const ring = await server({ store: failing });
    const token = await issue(ring);
    const set = await ring.publicSet();
    reachable = false;
    now += 2000;
    assert.deepEqual(await ring.publicSet(), set);
    const verdict = await judge(token, ring.verificationKeys());
    assert.equal(verdict.outcome, "undecided");
    await assert.rejects(issue(ring), StoreUnavailable);
    reachable = true;
    await accepted(token, ring.verificationKeys());
  });

  describe("does not publish", () => {
    it("a public key that somebody put in the place of ours", async () => {
      const ring = await server();
      const [record] = await ring.list();
      assert(record);
      const theirs = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const publicJwk = { ...theirs.publicKey.export({ format: "jwk" }) };
      await store.changeSigningKeys(1, [{ ...record, publicJwk }], [], []);
      now += 1000;
      await assert.rejects(ring.publicSet(), SigningKeyDamaged);
    });
    it("a retired key that we never had", async () => {
      const ring = await server();
      const [record] = await ring.list();
      assert(record);
      const theirs = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const publicJwk = { ...theirs.publicKey.export({ format: "jwk" }) };
      const forged = {
        ...record,
        publicJwk,
        kid: await thumbprint(publicJwk),
        state: "retired" as const,
        retiredAt: now,
      };
      await store.changeSigningKeys(1, [forged], [], []);
      now += 1000;
      await assert.rejects(ring.publicSet(), SigningKeyDamaged);
    });
  });

  it("works with keys that never leave their keeper", async () => {
    const keeper = new Map<string, KeyObject>();
    const remote: Signer = {
      async create(algorithm) {
        assert.equal(algorithm, "ES256");
        const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
        const publicJwk = { ...pair.publicKey.export({ format: "jwk" }) };
        const kid = await thumbprint(publicJwk);
        keeper.set(`keeper:${kid}`, pair.privateKey);
        return { kid, publicJwk, sealed: `keeper:${kid}` };
      },
      load: async (keys) =>
        new Map(
          keys.map(({ kid, sealed }) => [
            kid,
            async (input: Uint8Array) =>
              signBytes("sha256", input, {
                key: keeper.get(sealed) as KeyObject,
                dsaEncoding: "ieee-p1363",
              }),
          ]),
        ),
      async retire({ sealed }) {
        keeper.delete(sealed);
        return sealed;
      },
    };
    const ring = await server({ signer: remote });
    await accepted(await issue(ring), setOf(await ring.publicSet()));
    await ring.rotate("ES256", { force: true });
    await accepted(await issue(ring), setOf(await ring.publicSet()));
    assert.equal(keeper.size, 2);
  });
});
