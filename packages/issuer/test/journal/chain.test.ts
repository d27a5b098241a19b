import assert from "node:assert/strict";
import { once } from "node:events";
import { createWriteStream, createReadStream } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { chainHash, FIRST_HASH } from "../../src/journal/chain.ts";
import { EVENTS, type SealedEntry } from "../../src/journal/events.ts";
import {
  exportJournal,
  ExportError,
  linesOf,
  verifyExport,
} from "../../src/journal/export.ts";
import { retainJournal } from "../../src/journal/retention.ts";
import {
  chainAnchor,
  chainHead,
  verifyStoredChain,
} from "../../src/journal/stored-chain.ts";
import {
  CHAIN_START,
  sayFault,
  verifyChain,
  type ChainFault,
} from "../../src/journal/verify-chain.ts";
import { ISSUER, openJournalBed, who, type JournalBed } from "./journal-bed.ts";

const word = fc.option(fc.string({ maxLength: 12 }), { nil: undefined });
const unsealed = fc.record({
  id: fc.uuid(),
  at: fc.nat(),
  event: fc.constantFrom(...EVENTS),
  clientId: word,
  grantId: word,
  tokenId: word,
  resource: word,
  facts: fc.dictionary(
    fc.string({ maxLength: 5 }),
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
  ),
  personal: fc.option(
    fc.record({ keyId: fc.string(), cipher: fc.string({ maxLength: 20 }) }),
  ),
});
const chain = fc.array(unsealed, { minLength: 1, maxLength: 12 }).map(sealed);

function sealed(
  entries: readonly Omit<SealedEntry, "sequence" | "hash">[],
): readonly SealedEntry[] {
  let last = FIRST_HASH;
  return entries.map((entry, i) => {
    const numbered = { ...entry, sequence: i + 1 };
    last = chainHash(last, numbered);
    return { ...numbered, hash: last };
  });
}

