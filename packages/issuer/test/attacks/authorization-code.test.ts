/** Attack rows 53 and 54: PKCE that is taken down or guessed, and codes that are used by others, again, or late. */
import assert from "node:assert/strict";
import { hash, randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import {
  CALLBACK,
  errorOf,
  openAttackBed,
  type AttackBed,
  type SignedIn,
  type Tokens,
} from "./attack-bed.ts";

let bed: AttackBed;
before(async () => {
  bed = await openAttackBed();
});
after(() => bed.close());

const redeem = async (
  { code, verifier }: Pick<SignedIn, "code" | "verifier">,
  more: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  bed.post(
    "/token",
    {
      grant_type: "authorization_code",
      code,
      code_verifier: verifier,
      redirect_uri: CALLBACK,
      ...("authorization" in headers ? {} : { client_id: "spa" }),
      ...more,
    },
    { headers },
  );

const isActive = async (token: string): Promise<unknown> =>
  (
    (await (
      await bed.post("/introspect", { token }, { headers: bed.basic("api") })
    ).json()) as { active: unknown }
  ).active;

describe("PKCE", () => {
  for (const [name, verifier] of [
    ["42 characters", "a".repeat(42)],
    ["129 characters", "a".repeat(129)],
    ["a character that is none of a verifier", `${"a".repeat(42)}+`],
    ["a blank at the end", `${"a".repeat(43)} `],
    ["a line break at the end", `${"a".repeat(43)}\n`],
    ["not ASCII", `${"a".repeat(42)}\u00e9`],
  ] as const)
    it(`takes no verifier with ${name}, even if it fits the challenge`, async () => {
      const challenge = hash("sha256", verifier, "base64url");
      const { code } = await bed.signIn("spa", { code_challenge: challenge });
      assert.equal(
        await errorOf(await redeem({ code, verifier })),
        "invalid_grant",
      );
    });

  it("ends the code at the first wrong verifier: the right one comes too late", async () => {
    const one = await bed.signIn("spa");
    const guess = { code: one.code, verifier: "b".repeat(43) };
    assert.equal(await errorOf(await redeem(guess)), "invalid_grant");
    assert.equal(await errorOf(await redeem(one)), "invalid_grant");
  });

  it("takes the challenge itself for no verifier", async () => {
    const one = await bed.signIn("spa");
    const challenge = hash("sha256", one.verifier, "base64url");
    assert.equal(
      await errorOf(await redeem({ code: one.code, verifier: challenge })),
      "invalid_grant",
    );
  });

  it("cannot be left out: not at the token endpoint, and a missing verifier ends the code", async () => {
    const one = await bed.signIn("spa");
    const without = await bed.post("/token", {
      grant_type: "authorization_code",
      code: one.code,
      client_id: "spa",
    });
    assert.equal(await errorOf(without), "invalid_grant");
    assert.equal(await errorOf(await redeem(one)), "invalid_grant");
  });

  const QUERY = {
    response_type: "code",
    client_id: "web",
    redirect_uri: CALLBACK,
    state: "st",
  };
  for (const [name, more] of [
    ["without a challenge", {}],
    [
      "with plain",
      { code_challenge: "a".repeat(43), code_challenge_method: "plain" },
    ],
    [
      "with no method, which would mean plain",
      { code_challenge: "a".repeat(43) },
    ],
    [
      "with S256 in small letters",
      { code_challenge: "a".repeat(43), code_challenge_method: "s256" },
    ],
    [
      "with a challenge that is no digest",
      { code_challenge: "a".repeat(42), code_challenge_method: "S256" },
    ],
    [
      "with padding",
      { code_challenge: `${"a".repeat(43)}=`, code_challenge_method: "S256" },
    ],
  ] as const)
    it(`is refused at the authorization endpoint ${name}, for a confidential client too`, async () => {
      const query = new URLSearchParams({ ...QUERY, ...more });
      const answer = await bed.get(`/authorize?${query.toString()}`);
      assert.equal(answer.status, 303);
      const back = new URL(answer.headers.get("location") ?? "");
      assert.equal(back.origin + back.pathname, CALLBACK);
      assert.equal(back.searchParams.get("error"), "invalid_request");
      assert.equal(back.searchParams.get("state"), "st");
      assert.equal(back.searchParams.get("code"), null);
    });
});

describe("an authorization code", () => {
  for (const wait of [0, 1000, 30_000, 59_000, 3_600_000])
    it(`that comes back ${wait / 1000} s after its use ends what it brought`, async () => {
      const one = await bed.signIn("spa");
      const first = (await (await redeem(one)).json()) as Tokens;
      assert.equal(await isActive(first.access_token), true);
      bed.now += wait;
      assert.equal(await errorOf(await redeem(one)), "invalid_grant");
      assert.equal(await isActive(first.access_token), false);
      const refreshed = await bed.post("/token", {
        grant_type: "refresh_token",
        refresh_token: first.refresh_token,
        client_id: "spa",
      });
      assert.equal(await errorOf(refreshed), "invalid_grant");
    });

  it("ends what it brought when it comes back with a wrong verifier too", async () => {
    const one = await bed.signIn("spa");
    const first = (await (await redeem(one)).json()) as Tokens;
    await redeem({ code: one.code, verifier: "c".repeat(43) });
    assert.equal(await isActive(first.access_token), false);
  });

  it("is good once when twenty come at the same time, and nobody keeps what it brought", async () => {
    const one = await bed.signIn("spa");
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => redeem(one)),
    );
    const [good, ...more] = answers.filter(({ status }) => status === 200);
    assert.ok(good && more.length === 0);
    const { access_token: token } = (await good.json()) as Tokens;
    assert.equal(await isActive(token), false);
  });

  it("writes no further entry for each further replay", async () => {
    const one = await bed.signIn("spa");
    await redeem(one);
    const had = await revocations();
    for (let i = 0; i < 5; i++) await redeem(one);
    assert.equal(await revocations(), had + 1);
  });

  it("is refused to another client, and stays good for its own", async () => {
    const one = await bed.signIn("spa");
    assert.equal(
      await errorOf(await redeem(one, { client_id: "spa2" })),
      "invalid_grant",
    );
    assert.equal(
      await errorOf(await redeem(one, {}, bed.basic("web"))),
      "invalid_grant",
    );
    assert.equal((await redeem(one)).status, 200);
  });

  it("is refused with the same words to another client as a code that there is none of", async () => {
    const one = await bed.signIn("spa");
    const others = await redeem(one, { client_id: "spa2" });
    const guess = `${one.code.slice(0, 10)}${randomBytes(1).toString("hex")}${one.code.slice(12)}`;
    const none = await redeem({ ...one, code: guess }, { client_id: "spa2" });
    const [a, b] = await Promise.all(
      [others, none].map(
        async (answer) =>
          (await answer.json()) as { error_description: string },
      ),
    );
    assert.equal(a?.error_description, b?.error_description);
    assert.equal(others.status, none.status);
    assert.deepEqual([...others.headers.keys()], [...none.headers.keys()]);
  });

  for (const [name, redirect] of [
    ["another", "https://app.example/other"],
    ["another case", "https://app.example/Callback"],
    ["a slash more", `${CALLBACK}/`],
    ["a query more", `${CALLBACK}?x=1`],
  ] as const)
    it(`is refused with ${name} redirect_uri, and ends`, async () => {
      const one = await bed.signIn("spa");
      assert.equal(
        await errorOf(await redeem(one, { redirect_uri: redirect })),
        "invalid_grant",
      );
      assert.equal(await errorOf(await redeem(one)), "invalid_grant");
    });

  it("ends after 60 seconds, to the millisecond", async () => {
    const [early, late] = [await bed.signIn("spa"), await bed.signIn("spa")];
    bed.now += 59_999;
    assert.equal((await redeem(early)).status, 200);
    bed.now += 1;
    assert.equal(await errorOf(await redeem(late)), "invalid_grant");
  });

  it("brings no token for a resource or scope that was not granted", async () => {
    const one = await bed.signIn("spa", {
      resource: "https://api.example",
      scope: "read",
    });
    assert.equal(
      await errorOf(await redeem(one, { resource: "https://opaque.example" })),
      "invalid_target",
    );
    const good = (await (
      await redeem(one, { scope: "read write" })
    ).json()) as Tokens;
    assert.equal(good.scope, "read");
  });
});

const revocations = async (): Promise<number> => {
  await bed.settled();
  return (await bed.store.readJournal({ event: "grant.revoked", limit: 1000 }))
    .length;
};
