import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as endTokens from "../../src/revocation/end-tokens.ts";
import { openRevocationBed, type RevocationBed } from "./revocation-bed.ts";

let bed: RevocationBed;
before(async () => {
  bed = await openRevocationBed();
});
after(async () => bed.close());

const OLGA = { clientId: "console", ip: "192.0.2.1", agent: null, by: "olga" };

/** What was written before gets lower numbers. */
async function sealAll(): Promise<void> {
  while ((await bed.store.seal(1000)).entries > 0);
}

/** The newest entry of the journal, with the person whose it is and the one who acted. */
async function newest(): Promise<Readonly<Record<string, unknown>>> {
  await sealAll();
  // The server's own entries, of its keys for instance, are nobody's.
  const entries = await bed.store.readJournal({ limit: 10, newestFirst: true });
  const entry = entries.find(({ personal }) => personal !== null);
  assert.ok(entry?.personal);
  const { personal } = bed.issuer.context.journal;
  const { subject, by } =
    (await personal.open(entry.personal)) ?? assert.fail();
  const { event, clientId, grantId, tokenId } = entry;
  return { event, clientId, grantId, tokenId, subject, by };
}

const NONE = { clientId: undefined, grantId: undefined, tokenId: undefined };

describe("what ends tokens writes what happened, to whom and by whom", () => {
  test("a token, a grant, a session, a person", async () => {
    const { context } = bed.issuer;
    const { claims, grantId } = await bed.signIn({ sessionId: "here" });
    const tokenId = String(claims.jti);
    const alices = { subject: "alice", by: "olga" };
    await endTokens.endToken(context, tokenId, OLGA);
    assert.deepEqual(await newest(), {
      event: "token.revoked",
      clientId: "app",
      grantId,
      tokenId,
      ...alices,
    });
    await endTokens.endGrant(context, grantId, OLGA);
    assert.deepEqual(await newest(), {
      ...NONE,
      event: "grant.revoked",
      clientId: "app",
      grantId,
      ...alices,
    });
    await endTokens.endSession(
      context,
      { sessionId: "here", subject: "alice" },
      OLGA,
    );
    assert.deepEqual(await newest(), {
      ...NONE,
      event: "subject.logged_out",
      ...alices,
    });
    for (const change of [
      "disabled",
      "deleted",
      "password_changed",
      "logged_out",
    ] as const) {
      await endTokens.endSubject(context, "alice", change, OLGA);
      assert.deepEqual(await newest(), {
        ...NONE,
        event: `subject.${change}`,
        ...alices,
      });
    }
    await endTokens.endSubjectBefore(context, "alice", context.clock(), OLGA);
    assert.deepEqual(await newest(), {
      ...NONE,
      event: "subject.tokens_revoked_before",
      ...alices,
    });
  });

  test("a client, a key, everything", async () => {
    const { context } = bed.issuer;
    await bed.put({ clientId: "shop" });
    await sealAll();
    const nobodys = { subject: null, by: "olga" };
    await endTokens.endClientBefore(context, "shop", context.clock(), OLGA);
    assert.deepEqual(await newest(), {
      ...NONE,
      event: "subject.tokens_revoked_before",
      clientId: "shop",
      ...nobodys,
    });
    for (const _ of ["once", "again"]) {
      await endTokens.disableClient(context, "shop", OLGA);
      assert.deepEqual(await newest(), {
        ...NONE,
        event: "client.disabled",
        clientId: "shop",
        ...nobodys,
      });
    }
    const found = await bed.store.findClient("shop");
    assert.notEqual(found?.client.disabledAt ?? null, null);
    const [key] = await context.keys.list();
    for (const _ of ["once", "again"]) {
      await endTokens.withdrawKey(context, key?.kid ?? "", OLGA);
      assert.deepEqual(await newest(), {
        ...NONE,
        event: "key.withdrawn",
        tokenId: key?.kid,
        ...nobodys,
      });
    }
    await endTokens.endAllBefore(context, context.clock(), OLGA);
    assert.deepEqual(await newest(), {
      ...NONE,
      event: "subject.tokens_revoked_before",
      ...nobodys,
    });
  });

  test("what there is none of is said so, and a time to come is refused", async () => {
    const { context } = bed.issuer;
    assert.equal(await endTokens.endToken(context, "none", OLGA), null);
    assert.equal(await endTokens.endGrant(context, "none", OLGA), null);
    assert.equal(await endTokens.disableClient(context, "none", OLGA), null);
    assert.deepEqual(await endTokens.withdrawKey(context, "none", OLGA), {
      refused: "unknown_kid",
      allowedAt: null,
    });
    const soon = context.clock() + 60_000;
    for (const ends of [
      async () => endTokens.endAllBefore(context, soon, OLGA),
      async () => endTokens.endSubjectBefore(context, "alice", soon, OLGA),
      async () => endTokens.endClientBefore(context, "app", Number.NaN, OLGA),
    ])
      await assert.rejects(ends, RangeError);
    const { access } = await bed.signIn();
    assert.ok(await bed.isActive(access));
  });
});
