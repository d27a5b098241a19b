import assert from "node:assert/strict";
import { StoreUnavailable } from "../../../src/store/store.ts";
import type { Prove } from "../contract-suite.ts";
import { CLIENT, SECOND, times, unique, nextOf } from "../world.ts";

export function proveServer(prove: Prove): void {
  prove("an id is remembered once for each kind and owner", async (world) => {
    const { store, now } = world;
    const first = await Promise.all(
      times(50).map(async () => store.rememberOnce("dpop", "a", "jti", now)),
    );
    assert.equal(first.filter(Boolean).length, 1);
    assert.equal(await store.rememberOnce("dpop", "b", "jti", now), true);
    assert.equal(await store.rememberOnce("assertion", "a", "jti", now), true);
  });

  prove("one holder has a lease until it ends", async (world) => {
    const { store, now } = world;
    const until = now + 10 * SECOND;
    const holders = await Promise.all(
      times(20).map(async (i) => ({
        i,
        had: await store.acquireLease("sealer", `h${i}`, now, until),
      })),
    );
    const [holder, ...others] = holders.filter(({ had }) => had);
    assert.ok(holder);
    assert.deepEqual(others, []);
    const name = `h${holder.i}`;
    assert.equal(
      await store.acquireLease("sealer", name, now, until + 5),
      true,
    );
    assert.equal(
      await store.acquireLease("sealer", "x", until, until + 9),
      false,
    );
    assert.equal(
      await store.acquireLease("sealer", "x", until + 5, until + 9),
      true,
    );
    assert.equal(
      await store.acquireLease("sealer", name, until + 6, until + 9),
      false,
    );
    assert.equal(await store.acquireLease("sweeper", name, now, until), true);
  });

  prove(
    "a named value is written by whoever knows the one before",
    async (world) => {
      const { store } = world;
      assert.equal(await store.readValue("v"), null);
      assert.equal(await store.writeValue("v", "none", "x"), false);
      const writes = await Promise.all(
        times(10).map(async (i) => store.writeValue("v", null, `${i}`)),
      );
      assert.equal(writes.filter(Boolean).length, 1);
      const value = (await store.readValue("v")) ?? "";
      assert.equal(value, `${writes.indexOf(true)}`);
      const changes = await Promise.all(
        times(10).map(async (i) => store.writeValue("v", value, `next-${i}`)),
      );
      assert.equal(changes.filter(Boolean).length, 1);
    },
  );

  prove("a handle is found by its digest alone", async (world) => {
    const { store } = world;
    const handle = {
      digest: unique("handle"),
      clientId: CLIENT,
      at: world.now,
      expiresAt: world.now + SECOND,
      sealed: "sealed",
    };
    const nobody = { ...handle, digest: unique("handle"), clientId: null };
    await store.storeHandle(handle, world.entry("request.refused"));
    await store.storeHandle(nobody, null);
    assert.deepEqual(await store.findHandle(handle.digest), handle);
    assert.deepEqual(await store.findHandle(nobody.digest), nobody);
    assert.equal(await store.findHandle("sealed"), null);
    assert.deepEqual(await world.events(), ["request.refused"]);
  });

  prove(
    "the ring of keys changes as a whole, by whoever read it last",
    async (world) => {
      const { store } = world;
      assert.equal(await store.signingKeysVersion(), 0);
      const [one, two] = [
        world.signingKey({ kid: "a" }),
        world.signingKey({ kid: "b" }),
      ];
      const changes = await Promise.all(
        times(10).map(async () =>
          store.changeSigningKeys(
            0,
            [one, two],
            [],
            [world.entry("key.published")],
          ),
        ),
      );
      assert.equal(changes.filter(Boolean).length, 1);
      assert.equal(await store.signingKeysVersion(), 1);
      assert.deepEqual(await store.listSigningKeys(), [one, two]);
      const current = {
        ...two,
        state: "current" as const,
        activatedAt: world.now,
      };
      assert.equal(
        await store.changeSigningKeys(
          0,
          [current],
          ["a"],
          [world.entry("key.activated")],
        ),
        false,
      );
      assert.deepEqual(await store.listSigningKeys(), [one, two]);
      assert.equal(
        await store.changeSigningKeys(
          1,
          [current],
          ["a"],
          [world.entry("key.activated")],
        ),
        true,
      );
      assert.deepEqual(await store.listSigningKeys(), [current]);
      assert.equal(await store.signingKeysVersion(), 2);
      assert.deepEqual((await world.events()).toSorted(), [
        "key.activated",
        "key.published",
      ]);
    },
  );

  prove(
    "grants are listed by client and subject, a page at a time",
    async (world) => {
      const { store } = world;
      const ids: string[] = [];
      for (const i of times(12)) {
        const grant = world.grant({
          clientId: i % 2 === 0 ? CLIENT : "other",
          subject: i % 3 === 0 ? "alice" : null,
        });
        await store.storeCode(
          grant,
          world.code(grant),
          world.entry("code.issued"),
        );
        ids.push(grant.grantId);
      }
      ids.sort();
      const list = async (filter: object): Promise<readonly string[]> =>
        (await store.listGrants({ limit: 100, ...filter })).map(
          ({ grantId }) => grantId,
        );
      assert.deepEqual(await list({}), ids);
      assert.deepEqual(await list({ limit: 5 }), ids.slice(0, 5));
      assert.deepEqual(
        await list({ limit: 5, after: ids[4] }),
        ids.slice(5, 10),
      );
      assert.equal((await list({ clientId: CLIENT })).length, 6);
      assert.equal((await list({ subject: "alice" })).length, 4);
      assert.equal(
        (await list({ clientId: "other", subject: "alice" })).length,
        2,
      );
    },
  );

  prove(
    "what stands sealed is listed a page at a time, and replaced where it still stands",
    async (world) => {
      const { store } = world;
      await store.putClient(world.client(), world.entry("client.created"));
      for (const secretId of ["a", "b"])
        await store.addSecret(
          world.secret({ secretId, sealed: secretId === "a" ? "old" : null }),
          world.now,
          world.entry("client.secret_rotated"),
        );
      for (const key of ["p1", "p2", "p3"])
        await store.personalKey(key, `old ${key}`, world.now);
      const page = await store.listSealed("personal_key", [], 2);
      assert.deepEqual(page, [
        { kind: "personal_key", id: ["p1"], sealed: "old p1" },
        { kind: "personal_key", id: ["p2"], sealed: "old p2" },
      ]);
      const rest = await store.listSealed("personal_key", ["p2"], 2);
      const secrets = await store.listSealed("client_secret", [], 9);
      assert.deepEqual(
        secrets.map(({ id }) => id),
        [[CLIENT, "a"]],
      );
      assert.deepEqual(
        await store.listSealed("client_secret", [CLIENT, "a"], 9),
        [],
      );
      await store.erasePersonalKey(
        "p1",
        world.now,
        world.entry("subject.deleted"),
      );
      const changes = [...page, ...rest, ...secrets].map((row) => ({
        row,
        sealed: `new ${row.id.at(-1)}`,
      }));
      assert.equal(await store.replaceSealed(changes), 3);
      assert.equal(await store.replaceSealed(changes), 0);
      assert.equal(await store.personalKey("p1", "x", world.now), null);
      assert.equal(await store.personalKey("p3", "x", world.now), "new p3");
      const found = await store.findClient(CLIENT);
      assert.equal(
        found?.secrets.find(({ secretId }) => secretId === "a")?.sealed,
        "new a",
      );
    },
  );

  prove("all of it is there after a restart", async (world, opened) => {
    const { token, access, grant } = await world.signedIn();
    await world.store.putClient(world.client(), world.entry("client.created"));
    const input = world.use(token);
    await world.store.useRefreshToken(input);
    await world.store.rememberOnce("dpop", "a", "jti", world.now);
    const rows = await world.journal();
    world.store = await opened.reopen();
    const { store } = world;
    assert.deepEqual((await store.findClient(CLIENT))?.client, world.client());
    assert.deepEqual(await store.findGrant(grant.grantId), grant);
    assert.equal(await world.endedBy(access), null);
    assert.equal((await store.findRefreshToken(nextOf(input)))?.generation, 2);
    assert.equal(
      await store.rememberOnce("dpop", "a", "jti", world.now),
      false,
    );
    assert.deepEqual(await world.journal(), rows);
    const repeat = await store.useRefreshToken(world.use(token));
    assert.equal(repeat?.successorSealed, input.nextSealed);
  });

  prove("a closed store answers nothing about a token", async (world) => {
    const { store } = world;
    await store.ping();
    const under = store.rememberOnce("dpop", "a", "jti", world.now);
    await Promise.all([store.close(), store.close()]);
    assert.equal(await under, true);
    const closed = (error: unknown): boolean =>
      error instanceof StoreUnavailable;
    await assert.rejects(store.ping(), closed);
    await assert.rejects(store.findAccessToken({ tokenId: "t" }), closed);
    await assert.rejects(store.rememberOnce("dpop", "a", "j", 1), closed);
  });
}
