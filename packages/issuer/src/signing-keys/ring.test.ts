import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { SigningKeyRecord } from "../store/records.ts";
import { DEFAULT_RING_POLICY, type RingPolicy } from "./ring-policy.ts";
import {
  allowLifetime,
  clockSetBack,
  dueAt,
  isPublished,
  keyOf,
  leavesAt,
  MOST_RETIRED,
  plan,
  readyAt,
  rotate,
  withdraw,
  type RingPlan,
  type RingRefusal,
} from "./ring.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ORDER = ["next", "current", "retired", "withdrawn"];
const policy: RingPolicy = {
  ...DEFAULT_RING_POLICY,
  algorithms: ["ES256", "RS256"],
};

interface Token {
  readonly kid: string;
  readonly expiresAt: number;
}

/** A server with one clock: it writes plans as a key ring does, and remembers what it signed. */
class Server {
  readonly policy: RingPolicy;
  keys: readonly SigningKeyRecord[] = [];
  tokens: Token[] = [];
  withdrawn = new Set<string>();
  now = Date.UTC(2026, 0, 1);
  /** The latest time that the clock showed. */
  latest: number = this.now;
  made = 0;

  constructor(given: RingPolicy = policy) {
    this.policy = given;
    this.apply(plan([], this.now, given));
  }

  apply(decided: RingPlan | RingRefusal): void {
    if ("refused" in decided) return;
    const before = new Map(this.keys.map((key) => [key.kid, key]));
    const after = new Map(before);
    const started = this.keys.length > 0;
    for (const key of decided.changed) {
      const was = before.get(key.kid);
      assert(was, "a plan changes keys that are there");
      assert(
        ORDER.indexOf(key.state) >= ORDER.indexOf(was.state),
        `${was.state} -> ${key.state}`,
      );
      if (
        key.state === "current" &&
        was.state === "next" &&
        decided.reason !== "forced" &&
        decided.reason !== "withdrawal"
      )
        assert(
          this.now >= readyAt(was, this.policy),
          "a key signs before it was published long enough",
        );
      if (key.state === "withdrawn") this.withdrawn.add(key.kid);
      after.set(key.kid, key);
    }
    for (const { algorithm, state } of decided.create) {
      assert(
        state === "next" || !started || decided.reason === "withdrawal",
        "a key signs unpublished though the server had started",
      );
      const kid = `key-${++this.made}`;
      after.set(kid, {
        kid,
        algorithm,
        state,
        publicJwk: {},
        sealed: "",
        longestSeconds: this.policy.usualSeconds,
        createdAt: this.now,
        publishedAt: this.now,
        activatedAt: state === "current" ? this.now : null,
        retiredAt: null,
        withdrawnAt: null,
      });
    }
    for (const kid of decided.forget) after.delete(kid);
    this.keys = [...after.values()];
  }

  tick(): void {
    this.apply(plan(this.keys, this.now, this.policy));
  }

  advance(by: number): void {
    this.now += by;
    this.latest = Math.max(this.latest, this.now);
  }

  /** The keys are remembered for longer than the clock is ever set back here. */
  setBack(by: number): void {
    const to = this.now - by;
    if (this.latest - to > 20 * DAY) return;
    this.now = to;
    if (this.latest - to <= 10_000) return;
    this.apply(clockSetBack(this.keys, this.latest, to));
    this.latest = to;
  }

  sign(algorithm: string, seconds: number): void {
    this.apply(allowLifetime(this.keys, algorithm, seconds));
    const key = keyOf(this.keys, algorithm, "current");
    assert(key);
    this.tokens.push({
      kid: key.kid,
      expiresAt: this.now + seconds * 1000,
    });
  }

