/** A refresh token in two hands: what its thief gets, and when the family ends. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  errorOf,
  openAttackBed,
  type AttackBed,
  type Sending,
  type Tokens,
} from "./attack-bed.ts";

let bed: AttackBed;
before(async () => {
  bed = await openAttackBed();
  for (const onReuse of ["refuse", "revoke"] as const)
    await bed.put({
      clientId: onReuse,
      authentication: "none",
      refresh: {
        rotate: true,
        graceSeconds: 10,
        idleSeconds: 3600,
        absoluteSeconds: 86_400,
        onReuse,
        dryRun: null,
      },
    });
});
after(() => bed.close());

type Client = "refuse" | "revoke";
const OWNER: Sending = {
  ip: "192.0.2.1",
  headers: { "user-agent": "Owner/1" },
};
const THIEF: Sending = {
  ip: "198.51.100.66",
  headers: { "user-agent": "Thief/1" },
};

const refresh = (
  client: Client,
  token: string,
  who: Sending,
): Promise<Response> =>
  bed.post(
    "/token",
    { grant_type: "refresh_token", refresh_token: token, client_id: client },
    who,
  );
const renewed = async (
  client: Client,
  token: string,
  who: Sending,
): Promise<Tokens> => {
  const answer = await refresh(client, token, who);
  assert.equal(answer.status, 200);
  return (await answer.json()) as Tokens;
};
const refused = async (
  client: Client,
  token: string,
  who: Sending,
): Promise<void> =>
  assert.equal(
    await errorOf(await refresh(client, token, who)),
    "invalid_grant",
  );
const isActive = async (token: string): Promise<unknown> =>
  (
    (await (
      await bed.post("/introspect", { token }, { headers: bed.basic("api") })
    ).json()) as { readonly active: unknown }
  ).active;

describe("a thief of a refresh token", () => {
  it("who repeats a used one within the grace gets the successor that its owner has, and no line of his own", async () => {
    const first = await bed.tokens("refuse");
    const owner = await renewed("refuse", first.refresh_token, OWNER);
    bed.now += 9_000;
    const thief = await renewed("refuse", first.refresh_token, THIEF);
    assert.equal(thief.refresh_token, owner.refresh_token);
    await refused("refuse", first.refresh_token, THIEF);
  });

  it("ends the family with his next step after a repeat, whoever comes first, where the client's policy is to revoke", async () => {
    for (const [fast, slow] of [
      [OWNER, THIEF],
      [THIEF, OWNER],
    ] as const) {
      const first = await bed.tokens("revoke");
      const owner = await renewed("revoke", first.refresh_token, OWNER);
      const thief = await renewed("revoke", first.refresh_token, THIEF);
      const next = await renewed("revoke", owner.refresh_token, fast);
      await refused("revoke", owner.refresh_token, slow);
      await refused("revoke", next.refresh_token, fast);
      for (const { access_token: token } of [first, owner, thief, next])
        assert.equal(await isActive(token), false);
    }
  });

  it("gets nothing after the grace, and ends the family when two signs speak of a theft, whatever the policy", async () => {
    for (const client of ["refuse", "revoke"] as const) {
      const first = await bed.tokens(client);
      const second = await renewed(client, first.refresh_token, OWNER);
      bed.now += 10_000;
      const third = await renewed(client, second.refresh_token, OWNER);
      await refused(client, first.refresh_token, THIEF);
      await refused(client, third.refresh_token, OWNER);
      assert.equal(await isActive(third.access_token), false);
    }
  });

  it("ends the family that he keeps alive when its owner comes later", async () => {
    for (const client of ["refuse", "revoke"] as const) {
      const first = await bed.tokens(client);
      const thief = await renewed(client, first.refresh_token, THIEF);
      bed.now += 600_000;
      await refused(client, first.refresh_token, OWNER);
      await refused(client, thief.refresh_token, THIEF);
    }
  });

  it("cannot end the sessions of others by trying with another client's name", async () => {
    const { refresh_token: token } = await bed.tokens("revoke");
    const { refresh_token: next } = await renewed("revoke", token, OWNER);
    bed.now += 600_000;
    for (let i = 0; i < 3; i++) await refused("refuse", token, THIEF);
    await renewed("revoke", next, OWNER);
  });
});
