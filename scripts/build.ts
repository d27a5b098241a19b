/** `npm run build`: everything that a packed package carries. */
import { copyFileSync, cpSync, globSync, rmSync } from "node:fs";
import { buildConsole } from "./build-console.ts";
import { repositoryPath } from "./repository.mjs";
import { run } from "./run.ts";

const tsc = repositoryPath("node_modules/typescript/bin/tsc");
const rolldown = repositoryPath("node_modules/rolldown/bin/cli.mjs");

const libraries = globSync("packages/*/tsconfig.build.json", {
  cwd: repositoryPath("."),
});

const steps = [
  [tsc, "--build", ...libraries],
  [rolldown, "--config", "packages/cli/rolldown.config.ts"],
];

// What has no source any more is in no package.
for (const dist of globSync("packages/*/dist", { cwd: repositoryPath(".") }))
  rmSync(repositoryPath(dist), { recursive: true });

for (const step of steps) {
  const status = run(process.execPath, step);
  if (status !== 0) process.exit(status);
}
buildConsole();

// `assay help` reads the pages as they are.
for (const part of ["reasons", "causes", "guides", "contract/catalogue.json"])
  cpSync(
    repositoryPath(`docs/${part}`),
    repositoryPath(`packages/cli/dist/docs/${part}`),
    { recursive: true },
  );

for (const name of ["token", "diagnosis", "guard", "client", "issuer", "cli"])
  copyFileSync(
    repositoryPath("LICENSE"),
    repositoryPath(`packages/${name}/LICENSE`),
  );
