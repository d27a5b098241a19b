import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openLivesBed, ORDERS, type LivesBed } from "./lives-bed.ts";
import { ISSUER } from "../client-bed.ts";

describe("signing keys by the admin API", () => {
  let bed: LivesBed;
  before(async () => {
    bed = await openLivesBed();
  });
  after(() => bed.close());

  it("rotates when verifiers can know the next key, or when told to, and withdraws", async () => {
    const { body } = await bed.call("get", "/keys");
    assert.deepEqual(body.items.map(({ state }) => state).toSorted(), [
      "current",
      "next",
    ]);
    assert.ok(!JSON.stringify(body).includes('"d"'));
    const early = await bed.refused("post", "/keys/rotate", { body: {} });
    assert.equal(early.problem.status, 409);
    assert.match(early.problem.detail, /not published long enough.*force/);
    const { text } = await bed.issue({ resource: ORDERS });
    const kid = body.items.find(({ state }) => state === "current")?.kid ?? "";
    const rotated = await bed.call("post", "/keys/rotate", {
      body: { force: true },
    });
    assert.equal(
      rotated.body.items.find((one) => one.kid === kid)?.state,
      "retired",
    );
    assert.equal(await bed.stateOf(text), "good");
    const ended = await bed.call("post", "/keys/{kid}/withdraw", {
      params: { kid },
    });
    assert.ok(ended.body.accessTokens >= 1);
    assert.equal(await bed.stateOf(text), "over revocation.key");
    const events = await bed.events();
    for (const event of ["key.activated", "key.withdrawn"])
      assert.ok(
        events.some((one) => one.event === event && one.by === "ops"),
        event,
      );
    assert.equal(
      (await bed.refused("post", "/keys/nothing/withdraw")).problem.status,
      404,
    );
    assert.equal(
      (
        await bed.refused("post", "/keys/rotate", {
          body: { algorithm: "XS1" },
        })
      ).problem.status,
      404,
    );
  });

  it("says who has not fetched the next key yet", async () => {
    for (const clientId of ["guard-a", "guard-b"])
      await bed.put({ clientId, introspects: [ORDERS] });
    const fetchKeys = async (guard: string): Promise<void> => {
      await bed.issuer.fetch(
        new Request(`${ISSUER}/jwks`, { headers: { "assay-guard": guard } }),
      );
    };
    await fetchKeys("guard-a");
    await fetchKeys("web");
    await fetchKeys("a stranger");
    // The fetch is noted beside its answer.
    for (let tries = 0; tries < 1000; tries++) {
      await new Promise(setImmediate);
      const { body } = await bed.call("get", "/keys/rehearsal");
      const [es256] = body.items;
      if (es256?.informed.length === 0) continue;
      assert.deepEqual(es256?.informed, ["guard-a"]);
      assert.deepEqual(es256?.behind, [
        { guard: "guard-b", lastFetchAt: null },
      ]);
      assert.equal(es256?.ready, false);
      return;
    }
    assert.fail("the fetch was not noted");
  });
});
