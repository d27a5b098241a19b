import assert from "node:assert/strict";
import type { Prove } from "../contract-suite.ts";
import { API, SECOND, times } from "../world.ts";

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
      await store.issueAccessToken(
        access,
        world.entry("token.issued", { tokenId: access.tokenId }),
      );
      const found = {
        token: { ...access, revokedAt: null },
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
    "status lists are told by resource, in the order of their opening",
    async (world) => {
      const { store } = world;
      const other = "https://other.example";
      const opened: { list: string; resource: string }[] = [];
      for (const resource of [API, other, API, API, other]) {
        const list = world.statusList({ resource });
        await store.openStatusList(list);
        opened.push({ list: list.list, resource });
        world.now += SECOND;
      }
      const of = (wanted: string): typeof opened =>
        opened.filter(({ resource }) => resource === wanted);
      assert.deepEqual(await store.listStatusLists(API), of(API));
      assert.deepEqual(await store.listStatusLists(other), of(other));
      assert.deepEqual(
        await store.listStatusLists("https://third.example"),
        [],
      );
      assert.deepEqual(await store.listStatusLists(null), opened);
    },
  );

  prove(
    "two status lists of one name are a mistake, and the first stays as it was",
    async (world) => {
      const { store } = world;
      const list = world.statusList();
      await store.openStatusList(list);
      for (const again of [
        list,
        world.statusList({
          list: list.list,
          resource: "https://other.example",
        }),
      ])
        await assert.rejects(store.openStatusList(again), { name: "Error" });
      assert.deepEqual(await store.listStatusLists(null), [
        { list: list.list, resource: API },
      ]);
    },
  );

  prove("a token of a grant that is revoked is born revoked", async (world) => {
    const { store } = world;
    const { grant } = await world.signedIn();
    await store.revoke(
      { by: "grant", grantId: grant.grantId },
      world.now,
      world.entry("grant.revoked"),
    );
    const access = world.access({ grantId: grant.grantId });
    await store.issueAccessToken(access, world.entry("token.issued"));
    assert.equal(await world.endedBy(access), "grant");
    const { list, index } = access.status;
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
