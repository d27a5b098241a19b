/** Tokens in a file: one renewal among processes, locks of the dead, and who may read it. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { SignInRequired, type TokenSet } from "../src/index.ts";
import { FileStore } from "../src/node.ts";
import { askInProcess } from "./ask-in-process.ts";
import { openBed, PUBLIC, type Bed } from "./bed.ts";

const GRANT = { type: "authorization_code" } as const;
let bed: Bed;
let folder = "";
let file = "";
before(async () => {
  bed = await openBed();
});
after(async () => bed.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-client-"));
  file = join(folder, "deep", "tokens.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

const stored = (): TokenSet =>
  JSON.parse(readFileSync(file, "utf8")) as TokenSet;
const source = (): ReturnType<Bed["source"]> =>
  bed.source({
    grant: GRANT,
    metadata: bed.metadata,
    store: new FileStore(file),
  });

const start = async (offset: number): ReturnType<typeof askInProcess> =>
  askInProcess(file, {
    ...bed.settings(GRANT),
    metadata: bed.metadata,
    offset,
  });

describe("processes with one file", () => {
  it("renew once, and all have the same token", async () => {
    await bed.signIn(source());
    const asked = bed.way.requests.length;
    const processes = await Promise.all([
      start(301_000),
      start(301_000),
      start(301_000),
    ]);
    for (const { go } of processes) go();
    const answers = await Promise.all(
      processes.map(async ({ answer }) => answer),
    );
    assert.equal(bed.way.requests.length - asked, 1);
    assert.equal(new Set(answers).size, 1);
    assert.match(answers[0] ?? "", /^[0-9a-f]{64} Bearer$/);
  });

  it("one that finds the grant ended spares the others the question", async () => {
    await bed.signIn(source());
    const { refreshToken } = stored();
    await fetch(`${bed.running.url}/revoke`, {
      method: "POST",
      body: new URLSearchParams({
        token: refreshToken ?? "",
        client_id: PUBLIC,
      }),
    });
    const options = {
      grant: GRANT,
      metadata: bed.metadata,
      clock: () => Date.now() + 301_000,
    };
    const asked = bed.way.requests.length;
    await assert.rejects(
      bed.source({ ...options, store: new FileStore(file) }).token(),
      SignInRequired,
    );
    const other = bed.source({ ...options, store: new FileStore(file) });
    await assert.rejects(other.token(), SignInRequired);
    assert.equal(bed.way.requests.length - asked, 1);
    // Somebody signs in elsewhere: the one that had given up goes on.
    await bed.signIn(source());
    assert.ok(await other.token());
  });
});

describe("the lock", () => {
  const lock = (content: object): void =>
    writeFileSync(`${file}.lock`, JSON.stringify(content));
  beforeEach(async () => bed.signIn(source()));

  it("of a process that died is taken over", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    lock({ id: "dead", pid, host: hostname() });
    assert.equal(
      await new FileStore(file).exclusive(async () => "mine"),
      "mine",
    );
    assert.equal(existsSync(`${file}.lock`), false);
  });

  it("that nobody touches any more is taken over, also one without a word in it", async () => {
    const lockTimes = { touch: 10, stale: 100, patience: 10_000 };
    lock({ id: "elsewhere", pid: process.pid, host: "another-machine" });
    assert.equal(
      await new FileStore(file, { lockTimes }).exclusive(async () => "mine"),
      "mine",
    );
    writeFileSync(`${file}.lock`, "");
    assert.equal(
      await new FileStore(file, { lockTimes }).exclusive(async () => "mine"),
      "mine",
    );
  });

  it("of a process that lives is waited for, and many get their turn one by one", async () => {
    const lockTimes = { touch: 10, stale: 2000, patience: 30_000 };
    let inside = 0;
    const most: number[] = [];
    await Promise.all(
      Array.from({ length: 8 }, async () =>
        new FileStore(file, { lockTimes }).exclusive(async () => {
          most.push(++inside);
          await new Promise(setImmediate);
          inside--;
        }),
      ),
    );
    assert.deepEqual(most, [1, 1, 1, 1, 1, 1, 1, 1]);
  });

  it("of the dead is taken over by one of many", async () => {
    const lockTimes = { touch: 10, stale: 20_000, patience: 30_000 };
    const { pid } = spawnSync(process.execPath, ["--version"]);
    lock({ id: "dead", pid, host: hostname() });
    let inside = 0;
    const most: number[] = [];
    await Promise.all(
      Array.from({ length: 20 }, async () =>
        new FileStore(file, { lockTimes }).exclusive(async () => {
          most.push(++inside);
          await sleep(5);
          inside--;
        }),
      ),
    );
    assert.deepEqual(
      most,
      Array.from({ length: 20 }, () => 1),
    );
  });

  it("is not waited for without end", async () => {
    const lockTimes = { touch: 10, stale: 60_000, patience: 200 };
    lock({ id: "living", pid: process.pid, host: hostname() });
    await assert.rejects(
      new FileStore(file, { lockTimes }).exclusive(async () => "mine"),
      { code: "temporarily_unavailable" },
    );
  });

  it("that was lost lets nothing be written", async () => {
    const store = new FileStore(file);
    const kept = stored();
    await store.exclusive(async () => {
      lock({ id: "other", pid: process.pid, host: hostname() });
      await assert.rejects(store.save({ ...kept, accessToken: "older" }), {
        code: "temporarily_unavailable",
      });
    });
    assert.deepEqual(stored(), kept);
    assert.equal(existsSync(`${file}.lock`), true);
  });
});

describe("the file", () => {
  it("is its owner's alone, and nothing else is left beside it", async () => {
    await bed.signIn(source());
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(statSync(join(folder, "deep")).mode & 0o777, 0o700);
    assert.deepEqual(readdirSync(join(folder, "deep")), ["tokens.json"]);
  });
  it("that others can read is refused", async () => {
    await bed.signIn(source());
    chmodSync(file, 0o644);
    await assert.rejects(source().token(), {
      code: "configuration",
      found: "mode 644",
    });
  });
  it("that was cut counts as none", async () => {
    await bed.signIn(source());
    writeFileSync(file, readFileSync(file).subarray(0, 40));
    await assert.rejects(source().token(), SignInRequired);
  });
});
