import assert from "node:assert/strict";
import type { Prove } from "../contract-suite.ts";
import { settleAll } from "../settle-all.ts";
import { CLIENT, DAY, SECOND, times, unique, type World } from "../world.ts";

async function sweepAll(world: World): Promise<number> {
  let gone = 0;
  for (;;) {
    const batch = await world.store.sweep(world.now, 500);
    if (batch === 0) return gone;
    gone += batch;
  }
}

export function proveSweep(prove: Prove): void {
  prove(
    "nothing that lives is swept, nor what ended within the last day",
    async (world) => {
      const { store } = world;
      await store.putClient(world.client(), world.entry("client.created"));
      const secret = world.secret({ expiresAt: world.now + SECOND });
      await store.addSecret(
        secret,
        world.now,
        world.entry("client.secret_rotated"),
      );
      const { token, access, grant } = await world.signedIn();
      const loose = world.access();
      await store.issueAccessToken(loose, world.entry("token.issued"));
      await store.revoke(
        { by: "token", tokenId: loose.tokenId },
        world.now,
        world.entry("token.revoked"),
      );
      const places = await world.places();
      await store.rememberOnce("dpop", "a", "jti", world.now + DAY);
      world.now += DAY - SECOND;
      await sweepAll(world);
      assert.equal(await world.endedBy(access), null);
      assert.equal(await world.endedBy(loose), "token");
      assert.ok(await store.findRefreshToken(token));
      assert.ok(await store.findGrant(grant.grantId));
      assert.equal((await store.findClient(CLIENT))?.secrets.length, 1);
      assert.equal(
        await store.rememberOnce("dpop", "a", "jti", world.now),
        false,
      );
      assert.deepEqual(await world.places(), places);
      const used = await store.useRefreshToken(
        world.use(token, {
          presentation: { now: world.now - DAY + 3 * SECOND },
        }),
      );
      assert.equal(used?.outcome.kind, "rotated");
    },
  );

  prove(
    "a status list goes a day after the last of its tokens can have ended, and not before",
    async (world) => {
      const { store } = world;
      const long = world.statusList({ expiresAt: world.now + 3 * DAY });
      const short = world.statusList();
      await store.openStatusList(long);
      await store.openStatusList(short);
      const left = async (): Promise<readonly string[]> => {
        await sweepAll(world);
        return (await store.listStatusLists(null)).map(({ list }) => list);
      };
      const both = (await store.listStatusLists(null)).map(({ list }) => list);
      assert.equal(both.length, 2);
      world.now = short.expiresAt + DAY;
      assert.deepEqual(await left(), both);
      world.now++;
      assert.deepEqual(await left(), [long.list]);
      world.now = long.expiresAt + DAY;
      assert.deepEqual(await left(), [long.list]);
      world.now++;
      assert.deepEqual(await left(), []);
    },
  );

  prove(
    "a batch is as small as it was asked to be, and the rest goes later",
    async (world) => {
      const { store } = world;
      for (const i of times(25))
        await store.rememberOnce("dpop", "a", `${i}`, world.now);
      world.now += SECOND;
      assert.equal(await store.sweep(world.now, 10), 10);
      assert.equal(await store.sweep(world.now, 10), 10);
      assert.equal(await store.sweep(world.now, 10), 5);
      assert.equal(await store.sweep(world.now, 10), 0);
    },
  );

  prove(
    "in two years nothing grows: everything old goes",
    async (world, opened) => {
      const { store } = world;
      await store.putClient(world.client(), world.entry("client.created"));
      const start = world.now;
      let early = opened.rows();
      for (let day = 0; day < 730; day += 5) {
        world.now = start + day * DAY;
        await aDay(world);
        await settleAll(store, world.now, 500);
        world.now += DAY - SECOND;
        await settleAll(store, world.now, 500);
        await world.journal();
        await store.trimJournal(world.now - 20 * DAY, 10_000);
        await sweepAll(world);
        if (day === 120) early = opened.rows();
      }
      for (const [table, n] of Object.entries(opened.rows()))
        assert.ok(
          n <= (early[table] ?? 0),
          `${table}: ${n} rows after two years, ${early[table]} after four months`,
        );
      // When nobody comes any more, only what has a fixed number of names is left.
      for (const _ of times(3)) {
        world.now += 400 * DAY;
        await settleAll(store, world.now, 500);
        await store.trimJournal(world.now, 100_000);
        await sweepAll(world);
      }
      const left = Object.entries(opened.rows()).filter(([, n]) => n > 0);
      assert.deepEqual(left.map(([table]) => table).toSorted(), [
        "clients",
        "leases",
        "server_values",
      ]);
    },
  );
}

/** Some of everything that a server meets in a day. */
async function aDay(world: World): Promise<void> {
  const { store } = world;
  const subject = unique("subject");
  const sessionId = unique("session");
  await store.personalKey(subject, "wrapped", world.now);
  await store.writeEntries([
    world.entry("subject.signed_in", {
      personal: { keyId: subject, cipher: "c" },
    }),
  ]);
  const { token } = await world.signedIn({ subject, sessionId });
  await store.useRefreshToken(world.use(token));
  const secret = world.secret({ expiresAt: world.now + DAY });
  await store.addSecret(
    secret,
    world.now,
    world.entry("client.secret_rotated"),
  );
  await store.openStatusList(world.statusList());
  const loose = world.access({ subject, sessionId });
  await store.issueAccessToken(loose, world.entry("token.issued"));
  await store.revoke(
    { by: "token", tokenId: loose.tokenId },
    world.now,
    world.entry("token.revoked"),
  );
  await store.revoke(
    { by: "session", sessionId },
    world.now,
    world.entry("subject.logged_out"),
  );
  await store.revoke(
    { by: "subject", subject },
    world.now,
    world.entry("subject.disabled"),
  );
  await store.rememberOnce("dpop", "a", unique("jti"), world.now + SECOND);
  await store.storeHandle(
    {
      digest: unique("h"),
      clientId: null,
      at: world.now,
      expiresAt: world.now + DAY,
      sealed: "s",
    },
    null,
  );
  await store.acquireLease(
    "sealer",
    unique("holder"),
    world.now,
    world.now + SECOND,
  );
}
