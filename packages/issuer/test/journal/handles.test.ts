import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, it } from "node:test";
import type {
  HandleReader,
  Handles,
  OpenedRefusal,
  Refusal,
} from "../../src/diagnosis/handles.ts";
import { openJournalBed, who, type JournalBed } from "./journal-bed.ts";
import { openHandles, refusal, SENDER } from "./refusals.ts";
import { ANNA, end, renew, signIn, type SignedIn } from "./token-life.ts";

let bed: JournalBed;
let handles: Handles;
const ADMIN: HandleReader = { admin: true };
const WEB: HandleReader = { clientId: "web" };
beforeEach(async () => {
  bed = await openJournalBed();
  handles = openHandles(bed);
});
afterEach(async () => {
  await handles.close();
  await bed.close();
});

async function openAndRead(
  one: Refusal,
  reader: HandleReader,
): Promise<OpenedRefusal> {
  const handle = handles.open(one);
  await handles.settled();
  await bed.seal();
  const opened = await handles.read(handle, reader);
  assert.ok(opened, "the refusal");
  return opened;
}

/** As the refresh grant refuses a token of a revoked family. */
const refusedRefresh = ({ grantId, refresh }: SignedIn): Refusal =>
  refusal({
    code: "invalid_grant",
    description: "The refresh token is no longer valid.",
    detail: {
      reason: "revocation.grant",
      cause: null,
      clientId: "web",
      subject: "anna",
      grantId,
      tokenId: refresh.tokenId,
      facts: { why: "revoked" },
    },
  });

/** As introspection answers "api" about a token that is over. */
const inactive = ({ grantId, access }: SignedIn): Refusal =>
  refusal({
    code: "invalid_token",
    description: "The token is not active.",
    endpoint: "introspection",
    clientId: "api",
    who: who({ clientId: "api", ip: "192.0.2.30" }),
    detail: {
      reason: "revocation.token",
      cause: null,
      clientId: "web",
      subject: "anna",
      grantId,
      tokenId: access.tokenId,
    },
  });

