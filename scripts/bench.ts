/** Runs one benchmark of `bench/`; what stands after its name goes to it. The command is built first where the benchmark starts it. */
import { existsSync } from "node:fs";
import { repositoryPath } from "./repository.mjs";
import { run } from "./run.ts";

const [name = "", ...options] = process.argv.slice(2);
const file = repositoryPath(`bench/${name}.ts`);
if (!/^[a-z]+$/.test(name) || !existsSync(file)) {
  process.stderr.write(
    `There is no benchmark ${JSON.stringify(name)}. Try npm run bench:verify or npm run bench:why.\n`,
  );
  process.exit(2);
}
if (name === "why")
  run(process.execPath, [repositoryPath("scripts/build.ts")], {
    output: "stderr",
  });
process.exitCode = run(process.execPath, [
  "--conditions=@assay/source",
  file,
  ...options,
]);