  check(): void {
    for (const algorithm of this.policy.algorithms) {
      const own = this.keys.filter((key) => key.algorithm === algorithm);
      const count = (state: string): number =>
        own.filter((key) => key.state === state).length;
      assert.deepEqual([count("current"), count("next")], [1, 1]);
      const published = own.filter((key) =>
        isPublished(key, this.now, this.policy),
      );
      assert(published.length <= 2 + MOST_RETIRED, "the set grows");
    }
    // A setback makes tokens live again: none is dropped from this list by its time.
    for (const { kid, expiresAt } of this.tokens) {
      if (expiresAt <= this.now || this.withdrawn.has(kid)) continue;
      const key = this.keys.find((candidate) => candidate.kid === kid);
      assert(key, "a key is forgotten while a token under it lives");
      if (key.state !== "retired") continue;
      assert(
        leavesAt(key, this.policy) >= expiresAt,
        "a key leaves the set while a token under it lives",
      );
    }
  }
}

const algorithm = fc.constantFrom(...policy.algorithms);
const act: fc.Arbitrary<(server: Server) => void> = fc.oneof(
  { arbitrary: fc.constant((server: Server) => server.tick()), weight: 3 },
  {
    arbitrary: fc
      .oneof(
        fc.integer({ min: 1, max: HOUR }),
        fc.integer({ min: 1, max: 40 * DAY }),
      )
      .map((by) => (server: Server) => server.advance(by)),
    weight: 4,
  },
  fc
    .oneof(
      fc.integer({ min: 1, max: 9000 }),
      fc.integer({ min: 1, max: 5 * DAY }),
    )
    .map((by) => (server: Server) => server.setBack(by)),
  {
    arbitrary: fc
      .tuple(
        algorithm,
        fc.oneof(
          fc.integer({ min: 1, max: 3600 }),
          fc.integer({ min: 1, max: 90 * 24 * 3600 }),
        ),
      )
      .map(
        ([name, seconds]) =>
          (server: Server) =>
            server.sign(name, seconds),
      ),
    weight: 4,
  },
  fc.tuple(algorithm, fc.boolean()).map(
    ([name, force]) =>
      (server: Server) =>
        server.apply(
          rotate(server.keys, name, server.now, server.policy, force),
        ),
  ),
  fc.nat().map((which) => (server: Server) => {
    const kid = server.keys[which % server.keys.length]?.kid ?? "";
    server.apply(withdraw(server.keys, kid, server.now, server.policy));
  }),
);