async function collected(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

const headOf = (entries: readonly SealedEntry[]) =>
  entries.at(-1) ?? CHAIN_START;

async function faultOf(
  entries: readonly SealedEntry[],
  head = headOf(entries),
): Promise<ChainFault | null> {
  const report = await verifyChain({ entries, anchor: CHAIN_START, head });
  if (report.fault) assert.match(sayFault(report.fault), /^[A-Z].+\.$/);
  return report.fault;
}

const CHANGES: readonly ((entry: SealedEntry) => SealedEntry)[] = [
  (entry) => ({ ...entry, id: `${entry.id}0` }),
  (entry) => ({ ...entry, at: entry.at + 1 }),
  (entry) => ({
    ...entry,
    event: entry.event === "key.retired" ? "token.issued" : "key.retired",
  }),
  (entry) => ({ ...entry, clientId: `${entry.clientId ?? ""}x` }),
  (entry) => ({ ...entry, grantId: `${entry.grantId ?? ""}x` }),
  (entry) => ({ ...entry, tokenId: `${entry.tokenId ?? ""}x` }),
  (entry) => ({ ...entry, resource: `${entry.resource ?? ""}x` }),
  (entry) => ({ ...entry, facts: { ...entry.facts, changed: 1 } }),
  (entry) => ({
    ...entry,
    personal: { keyId: entry.personal?.keyId ?? "", cipher: "another" },
  }),
  (entry) => ({ ...entry, hash: "another" }),
];

describe("the chain", () => {
  it("holds when nothing was changed", async () => {
    await fc.assert(
      fc.asyncProperty(chain, async (entries) => {
        assert.equal(await faultOf(entries), null);
      }),
    );
  });

  it("names the entry of which any member was changed", async () => {
    await fc.assert(
      fc.asyncProperty(
        chain,
        fc.nat(),
        fc.constantFrom(...CHANGES),
        async (entries, at, change) => {
          const i = at % entries.length;
          const changed = entries.map((entry, j) =>
            i === j ? change(entry) : entry,
          );
          const fault = await faultOf(changed, headOf(entries));
          assert.equal(fault?.kind, "changed");
          assert.equal("sequence" in fault && fault.sequence, i + 1);
        },
      ),
    );
  });

  it("names the entries that are missing, at the front, within and at the end", async () => {
    await fc.assert(
      fc.asyncProperty(chain, fc.nat(), fc.nat(), async (entries, a, b) => {
        const from = a % entries.length;
        const length = 1 + (b % (entries.length - from));
        const left = entries.toSpliced(from, length);
        assert.deepEqual(await faultOf(left, headOf(entries)), {
          kind: "missing",
          from: from + 1,
          to: from + length,
        });
      }),
    );
  });

  it("tells an entry that was inserted and two that were exchanged", async () => {
    await fc.assert(
      fc.asyncProperty(chain, fc.nat(), async (entries, at) => {
        const i = at % entries.length;
        const twice = entries.toSpliced(i, 0, entries[i] as SealedEntry);
        assert.equal((await faultOf(twice))?.kind, "inserted");
        if (entries.length < 2) return;
        const reversed = entries.toReversed();
        assert.deepEqual(await faultOf(reversed, headOf(entries)), {
          kind: "missing",
          from: 1,
          to: entries.length - 1,
        });
        const moved = [...entries, entries[0] as SealedEntry];
        assert.equal((await faultOf(moved, headOf(entries)))?.kind, "order");
      }),
    );
  });

  it("says that the whole was made anew where a number and its hash were noted", async () => {
    await fc.assert(
      fc.asyncProperty(chain, fc.nat(), async (entries, at) => {
        const i = at % entries.length;
        const anew = sealed(
          entries.map((entry, j) =>
            i === j ? { ...entry, at: entry.at + 1 } : entry,
          ),
        );
        assert.equal(await faultOf(anew), null);
        const report = await verifyChain({
          entries: anew,
          anchor: CHAIN_START,
          head: headOf(anew),
          known: [headOf(entries)],
        });
        assert.deepEqual(report.fault, {
          kind: "rewritten",
          sequence: entries.length,
        });
      }),
    );
  });

  it("says that the end was cut off where a place behind it was noted, whatever head is named", async () => {
    await fc.assert(
      fc.asyncProperty(chain, fc.nat(), async (entries, cut) => {
        const kept = entries.slice(0, cut % entries.length);
        const report = await verifyChain({
          entries: kept,
          anchor: CHAIN_START,
          head: kept.length === 0 ? CHAIN_START : headOf(kept),
          known: [headOf(entries)],
        });
        assert.deepEqual(report.fault, {
          kind: "missing",
          from: kept.length + 1,
          to: entries.length,
        });
      }),
    );
  });
});

describe("the journal in the store", () => {
  let bed: JournalBed;
  before(async () => {
    bed = await openJournalBed();
    for (let i = 1; i <= 30; i++) {
      await bed.journal.write(
        "token.issued",
        { clientId: "web", tokenId: `t${i}`, facts: { number: i } },
        who({ subject: `user-${i % 3}`, ip: "203.0.113.9" }),
      );
      bed.pass(3600);
    }
    await bed.seal();
  });
  after(() => bed.close());

  async function lines(): Promise<string[]> {
    const { store, clock } = bed;
    return collected(exportJournal({ store, issuer: ISSUER, clock }));
  }

  it("is exported as JSON Lines that hold no personal field and can be checked without a key", async () => {
    const exported = await lines();
    assert.equal(exported.length, 31);
    assert.ok(!exported.join("\n").includes("203.0.113.9"));
    assert.ok(!exported.join("\n").includes("user-1"));
    const { fault, checked, header, last } = await verifyExport(exported);
    assert.deepEqual([fault, checked, header.issuer], [null, 30, ISSUER]);
    assert.deepEqual(last, await chainHead(bed.store));
  });

  it("is checked from a file, where a changed line is found", async () => {
    const exported = await lines();
    exported[12] = (exported[12] ?? "").replace('"t12"', '"t99"');
    const path = `${bed.path}.jsonl`;
    const file = createWriteStream(path);
    file.end(`${exported.join("\n")}\n`);
    await once(file, "finish");
    const { fault } = await verifyExport(linesOf(createReadStream(path)));
    assert.equal(fault?.kind, "changed");
    assert.equal(fault.sequence, 12);
  });

  it("is not whole where a line says more than the hash covers", async () => {
    const exported = await lines();
    for (const [from, to] of [
      ['{"id"', '{"approved":true,"id"'],
      ['"tokenId":"t12"', '"tokenId":"t99","tokenId":"t12"'],
      ['"keyId"', '"name":"Eve","keyId"'],
    ] as const) {
      const line = (exported[12] ?? "").replace(from, to);
      assert.notEqual(line, exported[12]);
      const { fault } = await verifyExport(exported.with(12, line));
      assert.equal(fault?.kind, "changed", to);
      assert.equal(fault.sequence, 12);
    }
  });

  it("is exported again from where the export before ended", async () => {
    const { store, clock, journal } = bed;
    const ended = await chainHead(store);
    await journal.write("token.issued", { tokenId: "later" }, who());
    await bed.seal();
    const more = await collected(
      exportJournal({ store, issuer: ISSUER, clock, after: ended }),
    );
    assert.equal(more.length, 2);
    assert.equal((await verifyExport(more)).fault, null);
  });

  it("says which line of a text is no export", async () => {
    await assert.rejects(verifyExport(["{}"]), ExportError);
    await assert.rejects(verifyExport([]), ExportError);
    const [header = ""] = await lines();
    await assert.rejects(verifyExport([header, "nonsense"]), /line 2/);
  });

  it("is trimmed by age, and what is left can still be checked", async () => {
    const { store, journal, clock } = bed;
    const noted = await chainHead(store);
    const days = 20 / 24;
    const gone = await retainJournal({ store, journal, clock, days, batch: 4 });
    assert.equal(gone, 10);
    assert.equal((await chainAnchor(store)).sequence, gone);
    await bed.seal();
    const report = await verifyStoredChain(store, [noted]);
    assert.equal(report.fault, null);
    const [newest] = await store.readJournal({ limit: 1, newestFirst: true });
    assert.equal(newest?.event, "journal.trimmed");
    assert.equal(newest.facts?.["entries"], gone);
    assert.equal(
      await retainJournal({ store, journal, clock, days, batch: 4 }),
      0,
    );
    const exported = await lines();
    assert.equal((await verifyExport(exported)).fault, null);
  });

  it("stays whole when a person is erased", async () => {
    const { store, journal, clock } = bed;
    const keyId = journal.personal.keyIdOf({
      subject: "user-1",
      clientId: null,
    });
    const told = await journal.entry(
      "subject.deleted",
      {},
      who({ by: "root" }),
    );
    assert.ok(await store.erasePersonalKey(keyId, clock(), told));
    await bed.seal();
    assert.equal((await verifyStoredChain(store)).fault, null);
  });

  it("shows a row that somebody changed in the database, and one that somebody removed", async () => {
    const { store, path } = bed;
    const intruder = new DatabaseSync(path);
    try {
      intruder.exec(
        `UPDATE journal SET facts = '{"number":20,"x":1}' WHERE token_id = 't20'`,
      );
      const changed = await verifyStoredChain(store);
      assert.equal(changed.fault?.kind, "changed");
      assert.equal(changed.fault.sequence, 20);
      intruder.exec(`DELETE FROM journal WHERE token_id = 't20'`);
      assert.deepEqual((await verifyStoredChain(store)).fault, {
        kind: "missing",
        from: 20,
        to: 20,
      });
    } finally {
      intruder.close();
    }
  });
});
