import assert from "node:assert/strict";
import type { CodeOutcome, RedeemCode } from "../../../src/store/store.ts";
import type { AuthorizationCode, Grant } from "../../../src/store/records.ts";
import type { Prove } from "../contract-suite.ts";
import { SECOND, times, type World, firstOf } from "../world.ts";

async function withCode(
  world: World,
  more: Partial<AuthorizationCode> = {},
): Promise<{ grant: Grant; code: AuthorizationCode }> {
  const grant = world.grant();
  const code = world.code(grant, more);
  await world.store.storeCode(grant, code, world.entry("code.issued"));
  return { grant, code };
}

export function proveCodes(prove: Prove): void {
  prove(
    "a code is found as it was written, and gives its tokens once",
    async (world) => {
      const { store } = world;
      const { grant, code } = await withCode(world, { nonce: "n" });
      assert.deepEqual(await store.findCode(code.digest), {
        code: { ...code, redeemedAt: null },
        grant,
      });
      assert.equal(await store.findCode("none"), null);
      const refresh = world.family();
      const redemption = world.redemption(code, { refresh });
      const { outcome } = await store.redeemCode(redemption);
      assert.equal(outcome, "redeemed");
      const token = await store.findAccessToken({
        tokenId: redemption.access.tokenId,
      });
      assert.deepEqual(token?.token.status, redemption.access.status);
      const found = await store.findRefreshToken(firstOf(refresh));
      assert.deepEqual(found?.grant, grant);
      assert.deepEqual(found?.family.policy, refresh.policy);
      assert.deepEqual(found?.family.origin, refresh.origin);
      assert.equal(found?.generation, 1);
      assert.deepEqual(await world.events(), [
        "code.issued",
        "code.redeemed",
        "token.issued",
        "token.issued",
      ]);
    },
  );

  prove(
    "of a hundred that bring one code, one wins, and the grant ends",
    async (world) => {
      const { store } = world;
      const { grant, code } = await withCode(world);
      const tries = times(100).map(() =>
        world.redemption(code, { refresh: world.family() }),
      );
      const outcomes = await Promise.all(
        tries.map(async (one) => store.redeemCode(one)),
      );
      const winners = tries.filter(
        (_, i) => outcomes[i]?.outcome === "redeemed",
      );
      assert.equal(winners.length, 1);
      assert.equal(
        outcomes.filter(({ outcome }) => outcome === "replayed").length,
        99,
      );
      // RFC 6749 section 4.1.2: what the first one was given is over.
      assert.equal(
        (await store.findGrant(grant.grantId))?.revokedAt,
        world.now,
      );
      const [winner] = winners;
      assert.ok(winner);
      assert.equal(await world.endedBy(winner.access), "grant");
      for (const { access, refresh } of tries.filter((one) => one !== winner)) {
        assert.equal(
          await store.findAccessToken({ tokenId: access.tokenId }),
          null,
        );
        assert.equal(
          refresh && (await store.findRefreshToken(firstOf(refresh))),
          null,
        );
      }
    },
  );

  const refusals: readonly [
    sentence: string,
    outcome: CodeOutcome["outcome"],
    change: (world: World) => Partial<RedeemCode>,
    /** What the right one gets afterwards. */
    after: CodeOutcome["outcome"],
  ][] = [
    [
      "another client",
      "wrong_client",
      () => ({ clientId: "thief" }),
      "redeemed",
    ],
    [
      "a wrong verifier",
      "wrong_verifier",
      () => ({ challenge: "other" }),
      "dead",
    ],
    ["no verifier", "no_verifier", () => ({ challenge: null }), "dead"],
    [
      "another redirect URI",
      "wrong_redirect_uri",
      () => ({ redirectUri: "https://thief.example" }),
      "dead",
    ],
    ["another key", "wrong_key", () => ({ jkt: "other" }), "dead"],
    ["no key", "no_proof", () => ({ jkt: null }), "dead"],
    [
      "too late",
      "expired",
      (world) => ({ now: world.now + 60 * SECOND }),
      "redeemed",
    ],
    ["an unknown code", "unknown", () => ({ digest: "unknown" }), "redeemed"],
  ];
  for (const [sentence, outcome, change, after] of refusals)
    prove(
      `a code is refused to ${sentence}, and nothing is given`,
      async (world) => {
        const { store } = world;
        const { code } = await withCode(world, { dpopJkt: "key" });
        const refused = world.redemption(code, {
          jkt: "key",
          refresh: world.family(),
          ...change(world),
        });
        assert.equal((await store.redeemCode(refused)).outcome, outcome);
        assert.equal(
          await store.findAccessToken({ tokenId: refused.access.tokenId }),
          null,
        );
        assert.deepEqual(await world.events(), ["code.issued"]);
        const right = world.redemption(code, { jkt: "key" });
        assert.equal((await store.redeemCode(right)).outcome, after);
      },
    );

  prove("a code of a grant that was revoked gives nothing", async (world) => {
    const { store } = world;
    const { grant, code } = await withCode(world);
    await store.revoke(
      { by: "grant", grantId: grant.grantId },
      world.now,
      world.entry("grant.revoked"),
    );
    const { outcome } = await store.redeemCode(world.redemption(code));
    assert.equal(outcome, "grant_revoked");
  });

  prove(
    "no redirect URI is no fault, because OAuth 2.1 does not ask for it",
    async (world) => {
      const { code } = await withCode(world);
      const { outcome } = await world.store.redeemCode(
        world.redemption(code, { redirectUri: null }),
      );
      assert.equal(outcome, "redeemed");
    },
  );
}
