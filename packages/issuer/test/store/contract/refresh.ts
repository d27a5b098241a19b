import assert from "node:assert/strict";
import { KEPT_GENERATIONS } from "../../../src/tokens/refresh-family.ts";
import type { RefreshTokenName } from "../../../src/store/records.ts";
import type { Prove } from "../contract-suite.ts";
import {
  CLIENT,
  kindsOf,
  nextOf,
  SECOND,
  times,
  unique,
  type World,
} from "../world.ts";

/** Renews with the token, and gives the next one. */
async function rotate(
  world: World,
  token: RefreshTokenName,
): Promise<RefreshTokenName> {
  const input = world.use(token);
  const used = await world.store.useRefreshToken(input);
  assert.equal(used?.outcome.kind, "rotated");
  return nextOf(input);
}

export function proveRefresh(prove: Prove): void {
  prove(
    "a refresh token gives an access token and its successor",
    async (world) => {
      const { store } = world;
      const { token, grant, refresh } = await world.signedIn();
      world.now += SECOND;
      const input = world.use(token);
      const used = await store.useRefreshToken(input);
      assert.deepEqual(used?.outcome, { kind: "rotated", generation: 2 });
      const { tokenId } = input.access;
      const access = await store.findAccessToken({ tokenId });
      assert.deepEqual(access?.token.status, input.access.status);
      assert.equal(used.successorSealed, null);
      const next = await store.findRefreshToken(nextOf(input));
      assert.equal(next?.tokenId, input.next.tokenId);
      assert.equal(next.generation, 2);
      assert.equal(next.family.generation, 2);
      assert.equal(next.family.lastUsedAt, world.now);
      assert.equal(next.family.familyId, refresh.familyId);
      assert.deepEqual(next.grant, grant);
      const before = await store.findRefreshToken(token);
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
    for (const token of [
      { digest: "unknown" },
      { familyId: "unknown", generation: 1, digest: "unknown" },
    ]) {
      assert.equal(await store.findRefreshToken(token), null);
      assert.equal(await store.useRefreshToken(world.use(token)), null);
    }
    assert.deepEqual(await world.events(), []);
  });

  prove(
    "a name with another digest is nobody's, and harms nobody",
    async (world) => {
      const { store } = world;
      const { token, grant } = await world.signedIn();
      const first = world.use(token);
      await store.useRefreshToken(first);
      const written = (await world.journal()).length;
      for (const one of [token, nextOf(first)]) {
        const guessed = { ...one, digest: unique("digest") };
        assert.equal(await store.findRefreshToken(guessed), null);
        assert.equal(await store.useRefreshToken(world.use(guessed)), null);
        // Nor does the digest alone: its text would name the family.
        const { digest } = one;
        assert.equal(await store.findRefreshToken({ digest }), null);
      }
      assert.equal((await world.journal()).length, written);
      assert.equal((await store.findGrant(grant.grantId))?.revokedAt, null);
      await rotate(world, nextOf(first));
    },
  );

  prove("without rotation the same token goes on", async (world) => {
    const { store } = world;
    const family = world.family();
    const { token } = await world.signedIn(
      {},
      { policy: { ...family.policy, rotate: false } },
    );
    for (const _ of times(3)) {
      world.now += SECOND;
      const used = await store.useRefreshToken(world.use(token));
      assert.deepEqual(used?.outcome, { kind: "renewed" });
      const found = await store.findRefreshToken(token);
      assert.equal(found?.family.lastUsedAt, world.now);
      assert.equal(found.family.generation, 1);
    }
  });

  prove(
    "of two that bring one token at once, one rotates and one is a repeat",
    async (world) => {
      const { store } = world;
      const { token } = await world.signedIn();
      const inputs = times(2).map(() => world.use(token));
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
      assert.ok(rotated);
      await rotate(world, nextOf(rotated));
    },
  );

  prove(
    "of a hundred that bring one token, one rotates, one repeats, the others are judged",
    async (world) => {
      const { store } = world;
      const { token, grant } = await world.signedIn();
      const inputs = times(100).map(() => world.use(token));
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
        const exists = await store.findRefreshToken(nextOf(input));
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
    const { token } = await world.signedIn();
    const first = world.use(token);
    await store.useRefreshToken(first);
    const second = world.use(nextOf(first));
    await store.useRefreshToken(second);
    const late = await store.useRefreshToken(world.use(token));
    assert.equal(late?.outcome.kind, "reused");
    assert.equal(late.successorSealed, null);
    const repeat = await store.useRefreshToken(world.use(nextOf(first)));
    assert.equal(repeat?.successorSealed, second.nextSealed);
  });

  prove(
    "theft ends the grant, its families and its access tokens in one",
    async (world) => {
      const { store } = world;
      const { token, grant, access } = await world.signedIn();
      const { grantId } = grant;
      const first = world.use(token, { access: world.access({ grantId }) });
      await store.useRefreshToken(first);
      await rotate(world, nextOf(first));
      world.now += 3600 * SECOND - 1;
      const thief = world.use(token, {
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
      const owner = await store.useRefreshToken(world.use(nextOf(first)));
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
      const { token } = await world.signedIn();
      const written = (await world.journal()).length;
      const refusals = [
        ["wrong_client", { clientId: "thief" }],
        ["scope_widened", { scopes: ["admin"] }],
        ["resource_widened", { resource: "https://other.example" }],
        ["expired", { now: world.now + 86_400 * SECOND }],
        ["idle", { now: world.now + 3600 * SECOND }],
      ] as const;
      for (const [why, presentation] of refusals) {
        const input = world.use(token, { presentation });
        const used = await store.useRefreshToken(input);
        assert.equal(used?.outcome.kind, "refused");
        assert.equal(used.outcome.why, why);
        assert.equal(await store.findRefreshToken(nextOf(input)), null);
      }
      assert.equal((await world.journal()).length, written);
      await rotate(world, token);
    },
  );

  prove(
    "a refresh that fails leaves neither successor nor token nor rows in the journal",
    async (world) => {
      const { store } = world;
      const { token, access } = await world.signedIn();
      const written = (await world.journal()).length;
      // The access token's id is taken: the last statement but one fails.
      const input = world.use(token, {
        access: world.access({ tokenId: access.tokenId }),
      });
      await assert.rejects(store.useRefreshToken(input), { name: "Error" });
      assert.equal(await store.findRefreshToken(nextOf(input)), null);
      // And where the journal cannot be written.
      const late = world.use(token);
      const taken = late.journal.id;
      await store.writeEntries([
        { ...world.entry("server.started"), id: taken },
      ]);
      await assert.rejects(store.useRefreshToken(late), { name: "Error" });
      assert.equal(await store.findRefreshToken(nextOf(late)), null);
      const { tokenId } = late.access;
      assert.equal(await store.findAccessToken({ tokenId }), null);
      assert.equal((await world.journal()).length, written + 1);
      await rotate(world, token);
    },
  );

  prove(
    "what ended the subject ends a refresh, before anything is settled",
    async (world) => {
      const { store } = world;
      const subject = unique("subject");
      const { token } = await world.signedIn({ subject });
      await store.revoke(
        { by: "subject", subject },
        world.now,
        world.entry("subject.logged_out"),
      );
      const used = await store.useRefreshToken(world.use(token));
      assert.equal(used?.outcome.kind, "refused");
    },
  );

  prove(
    "a family of hundreds of generations still knows its oldest token",
    async (world) => {
      const { store } = world;
      const { token, grant } = await world.signedIn();
      let newest: RefreshTokenName = token;
      for (const _ of times(KEPT_GENERATIONS + 10))
        newest = await rotate(world, newest);
      const used = await store.useRefreshToken(world.use(token));
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
      const inputs = families.map(({ token }) => world.use(token));
      await Promise.all(
        families.flatMap(({ grant: { grantId } }, i) => [
          store.useRefreshToken({
            ...(inputs[i] ?? world.use({ digest: "" })),
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
        inputs.map(async (input) =>
          store.useRefreshToken(world.use(nextOf(input))),
        ),
      );
      for (const used of tokens)
        assert.ok(used === null || used.outcome.kind === "refused");
    },
  );
}
