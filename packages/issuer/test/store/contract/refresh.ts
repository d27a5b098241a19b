import assert from "node:assert/strict";
import { KEPT_GENERATIONS } from "../../../src/tokens/refresh-family.ts";
import type { Prove } from "../contract-suite.ts";
import {
  CLIENT,
  kindsOf,
  SECOND,
  times,
  unique,
  type World,
} from "../world.ts";

/** Renews with the token, and gives the next one. */
async function rotate(world: World, digest: string): Promise<string> {
  const input = world.use(digest);
  const used = await world.store.useRefreshToken(input);
  assert.equal(used?.outcome.kind, "rotated");
  return input.next.digest;
}

export function proveRefresh(prove: Prove): void {
  prove(
    "a refresh token gives an access token and its successor",
    async (world) => {
      const { store } = world;
      const { digest, grant, refresh } = await world.signedIn();
      world.now += SECOND;
      const input = world.use(digest);
      const used = await store.useRefreshToken(input);
      assert.deepEqual(used?.outcome, { kind: "rotated", generation: 2 });
      const { tokenId } = input.access;
      const token = await store.findAccessToken({ tokenId });
      assert.deepEqual(token?.token.status, input.access.status);
      assert.equal(used.successorSealed, null);
      const next = await store.findRefreshToken(input.next.digest);
      assert.equal(next?.tokenId, input.next.tokenId);
      assert.equal(next.generation, 2);
      assert.equal(next.family.generation, 2);
      assert.equal(next.family.lastUsedAt, world.now);
      assert.equal(next.family.familyId, refresh.familyId);
      assert.deepEqual(next.grant, grant);
      const before = await store.findRefreshToken(digest);
      assert.deepEqual(before?.family.generations, [
        {
          generation: 1,
          tokenId: refresh.token.tokenId,
          issuedAt: world.now - SECOND,
          supersededAt: world.now,
          usedBy: {
            clientId: CLIENT,
            key: null,
            network: "home",
            agent: "app",
            scopes: null,
          },
          reused: false,
        },
      ]);
      assert.deepEqual((await world.events()).slice(4).toSorted(), [
        "token.issued",
        "token.issued",
        "token.refreshed",
      ]);
    },
  );

  prove("an unknown refresh token is nobody's", async (world) => {
    const { store } = world;
    assert.equal(await store.findRefreshToken("unknown"), null);
    assert.equal(await store.useRefreshToken(world.use("unknown")), null);
    assert.deepEqual(await world.events(), []);
  });

  prove("without rotation the same token goes on", async (world) => {
    const { store } = world;
    const family = world.family();
    const { digest } = await world.signedIn(
      {},
      { policy: { ...family.policy, rotate: false } },
    );
    for (const _ of times(3)) {
      world.now += SECOND;
      const used = await store.useRefreshToken(world.use(digest));
      assert.deepEqual(used?.outcome, { kind: "renewed" });
      const found = await store.findRefreshToken(digest);
      assert.equal(found?.family.lastUsedAt, world.now);
      assert.equal(found.family.generation, 1);
    }
  });

  prove(
    "of two that bring one token at once, one rotates and one is a repeat",
    async (world) => {
      const { store } = world;
      const { digest } = await world.signedIn();
      const inputs = times(2).map(() => world.use(digest));
      const used = await Promise.all(
        inputs.map(async (input) => store.useRefreshToken(input)),
      );
      assert.deepEqual(kindsOf(used), ["repeated", "rotated"]);
      const rotated =
        inputs[used.findIndex((one) => one?.outcome.kind === "rotated")];
      const repeated = used.find((one) => one?.outcome.kind === "repeated");
      assert.equal(repeated?.successorSealed, rotated?.nextSealed);
      for (const { access } of inputs)
        assert.ok(await store.findAccessToken({ tokenId: access.tokenId }));
      await rotate(world, rotated?.next.digest ?? "");
    },
  );

  prove(
    "of a hundred that bring one token, one rotates, one repeats, the others are judged",
    async (world) => {
      const { store } = world;
      const { digest, grant } = await world.signedIn();
      const inputs = times(100).map(() => world.use(digest));
      const used = await Promise.all(
        inputs.map(async (input) => store.useRefreshToken(input)),
      );
      const kinds = used.map((one) => one?.outcome.kind);
      assert.equal(kinds.filter((kind) => kind === "rotated").length, 1);
      assert.equal(kinds.filter((kind) => kind === "repeated").length, 1);
      assert.equal(kinds.filter((kind) => kind === "reused").length, 98);
      // All came from one sender at one moment: a race, so nobody is logged out.
      assert.equal((await store.findGrant(grant.grantId))?.revokedAt, null);
      const next = inputs.filter((_, i) => kinds[i] === "rotated");
      for (const [i, input] of inputs.entries()) {
        const exists = await store.findRefreshToken(input.next.digest);
        assert.equal(exists !== null, kinds[i] === "rotated");
        const { tokenId } = input.access;
        const given = await store.findAccessToken({ tokenId });
        assert.equal(
          given !== null,
          kinds[i] === "rotated" || kinds[i] === "repeated",
        );
      }
      assert.equal(next.length, 1);
    },
  );

  prove("the successor's seal goes with its first use", async (world) => {
    const { store } = world;
    const { digest } = await world.signedIn();
    const first = world.use(digest);
    await store.useRefreshToken(first);
    const second = world.use(first.next.digest);
    await store.useRefreshToken(second);
    const late = await store.useRefreshToken(world.use(digest));
    assert.equal(late?.outcome.kind, "reused");
    assert.equal(late.successorSealed, null);
    const repeat = await store.useRefreshToken(world.use(first.next.digest));
    assert.equal(repeat?.successorSealed, second.nextSealed);
  });

  prove(
    "theft ends the grant, its families and its access tokens in one",
    async (world) => {
      const { store } = world;
      const { digest, grant, access } = await world.signedIn();
      const { grantId } = grant;
      const first = world.use(digest, { access: world.access({ grantId }) });
      await store.useRefreshToken(first);
      await rotate(world, first.next.digest);
      world.now += 3600 * SECOND - 1;
      const thief = world.use(digest, {
        presentation: { network: "elsewhere", agent: "curl" },
      });
      const used = await store.useRefreshToken(thief);
      assert.equal(used?.outcome.kind, "reused");
      assert.equal(used.outcome.judgement?.story, "theft");
      assert.equal(used.outcome.revoked, true);
      const { tokenId } = thief.access;
      assert.equal(await store.findAccessToken({ tokenId }), null);
      assert.equal(
        (await store.findGrant(grant.grantId))?.revokedAt,
        world.now,
      );
      assert.equal(await world.endedBy(access), "grant");
      assert.equal(await world.endedBy(first.access), "grant");
      const owner = await store.useRefreshToken(world.use(first.next.digest));
      assert.deepEqual(owner?.outcome, {
        kind: "refused",
        why: "revoked",
        since: world.now,
      });
      const events = await world.journal();
      assert.deepEqual(
        events
          .slice(-2)
          .map(({ event }) => event)
          .toSorted(),
        ["grant.revoked", "token.reused"],
      );
      const reused = events.find(({ event }) => event === "token.reused");
      assert.equal(reused?.facts?.["story"], "theft");
    },
  );

  prove(
    "a refusal changes nothing, and does not fill the journal",
    async (world) => {
      const { store } = world;
      const { digest } = await world.signedIn();
      const written = (await world.journal()).length;
      const refusals = [
        ["wrong_client", { clientId: "thief" }],
        ["scope_widened", { scopes: ["admin"] }],
        ["resource_widened", { resource: "https://other.example" }],
        ["expired", { now: world.now + 86_400 * SECOND }],
        ["idle", { now: world.now + 3600 * SECOND }],
      ] as const;
      for (const [why, presentation] of refusals) {
        const input = world.use(digest, { presentation });
        const used = await store.useRefreshToken(input);
        assert.equal(used?.outcome.kind, "refused");
        assert.equal(used.outcome.why, why);
        assert.equal(await store.findRefreshToken(input.next.digest), null);
      }
      assert.equal((await world.journal()).length, written);
      await rotate(world, digest);
    },
  );

  prove(
    "a refresh that fails leaves neither successor nor token nor rows in the journal",
    async (world) => {
      const { store } = world;
      const { digest, access } = await world.signedIn();
      const written = (await world.journal()).length;
      // The access token's id is taken: the last statement but one fails.
      const input = world.use(digest, {
        access: world.access({ tokenId: access.tokenId }),
      });
      await assert.rejects(store.useRefreshToken(input), { name: "Error" });
      assert.equal(await store.findRefreshToken(input.next.digest), null);
      // And where the journal's last entry cannot be written, of the three that belong to it.
      const late = world.use(digest);
      const taken = `${late.journal.id.slice(0, -1)}2`;
      await store.writeEntries([
        { ...world.entry("server.started"), id: taken },
      ]);
      await assert.rejects(store.useRefreshToken(late), { name: "Error" });
      assert.equal(await store.findRefreshToken(late.next.digest), null);
      const { tokenId } = late.access;
      assert.equal(await store.findAccessToken({ tokenId }), null);
      assert.equal((await world.journal()).length, written + 1);
      await rotate(world, digest);
    },
  );

  prove(
    "what ended the subject ends a refresh, before anything is settled",
    async (world) => {
      const { store } = world;
      const subject = unique("subject");
      const { digest } = await world.signedIn({ subject });
      await store.revoke(
        { by: "subject", subject },
        world.now,
        world.entry("subject.logged_out"),
      );
      const used = await store.useRefreshToken(world.use(digest));
      assert.equal(used?.outcome.kind, "refused");
    },
  );

  prove(
    "a family of hundreds of generations still knows its oldest token",
    async (world) => {
      const { store } = world;
      const { digest, grant } = await world.signedIn();
      let newest = digest;
      for (const _ of times(KEPT_GENERATIONS + 10))
        newest = await rotate(world, newest);
      const used = await store.useRefreshToken(world.use(digest));
      assert.equal(used?.outcome.kind, "reused");
      // Nothing is known of its use any more: what cannot be judged is taken for the worst.
      assert.equal(used.outcome.judgement, null);
      assert.notEqual((await store.findGrant(grant.grantId))?.revokedAt, null);
    },
  );

  prove(
    "while a grant is being revoked, no refresh survives it",
    async (world) => {
      const { store } = world;
      const families = await Promise.all(
        times(20).map(async () => world.signedIn()),
      );
      const inputs = families.map(({ digest }) => world.use(digest));
      await Promise.all(
        families.flatMap(({ grant: { grantId } }, i) => [
          store.useRefreshToken({
            ...(inputs[i] ?? world.use("")),
            access: world.access({ grantId }),
          }),
          store.revoke(
            { by: "grant", grantId },
            world.now,
            world.entry("grant.revoked"),
          ),
        ]),
      );
      for (const { grant } of families)
        assert.notEqual(
          (await store.findGrant(grant.grantId))?.revokedAt,
          null,
        );
      const tokens = await Promise.all(
        inputs.map(async ({ next }) =>
          store.useRefreshToken(world.use(next.digest)),
        ),
      );
      for (const used of tokens)
        assert.ok(used === null || used.outcome.kind === "refused");
    },
  );
}
