/** `npm run types`: type-checks every project of the workspace. */
import { globSync } from "node:fs";
import { repositoryPath } from "./repository.mjs";
import { run } from "./run.ts";

const tsc = repositoryPath("node_modules/typescript/bin/tsc");
const projects = globSync(
  ["tsconfig.json", "packages/*/tsconfig.json", "examples/*/tsconfig.json"],
  { cwd: repositoryPath(".") },
);

const statuses = projects.map((project) =>
  run(process.execPath, [tsc, "--project", project]),
);
process.exitCode = Math.max(...statuses);
