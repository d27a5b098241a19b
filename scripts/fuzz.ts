/** `npm run fuzz -- RUNS`: runs the tests of properties for much longer than `npm test` does; without a number, 20,000 runs each. */
import { globSync, readFileSync } from "node:fs";
import { repositoryPath } from "./repository.mjs";
import { run } from "./run.ts";

const [runs = "20000"] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(runs)) {
  process.stderr.write(
    `Expected a number of runs, found ${runs}. Try: npm run fuzz -- 100000\n`,
  );
  process.exit(2);
}

const properties = globSync("packages/*/{src,test}/**/*.test.ts", {
  cwd: repositoryPath("."),
}).filter((file) =>
  readFileSync(repositoryPath(file), "utf8").includes("ASSAY_FUZZ_RUNS"),
);
process.exitCode = run(
  process.execPath,
  ["--conditions=@assay/source", "--test", ...properties],
  {
    env: { ASSAY_FUZZ_RUNS: runs },
  },
);
