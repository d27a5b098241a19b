import assert from "node:assert/strict";
import {
  STATUS_LIST_OPEN,
  STATUS_LIST_SIZE,
  STATUS_TRIES,
} from "../../../src/store/store.ts";
import type { Prove } from "../contract-suite.ts";
import { API, times } from "../world.ts";

export function proveAccessTokens(prove: Prove): void {
  prove(
    "an access token is found by its id and by its digest, as it was written",
    async (world) => {
      const { store } = world;
      const access = world.access({
        kid: "k",
        jkt: "j",
        sessionId: "s",
        familyId: "f",
        claims: { role: ["a", { b: null }], n: 1.5 },
      });
      const status = await store.issueAccessToken(
        access,
        world.entry("token.issued", { tokenId: access.tokenId }),
      );
      const { places: _, ...written } = access;
      const found = {
        token: { ...written, status, revokedAt: null },
        ended: null,
      };
      const { tokenId, digest } = access;
      assert.deepEqual(await store.findAccessToken({ tokenId }), found);
      assert.deepEqual(
        await store.findAccessToken({ digest: digest ?? "" }),
        found,
      );
      assert.equal(await store.findAccessToken({ digest: tokenId }), null);
      assert.equal(
        await store.findAccessToken({ tokenId: digest ?? "" }),
        null,
      );
      assert.deepEqual(await world.events(), ["token.issued"]);
    },
  );

  prove(
    "a token of a client that was disabled meanwhile is over when it is written",
    async (world) => {
      const { store } = world;
      const client = world.client({ disabledAt: world.now - 1 });
      await store.putClient(client, world.entry("client.disabled"));
      const access = world.access({
        clientId: client.clientId,
        grantId: null,
      });
      await store.issueAccessToken(access, world.entry("token.issued"));
      const found = await store.findAccessToken({ tokenId: access.tokenId });
      assert.equal(found?.ended?.by, "client");
    },
  );

  prove(
    "two tokens of one id are a mistake, and the second is not written",
    async (world) => {
      const { store } = world;
      const access = world.access();
      await store.issueAccessToken(access, world.entry("token.issued"));
      await assert.rejects(
        store.issueAccessToken(
          world.access({ tokenId: access.tokenId }),
          world.entry("token.issued"),
        ),
        { name: "Error" },
      );
      assert.equal((await world.journal()).length, 1);
    },
  );

  prove(
    "a taken place is never given again; a list that is too full is closed",
    async (world) => {
      const { store } = world;
      const places = times(STATUS_TRIES).map((i) => i * 7);
      const issued = [];
      // Each brings the same places: the first four of them fill those, the fifth opens a list.
      for (const _ of times(2 * STATUS_TRIES + 1))
        issued.push(
          await store.issueAccessToken(
            world.access({ places }),
            world.entry("token.issued"),
          ),
        );
      const taken = new Set(
        issued.map(({ list, index }) => `${list} ${index}`),
      );
      assert.equal(taken.size, issued.length);
      assert.deepEqual(
        issued.map(({ index }) => index),
        [...places, ...places, 0],
      );
      const lists = await store.listStatusLists(API);
      assert.equal(lists.length, 3);
      assert.ok(issued.every(({ index }) => index < STATUS_LIST_SIZE));
    },
  );

  prove(
    "each resource has lists of its own, and a list takes tokens for a day",
    async (world) => {
      const { store } = world;
      const other = "https://other.example";
      const issue = async (resource: string): Promise<string> =>
        (
          await store.issueAccessToken(
            world.access({ resource }),
            world.entry("token.issued"),
          )
        ).list;
      const first = await issue(API);
      assert.notEqual(await issue(other), first);
      assert.equal(await issue(API), first);
      world.now += STATUS_LIST_OPEN;
      const second = await issue(API);
      assert.notEqual(second, first);
      assert.deepEqual(
        (await store.listStatusLists(API)).map(({ list }) => list),
        [first, second],
      );
      assert.equal((await store.listStatusLists(null)).length, 3);
    },
  );

  prove("a hundred at once get a hundred places of one list", async (world) => {
    const { store } = world;
    const issued = await Promise.all(
      times(100).map(async () =>
        store.issueAccessToken(world.access(), world.entry("token.issued")),
      ),
    );
    assert.equal(new Set(issued.map(({ list }) => list)).size, 1);
    assert.equal(new Set(issued.map(({ index }) => index)).size, 100);
    assert.equal((await world.journal()).length, 100);
  });

  prove("a token of a grant that is revoked is born revoked", async (world) => {
    const { store } = world;
    const { grant } = await world.signedIn();
    await store.revoke(
      { by: "grant", grantId: grant.grantId },
      world.now,
      world.entry("grant.revoked"),
    );
    const access = world.access({ grantId: grant.grantId });
    const { list, index } = await store.issueAccessToken(
      access,
      world.entry("token.issued"),
    );
    assert.equal(await world.endedBy(access), "grant");
    assert.ok((await world.places()).includes(`${list} ${index}`));
  });

  prove(
    "while a grant is being revoked, no token of it survives",
    async (world) => {
      const { store } = world;
      const { grant } = await world.signedIn();
      const tokens = times(40).map(() =>
        world.access({ grantId: grant.grantId }),
      );
      await Promise.all([
        ...tokens.map(async (access) =>
          store.issueAccessToken(access, world.entry("token.issued")),
        ),
        store.revoke(
          { by: "grant", grantId: grant.grantId },
          world.now,
          world.entry("grant.revoked"),
        ),
      ]);
      for (const token of tokens)
        assert.equal(await world.endedBy(token), "grant");
      assert.equal((await world.places()).length, 41);
    },
  );
}
