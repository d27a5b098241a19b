/** What the embedded store keeps of its reads is never behind the file: after each of many changes in any order, both say the same. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import type { NamedRefreshToken } from "../../src/store/records.ts";
import { verbOf } from "../../src/store/sql/verbs.ts";
import { KeptReads } from "../../src/store/sqlite/kept-reads.ts";
import { runVerb, type Prepared } from "../../src/store/sqlite/run-verb.ts";
import { gaveToken } from "../../src/tokens/refresh-family.ts";
import { openTemporaryStore, type TemporaryStore } from "../temporary-store.ts";
import { CLIENT, nextOf, SECOND, World, type SignedIn } from "./world.ts";

/** As the temporary store names it. */
const ISSUER = "one";
const CHANGES = [
  "sign in",
  "refresh",
  "refresh with the one before",
  "refresh with the first",
  "issue",
  "revoke the token",
  "revoke the grant",
  "revoke the subject",
  "revoke the client",
  "settle",
  "sweep",
  "wait",
  "change the client",
  "write to the journal",
] as const;

interface Family {
  readonly signedIn: SignedIn;
  readonly tokens: NamedRefreshToken[];
}

describe("reads that are kept", () => {
  let place: TemporaryStore;
  let file: DatabaseSync;
  const prepared: Prepared = new Map();
  const inFile = (verb: string, ...args: readonly unknown[]): unknown =>
    runVerb(file, prepared, verbOf(verb)(ISSUER, ...args));
  before(async () => {
    place = await openTemporaryStore();
    file = new DatabaseSync(place.path, { readOnly: true });
  });
  after(async () => {
    file.close();
    await place.close();
  });

  it("of a refresh token are right when somebody read it between its rotation and the answer", async () => {
    const { store } = place;
    const world = new World(store);
    const { token } = await world.signedIn();
    const first = world.use(token);
    const kept = new KeptReads();
    const read = (one: NamedRefreshToken): unknown =>
      kept.read("findRefreshToken", [one], () =>
        inFile("findRefreshToken", one),
      );
    const used = await store.useRefreshToken(first);
    // On disk already, and not yet told to the thread that reads.
    read(token);
    kept.written("useRefreshToken", [first], used);
    assert.deepEqual(
      read(nextOf(first)),
      inFile("findRefreshToken", nextOf(first)),
    );
    const second = world.use(nextOf(first));
    kept.written(
      "useRefreshToken",
      [second],
      await store.useRefreshToken(second),
    );
    for (const one of [token, nextOf(first), nextOf(second)])
      assert.deepEqual(read(one), inFile("findRefreshToken", one));
  });

  it("say what the file says", async () => {
    const { store } = place;
    const world = new World(store);
    await store.putClient(world.client(), world.entry("client.created"));

    const run = async (
      changes: readonly (readonly [(typeof CHANGES)[number], number])[],
    ): Promise<void> => {
      const families: Family[] = [];
      const issued: string[] = [];
      const use = async (
        family: Family,
        token: NamedRefreshToken | undefined,
      ): Promise<void> => {
        if (!token) return;
        const input = world.use(token, {
          access: world.access({
            grantId: family.signedIn.grant.grantId,
            familyId: family.signedIn.refresh.familyId,
          }),
        });
        const used = await store.useRefreshToken(input);
        if (used && gaveToken(used.outcome)) issued.push(input.access.tokenId);
        if (used?.outcome.kind === "rotated") family.tokens.push(nextOf(input));
      };
      for (const [change, which] of changes) {
        world.now += SECOND;
        const family = families[which % Math.max(1, families.length)];
        const entry = world.entry("grant.revoked");
        if (change === "sign in" || !family) {
          const signedIn = await world.signedIn({ subject: `person ${which}` });
          families.push({ signedIn, tokens: [signedIn.token] });
          issued.push(signedIn.access.tokenId);
        } else if (change === "refresh")
          await use(family, family.tokens.at(-1));
        else if (change === "refresh with the one before")
          await use(family, family.tokens.at(-2));
        else if (change === "refresh with the first")
          await use(family, family.tokens[0]);
        else if (change === "issue") {
          const access = world.access();
          await store.issueAccessToken(access, world.entry("token.issued"));
          issued.push(access.tokenId);
        } else if (change === "revoke the token")
          await store.revoke(
            { by: "token", tokenId: issued[which % issued.length] ?? "" },
            world.now,
            entry,
          );
        else if (change === "revoke the grant")
          await store.revoke(
            { by: "grant", grantId: family.signedIn.grant.grantId },
            world.now,
            entry,
          );
        else if (change === "revoke the subject")
          await store.revoke(
            { by: "subject", subject: `person ${which}` },
            world.now,
            entry,
          );
        else if (change === "revoke the client")
          await store.revoke(
            { by: "client", clientId: CLIENT },
            world.now,
            entry,
          );
        else if (change === "settle")
          await store.settleRevocations(world.now, 100, null);
        else if (change === "sweep") await store.sweep(world.now, 100);
        else if (change === "wait") world.now += 900 * SECOND;
        else if (change === "change the client")
          await store.replaceClient(
            await store
              .findClient(CLIENT)
              .then((found) => found?.client ?? null),
            world.client({ name: `Shop ${which}` }),
            world.entry("client.changed"),
          );
        else await store.writeEntries([world.entry("token.inactive")]);

        assert.deepEqual(
          await store.findClient(CLIENT),
          inFile("findClient", CLIENT),
        );
        for (const tokenId of issued)
          assert.deepEqual(
            await store.findAccessToken({ tokenId }),
            inFile("findAccessToken", { tokenId }),
            change,
          );
        for (const token of families.flatMap(({ tokens }) => tokens))
          assert.deepEqual(
            await store.findRefreshToken(token),
            inFile("findRefreshToken", token),
            change,
          );
      }
    };

    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...CHANGES), fc.nat({ max: 3 })), {
          minLength: 4,
          maxLength: 25,
        }),
        run,
      ),
      { numRuns: 60 },
    );
  });
});
