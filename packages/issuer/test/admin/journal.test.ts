import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { verifyExport } from "../../src/journal/export.ts";
import { openLivesBed, type LivesBed } from "./lives-bed.ts";

describe("the journal and persons by the admin API", () => {
  let bed: LivesBed;
  before(async () => {
    bed = await openLivesBed();
  });
  after(() => bed.close());

  it("shows the journal in pages, by filters, and persons when asked", async () => {
    const { tokenId } = await bed.issue({ subject: "emil" });
    await bed.seal();
    const { body } = await bed.call("get", "/journal", { query: { tokenId } });
    assert.deepEqual(
      body.items.map(({ event, who }) => [event, who]),
      [["token.issued", null]],
    );
    const all: number[] = [];
    for (let last: string | null = "0"; last !== null;) {
      const page: Awaited<ReturnType<typeof entries>> = await entries(last);
      all.push(...page.body.items.map(({ sequence }) => sequence));
      last = page.body.next;
    }
    assert.deepEqual(
      all,
      all.map((_, i) => i + 1),
    );
    const newest = await bed.call("get", "/journal", {
      query: { newestFirst: "true", limit: 1 },
    });
    assert.ok((newest.body.items[0]?.sequence ?? 0) >= all.length);
    const emils = await bed.call("get", "/journal", {
      query: { subject: "emil", personal: "true" },
    });
    assert.deepEqual(
      emils.body.items.map(({ event, who }) => [event, who?.subject]),
      [
        ["code.issued", "emil"],
        ["token.issued", "emil"],
      ],
    );
    await bed.seal();
    const reads = await bed.call("get", "/journal", {
      query: { event: "journal.read", newestFirst: "true", limit: 1 },
    });
    assert.equal(reads.body.items[0]?.facts?.["bySubject"], true);
    for (const query of ["personel=true", "limit=0", "event=token.lost"])
      assert.equal(
        (await bed.refused("get", `/journal?${query}`)).problem.status,
        400,
        query,
      );
    const { problem } = await bed.refused("get", "/journal?from=yesterday");
    assert.match(problem.detail ?? "", /^query\/from: expected a time of ISO/);
  });
  const entries = async (last: string) =>
    bed.call("get", "/journal", { query: { after: last, limit: 7 } });

  it("exports the journal so that it can be checked elsewhere, and checks its own", async () => {
    await bed.seal();
    const { body } = await bed.call("get", "/journal/export");
    const lines = body.trimEnd().split("\n");
    const report = await verifyExport(lines);
    assert.equal(report.fault, null);
    assert.equal(report.checked, lines.length - 1);
    assert.ok(!body.includes("198.51.100.7"));
    const changed = lines.with(3, lines[3]?.replace('"at":', '"at":1') ?? "");
    assert.equal((await verifyExport(changed)).fault?.kind, "changed");
    const check = await bed.call("post", "/journal/verify", {
      body: { known: [report.last] },
    });
    assert.equal(check.body.fault, null);
    const rewritten = await bed.call("post", "/journal/verify", {
      body: { known: [{ ...report.last, hash: "another" }] },
    });
    assert.equal(rewritten.body.fault?.kind, "rewritten");
    assert.match(rewritten.body.fault?.sentence ?? "", /made anew/);
  });

  it("forgets a person, and the chain stays whole", async () => {
    const { tokenId } = await bed.issue({ subject: "frida" });
    await bed.seal();
    const about = async (): Promise<readonly string[]> => {
      const query = { subject: "frida", personal: "true" } as const;
      const { body } = await bed.call("get", "/journal", { query });
      return body.items.map(({ event }) => event);
    };
    assert.deepEqual(await about(), ["code.issued", "token.issued"]);
    const { body } = await bed.call("post", "/persons/erase", {
      body: { subject: "frida" },
    });
    assert.equal(body.erased, true);
    await bed.seal();
    const entry = await bed.call("get", "/journal", {
      query: { tokenId, personal: "true" },
    });
    assert.deepEqual(
      entry.body.items
        // That it is read is written down first, and may have its number already.
        .filter(
          ({ event, who }) => event !== "journal.read" || who?.by !== "ops",
        )
        .map(({ event, who }) => [event, who]),
      [["token.issued", null]],
    );
    assert.deepEqual(await about(), []);
    const check = await bed.call("post", "/journal/verify", { body: {} });
    assert.equal(check.body.fault, null);
    const again = await bed.call("post", "/persons/erase", {
      body: { subject: "frida" },
    });
    assert.equal(again.body.erased, false);
    const erased = (await bed.events()).filter(
      ({ event }) => event === "subject.erased",
    );
    assert.deepEqual(erased, [{ event: "subject.erased", by: "ops" }]);
  });
});
