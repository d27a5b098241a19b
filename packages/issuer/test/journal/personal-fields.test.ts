import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { JournalWriter } from "../../src/journal/journal-writer.ts";
import { PersonalFields } from "../../src/journal/personal-fields.ts";
import { openJournalBed, who, type JournalBed } from "./journal-bed.ts";

let bed: JournalBed;
before(async () => {
  bed = await openJournalBed();
});
after(() => bed.close());

const text = fc.option(fc.string({ unit: "binary", maxLength: 300 }));
const anybody = fc.record({
  subject: text,
  clientId: text,
  ip: text,
  agent: text,
  by: text,
});

describe("personal fields", () => {
  it("come back as they were, cut to a sane length, whoever it was", async () => {
    const { personal } = bed.journal;
    await fc.assert(
      fc.asyncProperty(anybody, async (one) => {
        const sealed = await personal.seal(one);
        assert.ok(sealed);
        assert.deepEqual(await personal.open(sealed), {
          subject: one.subject?.slice(0, 255) ?? null,
          ip: one.ip?.slice(0, 64) ?? null,
          agent: one.agent?.slice(0, 256) ?? null,
          by: one.by?.slice(0, 255) ?? null,
        });
      }),
      { numRuns: 60 },
    );
  });

  it("open under no other person's key, and not when one bit of them was changed", async () => {
    const { personal } = bed.journal;
    const sealed = await personal.seal(who({ subject: "anna" }));
    const other = await personal.seal(who({ subject: "bert" }));
    assert.ok(sealed && other);
    assert.equal(
      await personal.open({ keyId: other.keyId, cipher: sealed.cipher }),
      null,
    );
    const bytes = Buffer.from(sealed.cipher, "base64url");
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length * 8 - 1 }), async (bit) => {
        const changed = Buffer.from(bytes);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const cipher = changed.toString("base64url");
        assert.equal(
          await personal.open({ keyId: sealed.keyId, cipher }),
          null,
        );
      }),
    );
  });

  it("are shorter than anything that could be one, and open to nothing", async () => {
    const { personal } = bed.journal;
    const keyId = personal.keyIdOf({ subject: "anna", clientId: null });
    for (const cipher of ["", "AA", "not base64url", "A".repeat(40)])
      assert.equal(await personal.open({ keyId, cipher }), null);
  });

  it("keep a subject, a client and nobody apart, whatever they are called", () => {
    const { personal } = bed.journal;
    const ids = [
      personal.keyIdOf({ subject: "web", clientId: null }),
      personal.keyIdOf({ subject: null, clientId: "web" }),
      personal.keyIdOf({ subject: null, clientId: null }),
      personal.keyIdOf({ subject: "nobody", clientId: null }),
      personal.keyIdOf({ subject: "", clientId: null }),
    ];
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(
      personal.keyIdOf({ subject: "web", clientId: "other" }),
      ids[0],
    );
  });

  it("stand in the database as nothing that can be read", async () => {
    const { journal, path } = bed;
    await journal.write(
      "token.issued",
      { tokenId: "t1" },
      who({
        subject: "subject-of-test",
        ip: "203.0.113.77",
        agent: "agent-of-test",
      }),
    );
    const raw = ["", "-wal"].map((end) => readFileSync(path + end, "latin1"));
    const all = raw.join("");
    assert.ok(all.includes("token.issued"));
    for (const secret of ["subject-of-test", "203.0.113.77", "agent-of-test"])
      assert.ok(!all.includes(secret), secret);
  });

  it("are read by nobody after an erasure, and new events of the person get none", async () => {
    const { journal, store, clock } = bed;
    const { personal } = journal;
    const person = who({ subject: "carla", ip: "203.0.113.1" });
    const earlier = await journal.entry("subject.signed_in", {}, person);
    assert.ok(earlier.personal);
    const { keyId } = earlier.personal;
    const told = await journal.entry(
      "subject.deleted",
      {},
      who({ by: "root" }),
    );
    assert.equal(await store.erasePersonalKey(keyId, clock(), told), true);
    personal.forget(keyId);
    assert.equal(await personal.open(earlier.personal), null);
    assert.equal(
      (await journal.entry("token.issued", {}, person)).personal,
      null,
    );
    const another = new JournalWriter({
      store,
      master: bed.master,
      clock,
      random: randomBytes,
    });
    assert.equal(await another.personal.open(earlier.personal), null);
  });

  it("are read for a minute at most after an erasure by another server", async () => {
    const { store, master, clock } = bed;
    const here = new PersonalFields({
      store,
      master,
      clock,
      random: randomBytes,
    });
    const sealed = await here.seal(who({ subject: "dora" }));
    assert.ok(sealed);
    const told = await bed.journal.entry("subject.deleted", {}, who());
    await store.erasePersonalKey(sealed.keyId, clock(), told);
    bed.pass(59);
    assert.notEqual(await here.open(sealed), null);
    bed.pass(1);
    assert.equal(await here.open(sealed), null);
    assert.equal(await here.seal(who({ subject: "dora" })), null);
  });

  it("ask the store once for a person, however many events there are at once", async () => {
    const { store, master, clock } = bed;
    let asked = 0;
    const counted = {
      personalKey: (...args: Parameters<typeof store.personalKey>) => {
        asked++;
        return store.personalKey(...args);
      },
    };
    const fields = new PersonalFields({
      store: counted,
      master,
      clock,
      random: randomBytes,
    });
    const one = who({ subject: "emil" });
    await Promise.all(Array.from({ length: 20 }, () => fields.seal(one)));
    assert.equal(asked, 1);
  });

  it("are not lost when the store could not answer once", async () => {
    const { store, master, clock } = bed;
    let away = true;
    const fields = new PersonalFields({
      store: {
        personalKey: async (...args: Parameters<typeof store.personalKey>) => {
          if (away) throw new Error("away");
          return store.personalKey(...args);
        },
      },
      master,
      clock,
      random: randomBytes,
    });
    await assert.rejects(fields.seal(who({ subject: "fritz" })), /away/);
    away = false;
    assert.ok(await fields.seal(who({ subject: "fritz" })));
  });
});

describe("the journal's writer", () => {
  it("makes ids that sort by time", () => {
    const first = bed.journal.newId();
    bed.pass(0.001);
    const second = bed.journal.newId();
    assert.match(first, /^[0-9a-f]{32}$/);
    assert.ok(first < second);
  });
});
