/** Interleaved measurement: every system is run in turn, round after round, so that a slow moment of the machine hits all alike. */
import { median, quantile } from "./quantile.ts";

export interface Row {
  readonly bench: string;
  readonly case: string;
  readonly system: string;
  /** The median over the rounds. */
  readonly value: number;
  readonly unit: string;
}

export interface Contender {
  readonly system: string;
  /** One operation on the i-th input. */
  readonly run: (i: number) => unknown;
}

export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Rounds before those that count: the compiler has then seen every path often enough to be done with it. */
const WARM_UP = 10;

/** Microseconds per operation: the median over the rounds, with the tenth and ninetieth percentile. */
export async function interleave(
  contenders: readonly Contender[],
  { rounds, operations }: { rounds: number; operations: number },
): Promise<ReadonlyMap<string, Spread>> {
  const times = new Map<string, number[]>(
    contenders.map(({ system }) => [system, []]),
  );
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const { system, run } of contenders) {
      const start = process.hrtime.bigint();
      for (let i = 0; i < operations; i++) {
        const result = run(i);
        if (result instanceof Promise) await result;
      }
      const micros =
        Number(process.hrtime.bigint() - start) / 1000 / operations;
      if (round >= 0) times.get(system)?.push(micros);
    }
  }
  return new Map(
    [...times].map(([system, values]) => [system, spread(values)]),
  );
}

const spread = (values: readonly number[]): Spread => ({
  median: median(values),
  low: quantile(values, 0.1),
  high: quantile(values, 0.9),
});

/** Prints a table for people, or with --json one array of rows. A spread is found by the row's case and system. */
export function report(
  rows: readonly Row[],
  spreads: ReadonlyMap<string, Spread> = new Map(),
): void {
  if (process.argv.includes("--json")) {
    console.log(
      JSON.stringify(rows.map((row) => ({ ...row, ...rangeOf(row) }))),
    );
    return;
  }
  function rangeOf(row: Row): Pick<Spread, "low" | "high"> | undefined {
    const { low, high } = spreads.get(`${row.case} ${row.system}`) ?? {};
    return low === undefined || high === undefined ? undefined : { low, high };
  }
  const widthOf = (column: "case" | "system"): number =>
    Math.max(...rows.map((row) => row[column].length));
  const [first, second] = [widthOf("case"), widthOf("system")];
  for (const row of rows) {
    const range = rangeOf(row);
    const shown = range
      ? `  (${range.low.toFixed(2)} to ${range.high.toFixed(2)})`
      : "";
    console.log(
      `${row.case.padEnd(first)} ${row.system.padEnd(second)} ${row.value.toFixed(2).padStart(10)} ${row.unit}${shown}`,
    );
  }
}
