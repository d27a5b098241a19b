/** A broader scope stands for the narrower ones that the operator named, and for no other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createGuard, type GuardOptions } from "@assay/guard";
import { check } from "@assay/guard/testing";
import { bearer, openDoor } from "./door.ts";

const options: Partial<GuardOptions> = {
  scopes: ["orders:read"],
  impliedScopes: {
    orders: ["orders:read", "orders:write"],
    everything: ["orders"],
  },
};

const ANSWERS: readonly (readonly [scope: string, status: number])[] = [
  ["orders:read", 200],
  ["orders", 200],
  ["profile orders", 200],
  ["orders:write", 403],
  // What an implied scope stands for has to be named too.
  ["everything", 403],
  ["Orders", 403],
  ["constructor", 403],
  ["", 403],
];

for (const [scope, status] of ANSWERS)
  test(`orders:read is asked for, and ${JSON.stringify(scope)} is there: ${status}`, async () => {
    await using door = await openDoor(options);
    const token = await door.issuer.mint({ claims: { scope } });
    const answer = await door.get(bearer(token));
    assert.equal(answer.status, status);
    const { accepted } = await check(door.guard, token);
    assert.equal(accepted, status === 200);
  });

test("a claim of another name and shape is read as ever", async () => {
  await using door = await openDoor({ ...options, scopeClaim: "scp" });
  const token = await door.issuer.mint({ claims: { scp: ["orders"] } });
  assert.equal((await door.get(bearer(token))).status, 200);
});

test("the answer names all that the request needs, and the audit what the token has", async () => {
  await using door = await openDoor({
    ...options,
    scopes: ["orders:read", "billing"],
  });
  const token = await door.issuer.mint({ claims: { scope: "orders" } });
  const answer = await door.get(bearer(token));
  assert.match(
    String(answer.headers["www-authenticate"]),
    /scope="orders:read billing"/,
  );
  const { evidence } = await door.refusal();
  assert.deepEqual(
    [evidence?.["found"], evidence?.["lacking"]],
    [["orders"], ["billing"]],
  );
});

test("a hierarchy of a wrong form does not start", () => {
  assert.throws(
    () =>
      createGuard({
        issuers: "https://issuer.test",
        audience: "https://api.test",
        impliedScopes: { orders: "orders:read" as never },
      }),
    TypeError,
  );
});
