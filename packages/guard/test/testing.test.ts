/** The issuer for other people's tests does what it says. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createGuard } from "@assay/guard";
import { check, createTestIssuer, type Flaw } from "@assay/guard/testing";

const REASONS: Readonly<Record<Flaw, string>> = {
  signature: "signature.mismatch",
  payload: "signature.mismatch",
  forged: "signature.mismatch",
  unknown_key: "signature.key_not_found",
  none: "signature.algorithm_none",
  confused: "signature.algorithm_not_allowed",
  expired: "expiration.expired",
  not_yet_valid: "expiration.not_yet_valid",
  other_issuer: "issuer.mismatch",
  other_audience: "audience.mismatch",
  id_token: "format.type",
  cut: "format.segments",
};

for (const [flaw, reason] of Object.entries(REASONS))
  test(`a token with the flaw ${flaw} is refused for ${reason}`, async () => {
    const issuer = await createTestIssuer();
    const checked = await check(
      createGuard(issuer.options),
      await issuer.mint({ flaw: flaw as Flaw }),
    );
    assert.deepEqual([checked.accepted, checked.reason], [false, reason]);
  });

test("a good token is accepted until the clock is turned past its end", async () => {
  const issuer = await createTestIssuer({ lifetime: 60, alg: "RS256" });
  const guard = createGuard(issuer.options);
  const token = await issuer.mint();
  assert.equal((await check(guard, token)).accepted, true);
  issuer.clock.turn(61);
  assert.equal((await check(guard, token)).reason, "expiration.expired");
  issuer.clock.turn(-61);
  assert.equal(
    (await check(guard, token, { scopes: ["read"] })).reason,
    "scope.missing",
  );
});

test("a key that was dropped takes its tokens with it, and one that was turned does not", async () => {
  const issuer = await createTestIssuer();
  const guard = createGuard({
    ...issuer.options,
    issuers: issuer.issuer,
    remote: { fetch: issuer.fetch },
  });
  const old = await issuer.mint();
  assert.equal((await check(guard, old)).accepted, true);
  await issuer.rotate();
  assert.equal((await check(guard, await issuer.mint())).accepted, true);
  assert.equal((await check(guard, old)).accepted, true);
  await issuer.rotate({ drop: true });
  await guard.ready();
  assert.equal((await check(guard, old)).reason, "signature.key_not_found");
});

test("checking tells the audit nothing", async () => {
  const issuer = await createTestIssuer();
  const events: object[] = [];
  const guard = createGuard({
    ...issuer.options,
    audit: (event) => events.push(event),
  });
  await check(guard, "nonsense");
  await guard.close();
  assert.deepEqual(events, []);
});
