/** What a guard told, as it stands in the journal, in the story of a token, and behind a handle. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import {
  json,
  openRevocationBed,
  type RevocationBed,
} from "../revocation/revocation-bed.ts";
import {
  BOOT,
  fingerprintOf,
  provenOf,
  refused,
  taken,
  told,
} from "./telling.ts";

let bed: RevocationBed;
beforeEach(async () => {
  bed = await openRevocationBed();
});
afterEach(async () => bed.close());

describe("what was told", () => {
  it("is written once, and what never came is told by process and numbers", async () => {
    const [one, two, five] = [refused(1), refused(2), refused(5)];
    assert.equal(await taken(bed, [one, two]), 3);
    assert.equal(await taken(bed, [one, two, five], { next: 9 }), 9);
    assert.equal(await taken(bed, [five], { next: 6 }), 9);
    const entries = await told(bed);
    assert.deepEqual(
      entries.map(({ event, facts }) => [
        event,
        facts?.["number"] ?? facts?.["count"],
      ]),
      [
        ["guard.refused", 1],
        ["guard.refused", 2],
        ["guard.refused", 5],
        ["guard.gap", 5],
      ],
    );
    const gap = entries.at(-1)?.facts;
    assert.deepEqual(
      [gap?.["guard"], gap?.["boot"], gap?.["from"]],
      ["api", BOOT, 3],
    );
  });

  it("keeps address, agent, path and subject under the key of the person whose token it was", async () => {
    const { access, claims } = await bed.signIn();
    await taken(bed, [
      refused(1, { ...provenOf(claims), fingerprint: fingerprintOf(access) }),
      refused(2),
    ]);
    const [mine, strange] = await told(bed);
    assert.ok(mine?.personal && strange?.personal);
    const written = JSON.stringify([mine, strange]);
    for (const personal of ["203.0.113.9", "shop/1", "alice", "somebody"])
      assert.ok(!written.includes(personal), personal);
    const { personal } = bed.issuer.context.journal;
    assert.deepEqual(await personal.open(mine.personal), {
      subject: "alice",
      ip: "203.0.113.9",
      agent: "shop/1",
      by: null,
      request: "GET api.example/orders/of/alice",
    });
    assert.equal((await personal.open(strange.personal))?.subject, null);
    // What the store knows of the token counts, and not what the guard says of it.
    assert.deepEqual([mine.tokenId, mine.clientId], [claims["jti"], "app"]);
    assert.ok(mine.grantId);
  });

  it("of a token that is not proven, or another issuer's, never comes into the story of the real one", async () => {
    const { claims } = await bed.signIn();
    await taken(bed, [
      refused(1, provenOf(claims, { proven: false })),
      refused(2, provenOf(claims, { issuer: "https://other-issuer.example" })),
    ]);
    for (const { tokenId, clientId, facts } of await told(bed)) {
      assert.equal(tokenId, facts?.["fingerprint"]);
      assert.equal(clientId, undefined);
    }
    const story = await bed.issuer.context.lives.tell(String(claims["jti"]));
    assert.ok(story?.lines.every(({ event }) => !event.startsWith("guard.")));
  });

  it("stands in the story of the token, told by its text or its id, and pushes nothing out of it", async () => {
    const { access, claims } = await bed.signIn();
    const events = Array.from({ length: 100 }, (_, i) =>
      refused(i + 1, {
        ...provenOf(claims),
        fingerprint: fingerprintOf(access),
      }),
    );
    await taken(bed, events);
    await taken(bed, [refused(101, provenOf(claims))]);
    await bed.post("/revoke", "app", { token: access });
    await told(bed);
    for (const text of [access, String(claims["jti"])]) {
      const story = await bed.issuer.context.lives.tell(text);
      assert.equal(story?.kind, "access_token");
      const seen = story.lines.filter(({ event }) => event === "guard.refused");
      assert.equal(seen.length, 50);
      assert.equal(story.complete, false);
      assert.equal(
        seen[0]?.sentence,
        "The guard api refused this token (expiration.expired, cause time.clock_ahead).",
      );
      assert.ok(story.lines.some(({ event }) => event === "token.revoked"));
    }
  });

  it("of a text that is no token of ours is found by the text", async () => {
    const text = "eyJhbGciOiJub25lIn0.e30.";
    await taken(bed, [
      refused(1, {
        fingerprint: fingerprintOf(text),
        cause: null,
        reason: "signature.algorithm_none",
        evidence: { alg: "none" },
      }),
    ]);
    await told(bed);
    const story = await bed.issuer.context.lives.tell(text);
    assert.equal(story?.kind, "remembered");
    assert.deepEqual(
      story.lines.map(({ sentence }) => sentence),
      ["The guard api refused this token (signature.algorithm_none)."],
    );
    assert.equal(
      await bed.issuer.context.lives.tell("eyJhbGciOiJub25lIn0.e30.x"),
      null,
    );
  });

  it("counts and admissions are entries too", async () => {
    const { claims } = await bed.signIn();
    const { where, key, fingerprint } = refused(1);
    await taken(bed, [
      {
        sequence: 1,
        event: "token.admitted",
        at: "2026-11-26T09:00:00.000Z",
        where,
        key,
        fingerprint,
        ...provenOf(claims),
      },
      {
        sequence: 2,
        event: "audit.counted",
        at: "2026-11-26T09:00:00.000Z",
        since: "2026-11-26T08:59:00.000Z",
        count: 7,
        reasons: { "format.not_jwt": 7 },
      },
    ]);
    const [admitted, counted] = await told(bed);
    assert.deepEqual(
      [admitted?.event, admitted?.tokenId],
      ["guard.admitted", claims["jti"]],
    );
    assert.deepEqual(
      [
        counted?.event,
        counted?.facts?.["count"],
        counted?.facts?.["of format.not_jwt"],
      ],
      ["guard.counted", 7, 7],
    );
  });
});

describe("the handle of a guard's refusal", () => {
  it("opens what the guard saw: for an operator, and for the client of the token", async () => {
    const { claims } = await bed.signIn();
    const event = refused(1, provenOf(claims));
    await taken(bed, [event]);
    const handle = String(event["handle"]);
    const read = await bed.issuer.context.handles.read(handle, { admin: true });
    assert.equal(read?.endpoint, "guard");
    assert.equal(read.reason, "expiration.expired");
    assert.equal(read.tokenId, claims["jti"]);
    assert.equal(read.who?.request, "GET api.example/orders/of/alice");
    assert.equal(read.diagnosis.causes[0]?.cause, "time.clock_ahead");
    assert.match(read.diagnosis.causes[0]?.fix ?? "", /clock/i);
    assert.ok(JSON.stringify(read.diagnosis.steps).includes('"bySeconds":600'));
    const own = await bed.post("/diagnosis", "app", { handle });
    assert.equal(own.status, 200);
    const body = await json(own);
    assert.equal(body["who"], null);
    assert.ok(!JSON.stringify(body).includes("203.0.113.9"));
    // The guard of the API is not the one whose token it was.
    assert.equal((await bed.post("/diagnosis", "api", { handle })).status, 400);
  });

  it("of a revoked token tells what only the issuer knows: who ended it", async () => {
    const { access, claims } = await bed.signIn();
    await bed.post("/revoke", "app", { token: access });
    const event = refused(1, {
      ...provenOf(claims),
      step: "revocation",
      reason: "revocation.token",
      evidence: { at: null, event: "inactive", by: null },
      cause: null,
    });
    await told(bed);
    await taken(bed, [event]);
    const read = await bed.issuer.context.handles.read(
      String(event["handle"]),
      { admin: true },
    );
    assert.equal(read?.diagnosis.reason, "revocation.token");
    assert.match(String(read.diagnosis.causes[0]?.cause), /^revoked\./);
    assert.ok(read.history.some(({ event: one }) => one === "token.revoked"));
  });

  it("with evidence or facts of another form than the catalogue's still opens", async () => {
    const event = refused(1, {
      evidence: { nothing: [] },
      cause: {
        code: "audience.default",
        confidence: "likely",
        facts: { x: 1 },
      },
    });
    await taken(bed, [event]);
    const read = await bed.issuer.context.handles.read(
      String(event["handle"]),
      { admin: true },
    );
    assert.equal(read?.diagnosis.reason, "expiration.expired");
  });
});
