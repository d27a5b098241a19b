/** Runs the property tests with many more cases than `npm test` does. Twenty thousand each unless a number is given. */
import { run } from "./run.ts";

const runs = process.argv[2] ?? "20000";
if (!/^[1-9]\d*$/.test(runs)) {
  process.stderr.write(
    `The number of runs is a whole number; found ${JSON.stringify(runs)}. For example: npm run fuzz 100000\n`,
  );
  process.exit(2);
}
const tests = [
  "packages/token/test/properties.test.ts",
  "packages/token/test/agreement.test.ts",
];
process.exitCode = run(
  process.execPath,
  ["--conditions=@assay/source", "--test", ...tests],
  { env: { ASSAY_FUZZ_RUNS: runs } },
);