describe("a diagnosis handle", () => {
  it("is 128 random bits, and opens the refusal in the words of a diagnosis", async () => {
    const handle = handles.open(refusal());
    assert.match(handle, /^[\w-]{22}$/);
    assert.notEqual(handle, handles.open(refusal()));
    await handles.settled();
    const opened = await handles.read(handle, WEB);
    assert.equal(opened?.code, "invalid_request");
    assert.equal(opened.diagnosis.outcome, "rejected");
    const [cause] = opened.diagnosis.causes;
    assert.deepEqual(
      [cause?.cause, cause?.confidence, cause?.actor, cause?.evidence],
      [
        "oauth.request_format",
        "certain",
        "client",
        ["the parameter “code” is missing"],
      ],
    );
    assert.equal(opened.diagnosis.steps.length, 9);
  });

  it("is read by the operator and by the client that authenticated, and by nobody else", async () => {
    const mine = handles.open(refusal());
    const unproven = handles.open(refusal({ authenticated: false }));
    await handles.settled();
    assert.ok(await handles.read(mine, ADMIN));
    assert.equal(await handles.read(mine, { clientId: "other" }), null);
    assert.ok(await handles.read(unproven, ADMIN));
    assert.equal(await handles.read(unproven, WEB), null);
    for (const text of [
      "",
      "x",
      `${mine}A`,
      randomBytes(16).toString("base64url"),
    ])
      assert.equal(await handles.read(text, ADMIN), null);
  });

  it("ends after 24 hours", async () => {
    const handle = handles.open(refusal());
    await handles.settled();
    bed.pass(24 * 3600 - 1);
    assert.ok(await handles.read(handle, ADMIN));
    bed.pass(1);
    assert.equal(await handles.read(handle, ADMIN), null);
  });

  it("shows the operator who it was, until the person is erased", async () => {
    const { store, journal, clock } = bed;
    const one = await signIn(bed);
    const handle = handles.open(refusedRefresh(one));
    await handles.settled();
    const opened = await handles.read(handle, ADMIN);
    assert.deepEqual(opened?.who, {
      subject: "anna",
      ip: SENDER.ip,
      agent: SENDER.agent,
      by: null,
    });
    const keyId = journal.personal.keyIdOf({ subject: "anna", clientId: null });
    const told = await journal.entry("subject.deleted", {}, who());
    await store.erasePersonalKey(keyId, clock(), told);
    journal.personal.forget(keyId);
    const erased = await handles.read(handle, ADMIN);
    assert.equal(erased?.who, null);
    assert.ok(!JSON.stringify({ ...erased, diagnosis: null }).includes("anna"));
  });

  it("tells a client of a theft what the server judged, and not where the thief was", async () => {
    const first = await signIn(bed);
    bed.pass(60);
    await renew(bed, first);
    bed.pass(300);
    const thief = who({ ...ANNA, ip: "198.51.100.66", agent: "Thief/1" });
    await renew(bed, first, thief);
    bed.pass(1);
    const forOperator = await openAndRead(refusedRefresh(first), ADMIN);
    const forClient = await openAndRead(refusedRefresh(first), WEB);
    for (const { diagnosis } of [forOperator, forClient])
      assert.deepEqual(
        [diagnosis.reason, diagnosis.causes[0]?.cause],
        ["revocation.grant", "oauth.refresh_theft"],
      );
    assert.ok(JSON.stringify(forOperator.history).includes("198.51.100.66"));
    const seen = JSON.stringify(forClient);
    for (const other of [
      "198.51.100.66",
      "203.0.113",
      "anna",
      "Thief",
      "Agent/9",
    ])
      assert.ok(!seen.includes(other), other);
    assert.ok(forClient.history.some(({ event }) => event === "token.reused"));
  });

  it("tells a resource server why a token is over, by the part of who ended it and not by name", async () => {
    const one = await signIn(bed);
    bed.pass(5);
    const { tokenId } = one.access;
    await end(
      bed,
      { by: "token", tokenId },
      "token.revoked",
      { tokenId, grantId: one.grantId, clientId: "web" },
      { ...ANNA, by: "root@example.org" },
    );
    const opened = await openAndRead(inactive(one), { clientId: "api" });
    assert.equal(opened.diagnosis.reason, "revocation.token");
    const [cause] = opened.diagnosis.causes;
    assert.equal(cause?.cause, "revoked.by_administrator");
    assert.match(cause.evidence.join(), /by “administrator”/);
    assert.deepEqual([opened.history, opened.grantId], [[], null]);
    const seen = JSON.stringify(opened);
    for (const other of [
      "root@example.org",
      "anna",
      one.grantId,
      ANNA.ip ?? "",
    ])
      assert.ok(!seen.includes(other), other);
    assert.match(
      JSON.stringify(await openAndRead(inactive(one), ADMIN)),
      /root@example\.org/,
    );
  });

  it("tells a client nothing of a token that is another's", async () => {
    const one = await signIn(bed);
    const opened = await openAndRead(
      {
        ...refusedRefresh(one),
        clientId: "other",
        detail: {
          ...refusedRefresh(one).detail,
          reason: "audience.party_mismatch",
          cause: "oauth.refresh_other_client",
        },
      },
      { clientId: "other" },
    );
    assert.equal(
      opened.diagnosis.causes[0]?.cause,
      "oauth.refresh_other_client",
    );
    const seen = JSON.stringify(opened);
    for (const theirs of [one.grantId, one.refresh.tokenId, "anna", '"web"'])
      assert.ok(!seen.includes(theirs), theirs);
  });

  it("judges the moment of the refusal, whatever came after", async () => {
    const one = await signIn(bed);
    bed.pass(700);
    const handle = handles.open({
      ...inactive(one),
      detail: { ...inactive(one).detail, reason: "expiration.expired" },
    });
    await handles.settled();
    bed.pass(60);
    const about = { grantId: one.grantId, clientId: "web" };
    await end(
      bed,
      { by: "grant", grantId: one.grantId },
      "grant.revoked",
      about,
      ANNA,
    );
    await bed.seal();
    const opened = await handles.read(handle, ADMIN);
    assert.equal(opened?.diagnosis.reason, "expiration.expired");
    assert.equal(opened.diagnosis.causes[0]?.cause, "time.expired");
    assert.ok(opened.history.every(({ event }) => event !== "grant.revoked"));
  });

  it("gives a cause to everything that the server refuses", async () => {
    const details: Refusal["detail"][] = [
      { reason: null, cause: null, facts: { form: "ours", kind: "refresh" } },
      {
        reason: "format.not_jwt",
        cause: null,
        facts: { form: "damaged", kind: "refresh" },
      },
      { reason: null, cause: null, facts: { outcome: "unknown" } },
      { reason: null, cause: null, facts: { form: "unknown" } },
      { reason: "signature.mismatch", cause: null, facts: { alg: "ES256" } },
      {
        reason: "expiration.expired",
        cause: "oauth.assertion_time",
        facts: { exp: 1 },
      },
      { reason: "binding.proof_missing", cause: null },
      { reason: "binding.proof_invalid", cause: null },
      { reason: "binding.nonce", cause: null },
      { reason: "binding.key_mismatch", cause: null },
      { reason: null, cause: "oauth.pkce", facts: { verifier: false } },
      {
        reason: null,
        cause: "oauth.request_format",
        facts: { how: "a word of no catalogue" },
      },
      {
        reason: null,
        cause: "oauth.client_authentication_method",
        facts: { used: "a b" },
      },
      {
        reason: "revocation.grant",
        cause: "oauth.code_reused",
        facts: { firstAt: "2026-11-22T11:59:30.000Z" },
      },
      { reason: "revocation.client", cause: "revoked.by_administrator" },
    ];
    for (const detail of details) {
      const { diagnosis } = await openAndRead(refusal({ detail }), ADMIN);
      assert.ok(diagnosis.causes.length > 0, JSON.stringify(detail));
      assert.equal(diagnosis.outcome, "rejected");
      assert.equal(diagnosis.reason, detail.reason);
      for (const { evidence, fix } of diagnosis.causes)
        assert.doesNotMatch([...evidence, fix].join(), /undefined|NaN|null/);
    }
  });

  it("says so of introspection that the caller is not set up for", async () => {
    const one = await signIn(bed);
    const { diagnosis, tokenId } = await openAndRead(
      {
        ...inactive(one),
        clientId: "stranger",
        detail: {
          reason: "audience.mismatch",
          cause: null,
          clientId: "stranger",
          tokenId: one.access.tokenId,
        },
      },
      { clientId: "stranger" },
    );
    assert.equal(diagnosis.causes[0]?.cause, "verifier.not_configured");
    assert.equal(tokenId, null);
  });

  it("leaves in the database nothing that can be read, and in the journal what happened", async () => {
    handles.open(
      refusal({
        description: "words-of-the-refusal",
        clientId: "client-of-test",
      }),
    );
    await handles.settled();
    await bed.seal();
    const [entry] = await bed.store.readJournal({
      limit: 1,
      newestFirst: true,
    });
    assert.equal(entry?.event, "request.refused");
    assert.deepEqual(entry.facts, {
      how: "missing",
      parameter: "code",
      endpoint: "token",
      code: "invalid_request",
      reason: null,
      cause: "oauth.request_format",
    });
    const raw = ["", "-wal"].map((suffix) =>
      readFileSync(bed.path + suffix, "latin1"),
    );
    for (const text of ["words-of-the-refusal", SENDER.ip ?? "", "Agent/9"])
      assert.ok(!raw.join("").includes(text), text);
  });
});