describe("the ring of signing keys", () => {
  it("keeps its promises whatever the clock, the schedule and people do", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 120, size: "max" }), (acts) => {
        const server = new Server();
        server.check();
        for (const step of acts) {
          step(server);
          server.check();
        }
      }),
      { numRuns: 300 },
    );
  });

  it("rotates by schedule through two years, and remembers few keys", () => {
    const gap = fc.integer({ min: MINUTE, max: 36 * HOUR });
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.record({ gap, seconds: fc.nat(24 * 3600) })),
        (steps) => {
          const server = new Server();
          const end = server.now + 730 * DAY;
          for (const { gap: by, seconds } of steps) {
            server.advance(by);
            if (server.now >= end) break;
            server.tick();
            server.sign("ES256", seconds);
            server.tokens = server.tokens.slice(-100);
            server.check();
            const current = keyOf(server.keys, "ES256", "current");
            assert(current && server.now < dueAt(current, server.policy));
            // Current, next, and those that ended within the month that is remembered and the longest lifetime.
            assert(server.keys.length <= 2 * 5);
          }
          // Each stands for 30 days, and for at most one gap more.
          assert(server.made >= 2 * 24 && server.made <= 2 * 26);
        },
      ),
      { numRuns: 20 },
    );
  });

  const [hour, day] = [HOUR / 1000, DAY / 1000];
  const only: RingPolicy = { ...policy, algorithms: ["ES256"] };
  const states = (server: Server): readonly string[] =>
    server.keys.map(({ kid, state }) => `${kid} ${state}`);

  it("signs at once at the first start, and publishes the next key beside it", () => {
    assert.deepEqual(states(new Server(only)), ["key-1 current", "key-2 next"]);
  });
  it("refuses a rotation by hand until the next key was published long enough, and says until when", () => {
    const server = new Server(only);
    const start = server.now;
    server.advance(day * 1000 - 1);
    assert.deepEqual(rotate(server.keys, "ES256", server.now, only, false), {
      refused: "too_early",
      allowedAt: start + DAY,
    });
    server.advance(1);
    server.apply(rotate(server.keys, "ES256", server.now, only, false));
    assert.deepEqual(states(server), [
      "key-1 retired",
      "key-2 current",
      "key-3 next",
    ]);
  });
  it("rotates early when it is forced to, and says so", () => {
    const server = new Server(only);
    const decided = rotate(server.keys, "ES256", server.now, only, true);
    assert("reason" in decided && decided.reason === "forced");
  });
  it("publishes a retired key until its longest token and the tolerance have passed, to the millisecond", () => {
    const server = new Server(only);
    server.sign("ES256", 5 * hour);
    server.apply(rotate(server.keys, "ES256", server.now, only, true));
    const [retired] = server.keys;
    assert(retired);
    const end = server.now + (5 * hour + only.toleranceSeconds) * 1000;
    assert.equal(isPublished(retired, end - 1, only), true);
    assert.equal(isPublished(retired, end, only), false);
  });
  it("takes a withdrawn key out at once, and puts the next one in its place", () => {
    const server = new Server(only);
    server.apply(withdraw(server.keys, "key-1", server.now, only));
    assert.deepEqual(states(server), [
      "key-1 withdrawn",
      "key-2 current",
      "key-3 next",
    ]);
    const [withdrawn] = server.keys;
    assert(withdrawn && !isPublished(withdrawn, server.now, only));
  });
  it("names what cannot be withdrawn or rotated", () => {
    const { keys, now } = new Server(only);
    const [first] = keys;
    assert(first);
    const gone: SigningKeyRecord = { ...first, state: "withdrawn" };
    const refusals = [
      withdraw(keys, "nobody", now, only),
      withdraw([gone], gone.kid, now, only),
      rotate(keys, "RS256", now, only, true),
    ];
    assert.deepEqual(
      refusals.map((refusal) => "refused" in refusal && refusal.refused),
      ["unknown_kid", "already_withdrawn", "unknown_algorithm"],
    );
  });
  it("stops rotating, even by force, while too many retired keys are published", () => {
    const server = new Server(only);
    server.sign("ES256", 90 * day);
    const first = server.now;
    for (let i = 0; i < MOST_RETIRED; i++) {
      server.apply(rotate(server.keys, "ES256", server.now, only, true));
      server.sign("ES256", 90 * day);
      server.advance(1000);
    }
    assert.deepEqual(rotate(server.keys, "ES256", server.now, only, true), {
      refused: "too_many_retired",
      allowedAt: first + (90 * day + only.toleranceSeconds) * 1000,
    });
    server.advance(40 * DAY);
    const before = states(server);
    server.tick();
    assert.deepEqual(states(server), before);
  });
  it("rotates again soon after the clock was ahead by years and was set right", () => {
    const server = new Server(only);
    server.advance(3000 * DAY);
    server.tick();
    const [, current] = server.keys;
    server.now -= 3000 * DAY;
    server.tick();
    server.advance(DAY);
    server.tick();
    const retired = server.keys.find(({ kid }) => kid === current?.kid);
    assert.equal(retired?.state, "retired");
    // It signed by the clock of then, perhaps.
    assert(leavesAt(retired, only) >= (retired.activatedAt ?? 0) + HOUR);
  });
  it("keeps an algorithm in use that the policy no longer names, while it has a current key", () => {
    const server = new Server();
    const [rsa] = server.keys.filter((key) => key.algorithm === "RS256");
    server.advance(40 * DAY);
    server.apply(plan(server.keys, server.now, only));
    assert.notEqual(keyOf(server.keys, "RS256", "current")?.kid, rsa?.kid);
  });
});
