import assert from "node:assert/strict";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { diagnose } from "@assay/diagnosis";
import { readJwk, sign } from "@assay/token";
import type { LifeStory } from "../../src/journal/life-story.ts";
import { ISSUER, openJournalBed, who, type JournalBed } from "./journal-bed.ts";
import { ANNA, CLIENT, end, renew, signIn } from "./token-life.ts";

let bed: JournalBed;
before(async () => {
  bed = await openJournalBed();
  const { store, journal } = bed;
  const about = { clientId: CLIENT.clientId };
  await store.putClient(
    CLIENT,
    await journal.entry("client.created", about, who({ by: "root" })),
  );
});
after(() => bed.close());

async function tell(text: string): Promise<LifeStory> {
  await bed.seal();
  const story = await bed.lives.tell(text);
  assert.ok(story, "a story");
  return story;
}

const root = who({ clientId: "console", ip: "192.0.2.1", by: "root" });

describe("the life story of a token", () => {
  it("is told in order, from sign-in to now, and says that the token is good", async () => {
    const { access, refresh, grantId } = await signIn(bed);
    const story = await tell(access.text);
    assert.equal(story.kind, "access_token");
    assert.deepEqual(
      [story.tokenId, story.grantId, story.clientId, story.subject],
      [access.tokenId, grantId, "web", "anna"],
    );
    assert.deepEqual(
      story.lines.map(({ event, tokenId }) => [event, tokenId]),
      [
        ["code.issued", null],
        ["code.redeemed", null],
        ["token.issued", access.tokenId],
        ["token.issued", refresh.tokenId],
      ],
    );
    assert.equal(
      story.lines[2]?.sentence,
      "This token was issued for https://api.example.",
    );
    assert.equal(story.lines[2].who?.ip, ANNA.ip);
    assert.equal(story.state.outcome, "good");
    assert.equal(story.diagnosis, null);
    assert.ok(!JSON.stringify(story).includes(access.text));
  });

  it("is the same by the text and by the id, and is told of a grant and a client too", async () => {
    const { access, grantId } = await signIn(bed);
    assert.deepEqual(
      await tell(access.tokenId),
      await tell(` ${access.text}\n`),
    );
    assert.equal((await tell(grantId)).kind, "grant");
    const client = await tell("web");
    assert.equal(client.kind, "client");
    assert.equal(client.lines[0]?.event, "client.created");
  });

  it("names who revoked a token, when, and who must act", async () => {
    const { access, grantId } = await signIn(bed);
    bed.pass(5);
    const { tokenId } = access;
    const about = { tokenId, grantId, clientId: "web" };
    await end(bed, { by: "token", tokenId }, "token.revoked", about, {
      ...ANNA,
      by: "root",
    });
    const at = new Date(bed.clock()).toISOString();
    bed.pass(1);
    const { state, diagnosis, lines } = await tell(access.text);
    assert.deepEqual(
      [state.outcome, state.reason],
      ["over", "revocation.token"],
    );
    assert.equal(state.since, Date.parse(at));
    const [cause] = diagnosis?.causes ?? [];
    assert.deepEqual(
      [cause?.cause, cause?.actor, cause?.facts],
      [
        "revoked.by_administrator",
        "operator",
        { at, event: "token.revoked", by: "root" },
      ],
    );
    assert.equal(lines.at(-1)?.sentence, "This token was revoked.");
  });

  it("tells an expired token, and a refresh token that nobody used, from each other and from a revoked one", async () => {
    const { access, refresh } = await signIn(bed);
    bed.pass(700);
    const expired = await tell(access.text);
    assert.equal(expired.state.reason, "expiration.expired");
    assert.equal(expired.diagnosis?.causes[0]?.cause, "time.expired");
    assert.equal((await tell(refresh.text)).state.outcome, "good");
    bed.pass(7200);
    const idle = await tell(refresh.text);
    assert.equal(idle.diagnosis?.causes[0]?.cause, "oauth.refresh_idle");
    assert.equal(idle.diagnosis.reason, "expiration.expired");
    bed.pass(86_400);
    const old = await tell(refresh.text);
    assert.equal(old.diagnosis?.causes[0]?.cause, "oauth.refresh_expired");
  });

  it("tells a theft, of the stolen token and of what fell with it", async () => {
    const first = await signIn(bed);
    bed.pass(60);
    const { next } = await renew(bed, first);
    bed.pass(300);
    const thief = who({ ...ANNA, ip: "198.51.100.66", agent: "other" });
    const { used } = await renew(bed, first, thief);
    assert.equal(used.outcome.kind, "reused");
    bed.pass(1);
    const stolen = await tell(first.refresh.text);
    assert.equal(stolen.diagnosis?.causes[0]?.cause, "oauth.refresh_theft");
    assert.match(
      stolen.lines.map(({ sentence }) => sentence).join("\n"),
      /This superseded refresh token came back, and was refused: it looks stolen\.\nThe grant was revoked/,
    );
    const fallen = await tell(next.access.text);
    assert.equal(fallen.state.reason, "revocation.grant");
    assert.equal(fallen.diagnosis?.causes[0]?.cause, "revoked.refresh_reuse");
    const byId = await tell(first.refresh.tokenId);
    assert.equal(byId.kind, "remembered");
    assert.equal(byId.diagnosis?.causes[0]?.cause, "oauth.refresh_theft");
  });

  it("says of tokens that fell with their client that an operator did it, before the journal is sealed and after", async () => {
    const { access, refresh } = await signIn(bed);
    bed.pass(5);
    const at = new Date(bed.clock()).toISOString();
    const about = { clientId: "web" };
    const target = { by: "client", clientId: "web" } as const;
    await end(bed, target, "client.disabled", about, {
      ...root,
      subject: null,
    });
    bed.pass(1);
    const causes = async (text: string): Promise<unknown> => {
      const story = await bed.lives.tell(text);
      return story?.diagnosis?.causes.map(({ cause, facts }) => [cause, facts]);
    };
    const unsealed = [
      "revoked.by_administrator",
      { at, event: "client.disabled", by: null },
    ];
    const sealed = [unsealed[0], { at, event: "client.disabled", by: "root" }];
    assert.deepEqual(await causes(access.text), [unsealed]);
    assert.equal((await tell(access.text)).state.reason, "revocation.client");
    assert.deepEqual(await causes(access.text), [sealed]);
    assert.deepEqual(await causes(refresh.text), [sealed]);
    bed.pass(60);
  });

  it("says of a token whose grant fell with the account that the account was disabled", async () => {
    const { access, refresh } = await signIn(bed);
    bed.pass(5);
    const about = who({ subject: "anna", by: "root" });
    await end(
      bed,
      { by: "subject", subject: "anna" },
      "subject.disabled",
      {},
      about,
    );
    bed.pass(1);
    for (const text of [access.text, refresh.text]) {
      const { state, diagnosis } = await tell(text);
      assert.equal(state.reason, "revocation.subject");
      assert.equal(diagnosis?.causes[0]?.cause, "revoked.by_administrator");
    }
    const later = await signIn(bed);
    assert.equal((await tell(later.access.text)).state.outcome, "good");
  });

  it("says of a token that fell with all others that a point in time was set", async () => {
    const { access } = await signIn(bed);
    bed.pass(5);
    await end(bed, { by: "all" }, "subject.tokens_revoked_before", {}, root);
    bed.pass(1);
    const { diagnosis } = await tell(access.text);
    assert.equal(diagnosis?.causes[0]?.cause, "revoked.not_before");
  });

  it("takes a point in time that was set later for what it is: a point in time", async () => {
    const early = await signIn(bed);
    bed.pass(60);
    const point = new Date(bed.clock()).toISOString();
    bed.pass(60);
    const late = await signIn(bed);
    bed.pass(60);
    const { store, journal } = bed;
    await store.revoke(
      { by: "subject", subject: "anna" },
      Date.parse(point),
      await journal.entry(
        "subject.tokens_revoked_before",
        { facts: { before: point } },
        who({ subject: "anna", by: "root" }),
      ),
    );
    bed.pass(1);
    const over = await tell(early.access.text);
    assert.equal(over.diagnosis?.causes[0]?.cause, "revoked.not_before");
    assert.equal((await tell(late.access.text)).state.outcome, "good");
    bed.pass(600);
    const expired = await tell(late.access.text);
    assert.equal(expired.diagnosis?.reason, "expiration.expired");
  });

  it("does not lay the sign-out of one session on the tokens of another", async () => {
    const { access } = await signIn(bed);
    bed.pass(5);
    await end(
      bed,
      { by: "session", sessionId: "elsewhere" },
      "subject.logged_out",
      { facts: { of: "session" } },
      who({ subject: "anna" }),
    );
    bed.pass(700);
    const { diagnosis } = await tell(access.text);
    assert.equal(diagnosis?.reason, "expiration.expired");
    assert.deepEqual(
      diagnosis.steps.find(({ step }) => step === "revocation")?.outcome,
      "passed",
    );
  });

  it("names the revocation that the store knows, where the journal does not have it yet", async () => {
    const { access, grantId } = await signIn(bed);
    await bed.seal();
    bed.pass(5);
    await end(
      bed,
      { by: "grant", grantId },
      "grant.revoked",
      { grantId },
      root,
    );
    bed.pass(1);
    const story = await bed.lives.tell(access.text);
    assert.equal(story?.diagnosis?.reason, "revocation.grant");
    assert.ok(story.history.every(({ event }) => event !== "grant.revoked"));
  });

  it("gives a history that a diagnosis takes as it is", async () => {
    const first = await signIn(bed);
    bed.pass(60);
    await renew(bed, first);
    bed.pass(1);
    const { history } = await tell(first.refresh.text);
    const { causes } = await diagnose({
      request: {
        method: "POST",
        url: `${ISSUER}/token`,
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: `grant_type=refresh_token&refresh_token=${first.refresh.tokenId}`,
      },
      response: { status: 400, body: '{"error":"invalid_grant"}' },
      now: new Date(bed.clock()).toISOString(),
      context: { history },
    });
    assert.equal(causes[0]?.cause, "oauth.refresh_race");
  });

  it("is not told of a JWT that only claims the id of a real one", async () => {
    const { access } = await signIn(bed, { jwt: true });
    const { store, journal, clock } = bed;
    const keys = ["real", "forged"].map((kid) => {
      const { privateKey, publicKey } = generateKeyPairSync("ec", {
        namedCurve: "P-256",
      });
      return {
        kid,
        publicJwk: {
          ...publicKey.export({ format: "jwk" }),
          kid,
          alg: "ES256",
        },
        key: readJwk({
          ...(privateKey.export({ format: "jwk" }) as { kty: string }),
          kid,
          alg: "ES256",
        }),
      };
    });
    const [real, forged] = keys as [(typeof keys)[0], (typeof keys)[0]];
    await store.changeSigningKeys(
      await store.signingKeysVersion(),
      [
        {
          kid: "real",
          algorithm: "ES256",
          state: "withdrawn",
          publicJwk: real.publicJwk,
          sealed: "",
          longestSeconds: 600,
          createdAt: clock(),
          publishedAt: clock(),
          activatedAt: clock(),
          retiredAt: null,
          withdrawnAt: clock(),
        },
      ],
      [],
      [await journal.entry("key.withdrawn", { tokenId: "real" }, root)],
    );
    const claims = {
      iss: ISSUER,
      jti: access.tokenId,
      exp: Math.floor(clock() / 1000) + 600,
    };
    const text = await sign(claims, real.key);
    assert.equal((await tell(text)).tokenId, access.tokenId);
    for (const other of [
      await sign(claims, forged.key),
      await sign(claims, forged.key, { header: { kid: "real" } }),
      await sign({ ...claims, iss: "https://elsewhere.example" }, real.key),
      `${text.slice(0, -8)}AAAAAAAA`,
    ])
      assert.equal(await bed.lives.tell(other), null);
  });

  it("is told of nothing that is not there, and of no half token", async () => {
    const { access } = await signIn(bed);
    for (const text of [
      "",
      "  ",
      "unknown",
      access.text.slice(0, -1),
      "a.b.c",
      "x".repeat(70_000),
    ])
      assert.equal(await bed.lives.tell(text), null);
    const guessed = `${access.text.split(".")[0]}.${randomBytes(30).toString("hex").slice(0, 49)}`;
    assert.equal(await bed.lives.tell(guessed), null);
  });

  it("stays bounded however long a grant lives", async () => {
    let one = await signIn(bed);
    const { grantId } = one;
    for (let i = 0; i < 180; i++) {
      bed.pass(60);
      ({ next: one } = await renew(bed, one));
    }
    const story = await tell(one.access.text);
    assert.equal(story.complete, false);
    assert.ok(story.lines.length < 600, `${story.lines.length} lines`);
    assert.equal(
      story.lines.find((line) => line.grantId === grantId)?.event,
      "code.issued",
    );
    assert.equal(story.lines.at(-1)?.tokenId, one.access.tokenId);
  });
});
