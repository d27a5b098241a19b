import assert from "node:assert/strict";
import type { RevocationTarget } from "../../../src/store/store.ts";
import type { Prove } from "../contract-suite.ts";
import { settleAll } from "../settle-all.ts";
import { API, CLIENT, SECOND, times, unique } from "../world.ts";

export function proveRevocation(prove: Prove): void {
  prove("one token ends alone, once, and its place is told", async (world) => {
    const { store } = world;
    const [access, other] = [world.access(), world.access()];
    const { list, index } = access.status;
    await store.issueAccessToken(access, world.entry("token.issued"));
    await store.issueAccessToken(other, world.entry("token.issued"));
    const target = { by: "token", tokenId: access.tokenId } as const;
    const revoke = async (): Promise<unknown> =>
      store.revoke(target, world.now, world.entry("token.revoked"));
    world.now += SECOND;
    assert.deepEqual(await revoke(), {
      found: true,
      accessTokens: 1,
      families: 0,
      grants: 0,
      left: false,
    });
    assert.deepEqual(
      (await store.findAccessToken({ tokenId: access.tokenId }))?.ended,
      { by: "token", at: world.now },
    );
    assert.equal(await world.endedBy(other), null);
    assert.deepEqual(await revoke(), {
      found: false,
      accessTokens: 0,
      families: 0,
      grants: 0,
      left: false,
    });
    assert.deepEqual(await world.places(), [`${list} ${index}`]);
    // What was over already is not told again.
    assert.equal(
      (await world.events()).filter((event) => event === "token.revoked")
        .length,
      1,
    );
  });

  prove("a place waits for its number until it is sealed", async (world) => {
    const { store } = world;
    assert.equal(await store.oldestUnsealed(), null);
    const first = world.now;
    for (const access of [world.access(), world.access()]) {
      await store.issueAccessToken(access, world.entry("token.issued"));
      await store.revoke(
        { by: "token", tokenId: access.tokenId },
        world.now,
        world.entry("token.revoked"),
      );
      world.now += SECOND;
    }
    assert.equal(await store.oldestUnsealed(), first);
    await world.journal();
    assert.equal(await store.oldestUnsealed(), null);
  });

  prove("a token that ended by itself needs no place", async (world) => {
    const { store } = world;
    const access = world.access();
    await store.issueAccessToken(access, world.entry("token.issued"));
    world.now = access.expiresAt;
    await store.revoke(
      { by: "token", tokenId: access.tokenId },
      world.now,
      world.entry("token.revoked"),
    );
    assert.equal(await world.endedBy(access), "token");
    assert.deepEqual(await world.places(), []);
  });

  prove("a grant ends with all that it gave", async (world) => {
    const { store } = world;
    const { grant, access, token } = await world.signedIn();
    const other = await world.signedIn();
    const exchanged = world.access({ grantId: grant.grantId });
    await store.issueAccessToken(exchanged, world.entry("token.issued"));
    assert.deepEqual(
      await store.revoke(
        { by: "grant", grantId: grant.grantId },
        world.now,
        world.entry("grant.revoked"),
      ),
      { found: true, accessTokens: 2, families: 1, grants: 1, left: false },
    );
    assert.equal(await world.endedBy(access), "grant");
    assert.equal(await world.endedBy(exchanged), "grant");
    const used = await store.useRefreshToken(world.use(token));
    assert.equal(used?.outcome.kind, "refused");
    assert.equal(await world.endedBy(other.access), null);
    assert.equal((await world.places()).length, 2);
  });

  const cutoffs: readonly [
    target: RevocationTarget,
    by: string,
    grants: number,
  ][] = [
    [{ by: "session", sessionId: "s1" }, "subject", 1],
    [{ by: "subject", subject: "alice" }, "subject", 1],
    [{ by: "client", clientId: CLIENT }, "client", 1],
    [{ by: "key", kid: "k1" }, "key", 0],
    [{ by: "all" }, "all", 2],
  ];
  for (const [target, by, grants] of cutoffs)
    prove(
      `${target.by === "all" ? "everything" : `a ${target.by}`} ends: what was, what is written meanwhile, and nothing later or of others`,
      async (world) => {
        const { store } = world;
        const about = { sessionId: "s1", subject: "alice", kid: "k1" };
        const issue = async (more = {}): Promise<{ tokenId: string }> => {
          const access = world.access({ ...about, ...more });
          await store.issueAccessToken(access, world.entry("token.issued"));
          return access;
        };
        const others = {
          sessionId: "s2",
          subject: "bob",
          kid: "k2",
          clientId: "other",
        };
        const before = await issue();
        const notOurs = await issue(others);
        const mine = await world.signedIn({ sessionId: "s1" });
        const theirs = await world.signedIn({
          subject: "bob",
          sessionId: "s2",
          clientId: "other",
        });
        // Began before the point in time, written after it.
        const underWay = world.access(about);
        const cut = world.now;
        world.now += SECOND;
        const revoked = await store.revoke(
          target,
          cut,
          world.entry("subject.tokens_revoked_before"),
        );
        assert.equal(revoked.found, true);
        assert.equal(revoked.grants, grants);
        await store.issueAccessToken(underWay, world.entry("token.issued"));
        const later = await issue();

        assert.equal(await world.endedBy(before), by);
        assert.equal(await world.endedBy(underWay), by);
        assert.equal(await world.endedBy(later), null);
        const all = target.by === "all";
        assert.equal(await world.endedBy(notOurs), all ? "all" : null);
        const ended = (one: string | null): boolean => one !== null;
        assert.equal(ended(await world.endedBy(mine.access)), grants > 0);
        assert.equal(ended(await world.endedBy(theirs.access)), all);
        const used = await store.useRefreshToken(world.use(mine.token));
        assert.equal(used?.outcome.kind, grants > 0 ? "refused" : "rotated");

        // The status bit of the late one is set by settling, not by the look that caught it.
        const known = new Set(await world.places());
        assert.deepEqual(await settleAll(store, world.now, 100), [1]);
        const status = (
          await store.findAccessToken({ tokenId: underWay.tokenId })
        )?.token.status;
        const place = `${status?.list} ${status?.index}`;
        assert.equal(known.has(place), false);
        assert.ok((await world.places()).includes(place));
      },
    );

  prove("a point in time never goes back", async (world) => {
    const { store } = world;
    const access = world.access();
    const early = world.now - 10 * SECOND;
    const cut = async (before: number): Promise<void> =>
      void (await store.revoke(
        { by: "subject", subject: "alice" },
        before,
        world.entry("subject.logged_out"),
      ));
    await cut(world.now);
    await cut(early);
    await store.issueAccessToken(access, world.entry("token.issued"));
    assert.equal(await world.endedBy(access), "subject");
  });

  prove(
    "many tokens are settled in batches; each is over at once",
    async (world) => {
      const { store } = world;
      const tokens = times(2500).map(() => world.access());
      for (let i = 0; i < tokens.length; i += 250)
        await Promise.all(
          tokens
            .slice(i, i + 250)
            .map(async (access) =>
              store.issueAccessToken(access, world.entry("token.issued")),
            ),
        );
      const { accessTokens, left } = await store.revoke(
        { by: "all" },
        world.now,
        world.entry("subject.tokens_revoked_before"),
      );
      assert.ok(accessTokens < 2500);
      assert.equal(left, true);
      for (const access of tokens.slice(0, 50))
        assert.equal(await world.endedBy(access), "all");
      for (const access of tokens.slice(-50))
        assert.equal(await world.endedBy(access), "all");
      const batches = await settleAll(store, world.now + SECOND, 400);
      // Each takes as many as it may, and none looks for what another has ended.
      const rest = 2500 - accessTokens;
      assert.deepEqual(batches, [
        ...times(Math.floor(rest / 400)).map(() => 400),
        rest % 400,
      ]);
      assert.deepEqual(await settleAll(store, world.now + SECOND, 400), [0]);
      assert.equal(new Set(await world.places()).size, 2500);
    },
  );

  prove(
    "grants that gave no token are settled in the same way through, and so are many points in time",
    async (world) => {
      const { store } = world;
      const subjects = times(150).map(() => unique("subject"));
      const cut = world.now;
      world.now += SECOND;
      for (const subject of subjects)
        await store.revoke(
          { by: "subject", subject },
          cut,
          world.entry("subject.logged_out"),
        );
      const grants = await Promise.all(
        subjects.map(async (subject) => {
          // Began before the point in time, written after it.
          const grant = world.grant({ subject, createdAt: cut });
          await store.storeCode(
            grant,
            world.code(grant),
            world.entry("code.issued"),
          );
          return grant;
        }),
      );
      const batches = await settleAll(store, world.now, 40);
      assert.equal(
        batches.reduce((sum, ended) => sum + ended, 0),
        150,
      );
      for (const { grantId } of grants)
        assert.notEqual((await store.findGrant(grantId))?.revokedAt, null);
      // A minute later nothing can come any more, and nobody looks again.
      world.now += 61 * SECOND;
      assert.deepEqual(
        (await settleAll(store, world.now, 40)).map((ended) => ended),
        [0, 0, 0],
      );
      assert.deepEqual(await settleAll(store, world.now, 40), [0]);
    },
  );

  prove(
    "the grants of a code that is still on its way end too, however many there are",
    async (world) => {
      const { store } = world;
      const codes = [];
      for (const _ of times(30)) {
        const grant = world.grant();
        const code = world.code(grant);
        await store.storeCode(grant, code, world.entry("code.issued"));
        codes.push(code);
      }
      const cut = world.now;
      world.now += SECOND;
      await Promise.all([
        store.revoke(
          { by: "client", clientId: CLIENT },
          cut,
          world.entry("client.disabled"),
        ),
        ...codes.map(async (code) => store.redeemCode(world.redemption(code))),
      ]);
      for (const { grantId } of codes)
        assert.notEqual((await store.findGrant(grantId))?.revokedAt, null);
      // Those that were redeemed before their grant ended ended with it.
      const places = await world.places();
      await store.revoke(
        { by: "all" },
        world.now - SECOND,
        world.entry("client.disabled"),
      );
      assert.equal((await world.places()).length, places.length);
    },
  );

  prove(
    "places are numbered without gaps, told from a number on, by resource and by list",
    async (world) => {
      const { store } = world;
      const other = "https://other.example";
      for (const i of times(30)) {
        const access = world.access({ resource: i % 3 === 0 ? other : API });
        await store.issueAccessToken(access, world.entry("token.issued"));
        await store.revoke(
          { by: "token", tokenId: access.tokenId },
          world.now,
          world.entry("token.revoked"),
        );
        if (i % 7 === 0) await store.seal(5);
      }
      assert.equal((await store.newestRevocation()) < 30, true);
      await world.places();
      assert.equal(await store.newestRevocation(), 30);
      const read = async (
        filter: object,
        after = 0,
        limit = 100,
      ): Promise<readonly number[]> =>
        (await store.revokedPlaces({ after, limit, ...filter })).map(
          ({ sequence }) => sequence,
        );
      assert.deepEqual(
        await read({}),
        times(30).map((i) => i + 1),
      );
      assert.deepEqual(await read({}, 10, 5), [11, 12, 13, 14, 15]);
      assert.equal((await read({ resource: other })).length, 10);
      assert.equal((await read({ list: world.listOf(API) })).length, 20);
      const [place] = await store.revokedPlaces({ after: 0, limit: 1 });
      assert.equal(place?.resource, other);
      assert.equal(place.at, world.now);
      assert.equal(place.expiresAt, world.now + 600 * SECOND);
    },
  );

  prove("the feed tells sealed places only", async (world) => {
    const { store } = world;
    const access = world.access({ subject: unique("s") });
    await store.issueAccessToken(access, world.entry("token.issued"));
    await store.revoke(
      { by: "token", tokenId: access.tokenId },
      world.now,
      world.entry("token.revoked"),
    );
    assert.deepEqual(await store.revokedPlaces({ after: 0, limit: 9 }), []);
    assert.equal((await store.seal(10)).revocations, 1);
    assert.equal((await store.revokedPlaces({ after: 0, limit: 9 })).length, 1);
  });
}
