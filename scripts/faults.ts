/** `npm run faults`: the whole round of the tests that `npm test` makes a short one of. It takes a quarter of an hour. */
import { existsSync, globSync } from "node:fs";
import { bringByApt } from "./debian-package.ts";
import { HOW_TO_HAVE_POSTGRES, bringPostgres } from "./postgres-tools.ts";
import { repositoryPath } from "./repository.mjs";
import { run } from "./run.ts";

const postgres = bringPostgres();
if (postgres === null) {
  process.stderr.write(`There is no PostgreSQL. ${HOW_TO_HAVE_POSTGRES}\n`);
  process.exit(1);
}
const hasStrace = existsSync("/usr/bin/strace") || bringByApt("strace");
if (!hasStrace)
  process.stderr.write(
    "The trace is left out: there is no strace (on Debian: apt-get install strace).\n",
  );
const files = globSync("packages/issuer/test/faults/*.test.ts", {
  cwd: repositoryPath("."),
});
process.exitCode = run(
  process.execPath,
  [
    "--conditions=@assay/source",
    "--test",
    "--test-concurrency=1",
    "--test-reporter=spec",
    ...files,
  ],
  { env: { ASSAY_FAULTS: "full", ASSAY_POSTGRES: postgres } },
);
