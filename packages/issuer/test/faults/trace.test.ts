/** A trace of the system's calls: no answer leaves the process before its commit is on disk. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { TRACED } from "./extent.ts";
import type { Line } from "./operation.ts";
import { runProcess } from "./run-process.ts";
import type { Place } from "./store-of.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-trace-"));
after(() => rmSync(folder, { recursive: true }));

if (spawnSync("strace", ["--version"]).status === 0)
  test("SQLite: each answer leaves after the write-ahead log with its rows was flushed", async (t) => {
    const place: Place = { kind: "sqlite", path: join(folder, "assay.db") };
    const trace = join(folder, "trace");
    const load = runProcess<Line>(
      "load-process.ts",
      [JSON.stringify(place)],
      [
        "strace",
        "-f",
        "-y",
        "-s",
        "1000000",
        "-e",
        "trace=write,writev,pwrite64,pwritev,fsync,fdatasync",
        "-e",
        "signal=none",
        "-o",
        trace,
      ],
    );
    const acknowledged = (): number =>
      load.lines.filter((line) => line.said === "acknowledged").length;
    while (acknowledged() < TRACED) await wait(50);
    // strace ends with the process that it follows.
    process.kill(
      Number(
        spawnSync("pgrep", ["-P", String(load.process.pid)], {
          encoding: "utf8",
        }).stdout,
      ),
      "SIGKILL",
    );
    await load.ended;

    const writes = new Map<number, string>();
    for (const line of load.lines)
      if (line.said === "trying" && line.operation.kind !== "revoke")
        writes.set(line.n, line.operation.accessId);
    const order = await orderOf(trace, writes);
    let proven = 0;
    for (const [n, { written, flushed, answered }] of order) {
      if (answered === null) continue;
      assert.ok(
        written !== null,
        `operation ${n} was answered and not written`,
      );
      assert.ok(
        flushed !== null && flushed < answered,
        `operation ${n} was answered at call ${answered}, flushed at ${flushed}`,
      );
      assert.ok(written < flushed);
      proven++;
    }
    assert.ok(proven > TRACED / 4);
    t.diagnostic(`${proven} answers, each after the flush of what it tells of`);
  });

interface Order {
  /** Number of the call in the trace; null: it is not there. */
  written: number | null;
  /** The first flush of the log that began after `written` had ended. */
  flushed: number | null;
  answered: number | null;
}

/** A call that others interrupt stands in two lines; it has begun at the first and ended at the second. */
async function orderOf(
  trace: string,
  writes: ReadonlyMap<number, string>,
): Promise<ReadonlyMap<number, Order>> {
  const order = new Map<number, Order>();
  for (const n of writes.keys())
    order.set(n, { written: null, flushed: null, answered: null });
  /** Threads that are flushing the log, and the call at which that began. */
  const flushing = new Map<string, number>();
  let call = 0;
  for await (const text of createInterface({
    input: createReadStream(trace),
  })) {
    call++;
    const [, thread = "", rest = ""] = /^(\d+)\s+(.*)$/.exec(text) ?? [];
    const began =
      /^(write|writev|pwrite64|pwritev|fsync|fdatasync)\((\d+)<([^>]*)>/.exec(
        rest,
      );
    const resumed = /^<\.\.\. (?:fsync|fdatasync) resumed>.*= 0/.test(rest);
    const toLog = began?.[3]?.endsWith("-wal") === true;
    if (began && toLog && began[1]?.includes("write") === true)
      for (const [n, one] of order)
        if (one.written === null && rest.includes(writes.get(n) ?? " "))
          one.written = call;
    if (began && toLog && began[1]?.endsWith("sync") === true) {
      flushing.set(thread, call);
      if (rest.endsWith("= 0")) noteFlush(order, flushing, thread, call);
    }
    if (resumed) noteFlush(order, flushing, thread, call);
    const answer = /^write\(1<.*acknowledged\\",\\"n\\":(\d+)/.exec(rest);
    const one = answer && order.get(Number(answer[1]));
    if (one) one.answered = call;
  }
  return order;
}

function noteFlush(
  order: ReadonlyMap<number, Order>,
  flushing: Map<string, number>,
  thread: string,
  call: number,
): void {
  const began = flushing.get(thread);
  flushing.delete(thread);
  if (began === undefined) return;
  for (const one of order.values())
    if (one.flushed === null && one.written !== null && one.written < began)
      one.flushed = call;
}
