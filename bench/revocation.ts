/**
 * How long a revocation takes, from the client's call to the last of 100 guards that refuses the token: `assay serve`, and real guards in two
 * processes, each with a feed of its own over a real connection. And what a guard's knowledge costs: 10^6 revoked of 10^7 live tokens. `--json`
 * prints rows only; `--quick` fewer revocations.
 */
import { setTimeout as wait } from "node:timers/promises";
import { API, startAssayServer } from "../test/guard/assay-server.ts";
import { forkGuards } from "../test/guard/fork-guards.ts";
import { report, type Row } from "./measure.ts";
import { quantile } from "./quantile.ts";
import { LIVE, measureMemory, REVOKED } from "./revocation/memory.ts";

const PROCESSES = 2;
const GUARDS = 100;
const REVOCATIONS = process.argv.includes("--quick") ? 100 : 1000;
/** Between two revocations, so that each finds the sealer at another point of its round. In milliseconds. */
const PAUSE = 37;

const rows: Row[] = [...(await measureTime()), ...(await memoryRows())];
report(rows);

async function measureTime(): Promise<readonly Row[]> {
  await using server = await startAssayServer();
  const whom = {
    issuer: server.issuer,
    audience: API,
    ...server.api,
    // The feed alone: no status list helps.
    statusLists: false,
    count: GUARDS / PROCESSES,
  };
  const guards = await Promise.all(
    Array.from({ length: PROCESSES }, async () => forkGuards(whom)),
  );
  const answers: number[] = [];
  const refusals: number[] = [];
  const slowest: number[] = [];
  for (let done = 0; done < REVOCATIONS; done++) {
    const token = await server.token();
    const watched = guards.map(async (process) => process.watch(token));
    const began = performance.timeOrigin + performance.now();
    await server.revoke(token);
    answers.push(performance.timeOrigin + performance.now() - began);
    const took = (await Promise.all(watched))
      .flat()
      .map((refusedAt) => refusedAt - began);
    refusals.push(...took);
    slowest.push(Math.max(...took));
    await wait(PAUSE);
  }
  await Promise.all(guards.map(async (process) => process.end()));
  return [
    ...quantiles("call to answer", answers),
    ...quantiles("call to refusal at a guard", refusals),
    ...quantiles(`call to refusal at the last of ${GUARDS} guards`, slowest),
  ];
}

async function memoryRows(): Promise<readonly Row[]> {
  const row = (name: string, value: number, unit: string): Row => ({
    bench: "revocation",
    case: `${REVOKED} revoked of ${LIVE} live tokens, ${name}`,
    system: "assay",
    value,
    unit,
  });
  const found: Row[] = [];
  for (const fill of ["as the server fills its lists", "full lists"] as const) {
    const { bytes, seconds, wrong } = await measureMemory(fill);
    found.push(
      row(`memory of a guard, ${fill}`, bytes / 2 ** 20, "MiB"),
      row(`time to read the snapshot, ${fill}`, seconds, "s"),
      row(`wrong answers among 2000 tokens, ${fill}`, wrong, "tokens"),
    );
  }
  return found;
}

function quantiles(name: string, values: readonly number[]): readonly Row[] {
  const row = (share: number, of: string): Row => ({
    bench: "revocation",
    case: `${name}, ${of}`,
    system: "assay",
    value: quantile(values, share),
    unit: "ms",
  });
  return [row(0.5, "p50"), row(0.99, "p99"), row(1, "slowest")];
}
