import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openLivesBed, ORDERS, type LivesBed } from "./lives-bed.ts";

describe("tokens and grants by the admin API", () => {
  let bed: LivesBed;
  before(async () => {
    bed = await openLivesBed();
  });
  after(() => bed.close());

  it("tells the story of a token by its text and by its id, and of no person", async () => {
    const { text, tokenId, grant } = await bed.issue();
    await bed.seal();
    for (const name of [text, tokenId]) {
      const { body } = await bed.call("post", "/tokens/lookup", {
        body: { name },
      });
      assert.deepEqual(
        [body.kind, body.tokenId, body.grantId, body.state.outcome],
        ["access_token", tokenId, grant.grantId, "good"],
      );
      assert.deepEqual(
        body.lines.map(({ event }) => event),
        ["code.issued", "token.issued"],
      );
      const told = JSON.stringify(body);
      assert.ok(!told.includes("anna") && !told.includes("198.51.100.7"), told);
      assert.ok(!told.includes(text));
    }
  });

  it("tells of persons only who may read the journal, and writes that down", async () => {
    const { tokenId } = await bed.issue();
    await bed.seal();
    const body = { name: tokenId, personal: true };
    const refused = await bed.refused("post", "/tokens/lookup", {
      token: await bed.token(["tokens:read"]),
      body,
    });
    assert.equal(refused.problem.code, "insufficient_scope");
    const told = await bed.call("post", "/tokens/lookup", { body });
    assert.equal(told.body.subject, "anna");
    assert.equal(told.body.lines[0]?.who?.ip, "198.51.100.7");
    const events = await bed.events();
    assert.deepEqual(
      events.filter(({ event }) => event === "journal.read"),
      [{ event: "journal.read", by: "ops" }],
    );
  });

  it("ends a token, JWT too, and says what ended it", async () => {
    const { text, tokenId } = await bed.issue({ resource: ORDERS });
    assert.equal(text.split(".").length, 3);
    const { body } = await bed.call("post", "/tokens/revoke", {
      body: { name: text },
    });
    assert.deepEqual([body.found, body.accessTokens], [true, 1]);
    await bed.seal();
    const story = await bed.call("post", "/tokens/lookup", {
      body: { name: tokenId },
    });
    assert.equal(story.body.state.reason, "revocation.token");
    assert.equal(story.body.diagnosis?.reason, "revocation.token");
    // Again: nothing is left to end.
    const again = await bed.call("post", "/tokens/revoke", {
      body: { name: text },
    });
    assert.equal(again.body.found, false);
  });

  it("lists grants of a subject in pages, and ends one", async () => {
    const some = [];
    for (let i = 0; i < 3; i++)
      some.push(await bed.issue({ subject: "berta" }));
    const found: string[] = [];
    for (let next: string | null | undefined; next !== null;) {
      const { body }: Awaited<ReturnType<typeof grants>> = await grants(next);
      found.push(...body.items.map(({ grantId }) => grantId));
      next = body.next;
    }
    assert.deepEqual(found, some.map(({ grant }) => grant.grantId).toSorted());
    const [first] = some;
    assert.ok(first);
    const params = { grantId: first.grant.grantId };
    await bed.call("post", "/grants/{grantId}/revoke", { params });
    const { body } = await bed.call("get", "/grants/{grantId}", { params });
    assert.ok(body.revokedAt);
    assert.equal(await bed.stateOf(first.text), "over revocation.grant");
    assert.equal(await bed.stateOf(some[1]?.text ?? ""), "good");
    assert.equal(
      (await bed.refused("get", "/grants/nothing")).problem.status,
      404,
    );
  });
  const grants = async (last: string | null | undefined) =>
    bed.call("get", "/grants", {
      query: {
        subject: "berta",
        limit: 2,
        ...(typeof last === "string" && { after: last }),
      },
    });

  it("ends all of a session, a subject, a client", async () => {
    const session = await bed.issue({ sessionId: "s1", subject: "carla" });
    const other = await bed.issue({ sessionId: "s2", subject: "carla" });
    await bed.call("post", "/revocations", {
      body: { by: "session", sessionId: "s1", subject: "carla" },
    });
    assert.match(await bed.stateOf(session.text), /^over revocation/);
    assert.equal(await bed.stateOf(other.text), "good");
    await bed.call("post", "/revocations", {
      body: { by: "subject", subject: "carla", change: "password_changed" },
    });
    assert.match(await bed.stateOf(other.text), /^over revocation/);
    const dora = await bed.issue({ subject: "dora" });
    const until = new Date(bed.now).toISOString();
    bed.now += 1000;
    const later = await bed.issue({ subject: "dora" });
    await bed.call("post", "/revocations", {
      body: { by: "client", clientId: "web", before: until },
    });
    assert.match(await bed.stateOf(dora.text), /^over revocation/);
    assert.equal(await bed.stateOf(later.text), "good");
    const events = await bed.events();
    for (const event of [
      "subject.logged_out",
      "subject.password_changed",
      "subject.tokens_revoked_before",
    ])
      assert.ok(
        events.some((one) => one.event === event && one.by === "ops"),
        event,
      );
    const { problem } = await bed.refused("post", "/revocations", {
      body: { by: "all", before: "2099-01-01T00:00:00Z" },
    });
    assert.match(problem.detail, /expected a time that is not to come/);
    assert.equal(
      (await bed.refused("post", "/revocations", { body: { by: "all" } }))
        .problem.status,
      400,
    );
  });
});
